namespace Orleans.Sessions.Tests.Harness;

/// <summary>The calls of a WebAuthn login, in the order of a login page.</summary>
internal static class WebAuthnCalls
{
    public const string Domain = "login.example.com";

    public static IWebAuthnRegistration Keys(this SessionCluster cluster, string userId) =>
        cluster.Grains.GetGrain<IWebAuthnRegistration>(GrainKeys.User(userId));

    public static Task<WebAuthnEnrolment> BeginAsync(
        this SessionCluster cluster,
        string userId,
        WebAuthnKind kind = WebAuthnKind.Passkey,
        string domain = Domain,
        Caller? caller = null
    ) =>
        cluster
            .Keys(userId)
            .RegisterAsync(
                new RegisterWebAuthn
                {
                    Caller = caller ?? Caller.InCluster,
                    Kind = kind,
                    Domain = domain,
                }
            );

    public static Task<UserDetails> FinishAsync(
        this SessionCluster cluster,
        string userId,
        string id,
        string credential,
        WebAuthnKind kind = WebAuthnKind.Passkey,
        Caller? caller = null
    ) =>
        cluster
            .Keys(userId)
            .VerifyAsync(
                new VerifyWebAuthn
                {
                    Caller = caller ?? Caller.InCluster,
                    Kind = kind,
                    Id = id,
                    Credential = credential,
                    Name = "My key",
                }
            );

    /// <summary>Registers a key for the user, which must succeed. Returns the id of the key at the user.</summary>
    public static async Task<string> EnrolAsync(
        this SessionCluster cluster,
        string userId,
        SoftwareKey key,
        WebAuthnKind kind = WebAuthnKind.Passkey,
        string domain = Domain,
        Answer? answer = null
    )
    {
        var begun = await cluster.BeginAsync(userId, kind, domain);
        await cluster.FinishAsync(userId, begun.Id, key.Register(begun.Options, answer), kind);
        return begun.Id;
    }

    /// <summary>A session with a challenge, for this user or without a user.</summary>
    public static async Task<Challenged> ChallengeAsync(
        this SessionCluster cluster,
        string? userId,
        UserVerification verification = UserVerification.Required,
        string domain = Domain
    )
    {
        var id = SessionCluster.NewName("session");
        var change = await cluster
            .Session(id)
            .CreateAsync(
                new CreateSession
                {
                    Caller = Caller.InCluster,
                    Checks = userId is null ? Checks.None : new Checks { User = new UserCheck { UserId = userId } },
                    Challenges = new RequestedChallenges { WebAuthn = new RequestedWebAuthn(domain, verification) },
                }
            );
        return new Challenged(id, change.Challenges!.WebAuthn!);
    }

    /// <summary>Requests a challenge for an existing session.</summary>
    public static async Task<string> AskAsync(
        this SessionCluster cluster,
        string sessionId,
        UserVerification verification = UserVerification.Required,
        string domain = Domain
    ) => (
            await cluster
                .Session(sessionId)
                .SetAsync(
                    new SetSession
                    {
                        Caller = Caller.InCluster,
                        Challenges = new RequestedChallenges { WebAuthn = new RequestedWebAuthn(domain, verification) },
                    }
                )
        ).Challenges!.WebAuthn!;

    public static Task<SessionChange> CheckAsync(
        this SessionCluster cluster,
        string sessionId,
        string credential,
        Func<Checks, Checks>? with = null
    )
    {
        var checks = new Checks { WebAuthn = credential };
        return cluster
            .Session(sessionId)
            .SetAsync(new SetSession { Caller = Caller.InCluster, Checks = with is null ? checks : with(checks) });
    }

    public static async Task<SessionFactors?> FactorsOfAsync(this SessionCluster cluster, string sessionId) =>
        (await cluster.Session(sessionId).GetAsync(Caller.InCluster, null)).Factors;
}

/// <summary>A session and the options of its pending challenge.</summary>
internal sealed record Challenged(string Id, string Options);
