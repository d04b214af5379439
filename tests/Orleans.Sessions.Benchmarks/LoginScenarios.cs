using System.Text;
using System.Text.RegularExpressions;

namespace Orleans.Sessions.Benchmarks;

/// <summary>
/// Logins of people at an application by OpenID Connect, each compared with pgbench, which inserts one row with the payload of a session.
/// </summary>
internal static partial class LoginScenarios
{
    private const string RedirectUri = "http://localhost:5005/signin";

    /// <summary>
    /// A login with a session that exists: the authorization request, its completion by the login frontend, and the code for tokens. These
    /// are three requests, each with a durable write.
    /// </summary>
    public static async Task<Result> LoginAsync(BenchmarkContext context)
    {
        var (client, logins) = (await RegisterAsync(context), await LoginsAsync(context));
        return await AgainstInsertsAsync(context, (connection, number) => LogInAsync(connection, client, Any(logins, number)));
    }

    /// <summary>Refreshing tokens: each connection has a family of its own, whose last token it uses.</summary>
    public static async Task<Result> RefreshAsync(BenchmarkContext context)
    {
        var (client, logins) = (await RegisterAsync(context), await LoginsAsync(context));
        var tokens = new string[Scenarios.Connections];
        using (var connection = await HttpConnection.OpenAsync(context.Port))
        {
            for (var number = 0; number < tokens.Length; number++)
            {
                tokens[number] = await LogInAsync(connection, client, logins[number]);
            }
        }

        return await AgainstInsertsAsync(context, async (connection, number) =>
        {
            var form = $"grant_type=refresh_token&refresh_token={Uri.EscapeDataString(tokens[number])}";
            await connection.SendAsync(client.Token(form), "200");
            tokens[number] = RefreshToken().Match(connection.Answer).Groups["value"].Value;
        });
    }

    private static async Task<Result> AgainstInsertsAsync(BenchmarkContext context, Func<HttpConnection, int, Task> flow)
    {
        await context.PrepareInsertAsync();
        return await Result.CompareAsync(
            duration => HttpLoad.RunAsync(context.Port, Scenarios.Connections, duration, flow),
            duration => context.PgbenchInsertAsync(Scenarios.Connections, duration)
        );
    }

    /// <summary>Logs in. Returns the refresh token.</summary>
    private static async Task<string> LogInAsync(HttpConnection connection, Client client, Login login)
    {
        await connection.SendAsync(client.Authorize, "302");
        var request = RequestId().Match(connection.Answer).Groups["value"].Value;
        await connection.SendAsync(login.Complete(request), "200");
        var code = Code().Match(connection.Answer).Groups["value"].Value;
        await connection.SendAsync(
            client.Token($"grant_type=authorization_code&code={code}&redirect_uri={Uri.EscapeDataString(RedirectUri)}"),
            "200"
        );
        return RefreshToken().Match(connection.Answer).Groups["value"].Value;
    }

    /// <summary>Registers an application with a secret.</summary>
    private static async Task<Client> RegisterAsync(BenchmarkContext context)
    {
        var client = await context.PostAsync(
            "/v2/oidc/clients",
            $$$"""
            {"settings":{"name":"application","authentication":"CLIENT_AUTHENTICATION_SECRET_BASIC",
             "redirectUris":["{{{RedirectUri}}}"],"grantTypes":["authorization_code","refresh_token"]}}
            """
        );
        var id = (string)client["client"]!["clientId"]!;
        var query =
            $"client_id={id}&redirect_uri={Uri.EscapeDataString(RedirectUri)}&response_type=code&scope=openid%20offline_access&state=s";
        return new(
            HttpLoad.Request("GET", $"/oauth/v2/authorize?{query}", bearer: null, json: null),
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{client["clientSecret"]}"))
        );
    }

    /// <summary>A session with a proved password for each of the users.</summary>
    private static async Task<Login[]> LoginsAsync(BenchmarkContext context)
    {
        var logins = new List<Login>();
        foreach (var id in context.UserIds)
        {
            var session = await context.PostAsync("/v2/sessions", Scenarios.CreateBody(id, BenchmarkContext.Password));
            logins.Add(new(context.Token, (string)session["sessionId"]!, (string)session["sessionToken"]!));
        }

        return [.. logins];
    }

    /// <summary>One of the logins that only this connection uses.</summary>
    private static Login Any(Login[] logins, int number)
    {
        var own = logins.Length / Scenarios.Connections;
        return logins[number * own + Random.Shared.Next(own)];
    }

    [GeneratedRegex(@"[?&]authRequest=(?<value>[^&\s]+)")]
    private static partial Regex RequestId();

    [GeneratedRegex(@"(?:[?&]|\\u0026)code=(?<value>[^&\\""\s]+)")]
    private static partial Regex Code();

    [GeneratedRegex(@"""refresh_token"":\s*""(?<value>[^""]+)""")]
    private static partial Regex RefreshToken();

    /// <summary>An application: how it begins a login, and its id and secret.</summary>
    private sealed record Client(byte[] Authorize, string Proof)
    {
        public byte[] Token(string form) => HttpLoad.Form("/oauth/v2/token", Proof, form);
    }

    /// <summary>A session with which the login frontend completes logins.</summary>
    private sealed record Login(string Bearer, string SessionId, string SessionToken)
    {
        public byte[] Complete(string request) =>
            HttpLoad.Request(
                "POST",
                $"/v2/oidc/auth_requests/{request}",
                Bearer,
                $$$"""{"session":{"sessionId":"{{{SessionId}}}","sessionToken":"{{{SessionToken}}}"}}"""
            );
    }
}
