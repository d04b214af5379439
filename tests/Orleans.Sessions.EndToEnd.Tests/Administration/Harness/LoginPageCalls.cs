namespace Orleans.Sessions.EndToEnd.Administration.Harness;

/// <summary>The service's own methods for login pages, and for the pages of a person's own sessions.</summary>
internal static class LoginPageCalls
{
    private const string Login = "sessions.login.v1.LoginService";
    private const string Account = "sessions.account.v1.AccountService";
    private const string SessionUnknown = "QUERY-SFeaa";
    private const string UserUnknown = "QUERY-Dfbg2";

    public static IEnumerable<SimultaneousCall> All => OfLogin.Concat(OfAccount);

    private static IEnumerable<SimultaneousCall> OfLogin =>
        [
            // Each call makes an account of its own, and two accounts cannot have one name.
            new($"{Login}/CreateLoginClient", scene => Task.FromResult<object>(new { username = scene.New }))
            {
                Loses = "V2-uniqueness",
                Count = scene =>
                    scene.CountAsync(
                        "zitadel.user.v2.UserService/ListUsers",
                        "result",
                        new { queries = new[] { new { userNameQuery = new { userName = scene.New } } } }
                    ),
            },
            new($"{Login}/GetSessionEvaluation", TokenAsync) { Parent = Parent.Session, Gone = "COMMAND-Hewfq" },
            new($"{Login}/ListSessionsByToken", async scene => new { sessions = new[] { await TokenAsync(scene) } })
            {
                Parent = Parent.Session,
            },
            new($"{Login}/ListBrokenPasswordRules", _ => Task.FromResult<object>(new { password = "short" })),
        ];

    private static IEnumerable<SimultaneousCall> OfAccount =>
        [
            OfSession("SetDeviceName", DeviceAsync),
            OfSession("SetDeviceName", DeviceAsync) with
            {
                Variant = "of a user who goes",
                Parent = Parent.User,
            },
            OfSession("EndSessionApplication", ApplicationAsync),
            OfSession("EndSessionApplication", ApplicationAsync) with
            {
                Variant = "of a user who goes",
                Parent = Parent.User,
            },
            OfSession("ListSessionApplications", async scene =>
            {
                await scene.LoginAsync();
                return new { sessionId = scene.Session!.Id };
            }),
            new($"{Account}/ListAuthenticators", async scene => new { userId = await scene.UserAsync() })
            {
                Parent = Parent.User,
                Gone = UserUnknown,
            },
        ];

    private static SimultaneousCall OfSession(string method, Func<Scene, Task<object>> prepare) =>
        new($"{Account}/{method}", prepare) { Parent = Parent.Session, Gone = SessionUnknown };

    private static async Task<object> TokenAsync(Scene scene)
    {
        var session = await scene.SessionAsync();
        return new { sessionId = session.Id, sessionToken = session.Token };
    }

    private static async Task<object> DeviceAsync(Scene scene) => new { sessionId = (await scene.SessionAsync()).Id, name = scene.New };

    private static async Task<object> ApplicationAsync(Scene scene)
    {
        var clientId = await scene.LoginAsync();
        return new { sessionId = scene.Session!.Id, clientId };
    }
}
