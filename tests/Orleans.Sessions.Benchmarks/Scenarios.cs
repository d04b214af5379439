using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.Protocol.SessionV2;

namespace Orleans.Sessions.Benchmarks;

/// <summary>The measured scenarios: each compares the service with a reference.</summary>
internal static class Scenarios
{
    /// <summary>The number of calls that are always under way.</summary>
    public const int Connections = 32;
    private const string RpcPath = "/zitadel.session.v2.SessionService/GetSession";

    /// <summary>Reading one of 500 sessions with its token, compared with bare Kestrel and the same bytes.</summary>
    public static async Task<Result> GetAsync(BenchmarkContext context)
    {
        var sessions = await CreateSessionsAsync(context);
        var body = await context.GetBytesAsync(ReadPath(sessions[0]));
        return await AgainstBareAsync(context, body, RestReads(context, sessions));
    }

    /// <summary>
    /// The same read on this node of a cluster, which must hold a lease, compared with a single node, which needs none. Both count calls
    /// for each second of their own processor time: the difference is a few per cent, and other work on the machine would hide it. The
    /// renewals of the lease, one a second in PostgreSQL, count too.
    /// </summary>
    public static async Task<Result> LeaseAsync(BenchmarkContext context)
    {
        await using var alone = await BenchmarkContext.StartAsync(isAlone: true);
        var (leased, free) = (RestReads(context, await CreateSessionsAsync(context)), RestReads(alone, await CreateSessionsAsync(alone)));
        return await Result.CompareAsync(
            duration => RatePerProcessorAsync(context, leased, "200", duration),
            duration => RatePerProcessorAsync(alone, free, "200", duration)
        );
    }

    /// <summary>
    /// Creating sessions on this node, each of whose transactions asks PostgreSQL whether the node is still a member, compared with a node
    /// whose PostgreSQL does not look. Both count creates for each second of processor time of service and PostgreSQL.
    /// </summary>
    public static async Task<Result> LeaseCreateAsync(BenchmarkContext context)
    {
        await using var unasked = await BenchmarkContext.StartAsync();
        await unasked.ExecuteAsync("create or replace function ensure_member(silo int) returns void language plpgsql as 'begin end'");
        var (leased, free) = (Creates(context), Creates(unasked));
        return await Result.CompareAsync(
            duration => RatePerProcessorAsync(context, leased, "201", duration),
            duration => RatePerProcessorAsync(unasked, free, "201", duration)
        );
    }

    /// <summary>
    /// The same read over gRPC, with the same number of calls at a time over an eighth of the connections, compared with REST.
    /// </summary>
    public static Task<Result> GrpcGetAsync(BenchmarkContext context) => GrpcGetAsync(context, Connections / 8);

    /// <summary>The same read over gRPC with a connection for each call, compared with REST.</summary>
    public static Task<Result> GrpcGetAloneAsync(BenchmarkContext context) => GrpcGetAsync(context, Connections);

    private static async Task<Result> GrpcGetAsync(BenchmarkContext context, int connections)
    {
        var sessions = await CreateSessionsAsync(context);
        var requests = sessions
            .Select(session => new GrpcRequest(
                RpcPath,
                context.Token,
                new GetSessionRequest { SessionId = session.Id, SessionToken = session.Token }.ToByteArray()
            ))
            .ToArray();
        return await AgainstRestAsync(context, sessions, duration =>
            GrpcLoad.RunAsync(context.Port, connections, Connections / connections, duration, number =>
                requests[AnyOf(number, requests.Length)]
            )
        );
    }

    /// <summary>The same read over Connect in JSON, compared with REST.</summary>
    public static async Task<Result> ConnectGetAsync(BenchmarkContext context)
    {
        var sessions = await CreateSessionsAsync(context);
        var requests = sessions
            .Select(session =>
                HttpLoad.Request("POST", RpcPath, context.Token, $$"""{"sessionId":"{{session.Id}}","sessionToken":"{{session.Token}}"}""")
            )
            .ToArray();
        return await AgainstRestAsync(context, sessions, duration =>
            HttpLoad.RunAsync(context.Port, Connections, duration, "200", number => requests[AnyOf(number, requests.Length)])
        );
    }

    /// <summary>Creating sessions with a user check by id, compared with pgbench, which inserts one row with the stored payload.</summary>
    public static async Task<Result> CreateAsync(BenchmarkContext context)
    {
        var creates = Creates(context);
        await context.PostAsync("/v2/sessions", CreateBody(context.UserIds[0]));
        await context.PrepareInsertAsync();
        return await Result.CompareAsync(
            duration => HttpLoad.RunAsync(context.Port, Connections, duration, "201", creates),
            duration => context.PgbenchInsertAsync(Connections, duration)
        );
    }

    /// <summary>Creating sessions with a password check, compared with only the hash on the same number of threads.</summary>
    public static Task<Result> CreateWithPasswordAsync(BenchmarkContext context)
    {
        var requests = context
            .UserIds.Select(id =>
                HttpLoad.Request(
                    "POST",
                    "/v2/sessions",
                    context.Token,
                    $$$$"""{"checks":{"user":{"userId":"{{{{id}}}}"},"password":{"password":"{{{{BenchmarkContext.Password}}}}"}}}"""
                )
            )
            .ToArray();
        var hasher = new PasswordHasher(Microsoft.Extensions.Options.Options.Create(new PasswordHashingOptions()));
        var encoded = hasher.Hash(BenchmarkContext.Password);
        return Result.CompareAsync(
            duration => HttpLoad.RunAsync(context.Port, Connections, duration, "201", number => requests[number % requests.Length]),
            duration => HashAsync(hasher, encoded, duration)
        );
    }

    /// <summary>Listing a user's ten sessions, compared with bare Kestrel and the same bytes.</summary>
    public static async Task<Result> SearchByUserAsync(BenchmarkContext context)
    {
        var searches = new List<byte[]>();
        foreach (var id in context.FreshUserIds)
        {
            for (var i = 0; i < 10; i++)
            {
                await context.PostAsync("/v2/sessions", CreateBody(id));
            }

            searches.Add(HttpLoad.Request("POST", "/v2/sessions/search", context.Token, SearchBody(id)));
        }

        var answer = await context.PostAsync("/v2/sessions/search", SearchBody(context.FreshUserIds[0]));
        return await AgainstBareAsync(context, System.Text.Encoding.UTF8.GetBytes(answer.ToJsonString()), number =>
            searches[number % searches.Count]
        );
    }

    /// <summary>
    /// Introspecting one of 100 opaque access tokens with a client's secret, compared with bare Kestrel and the same bytes.
    /// </summary>
    public static async Task<Result> IntrospectAsync(BenchmarkContext context)
    {
        const string Exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
        const string Path = "/oauth/v2/introspect";
        var client = await context.PostAsync(
            "/v2/oidc/clients",
            $$$"""
            {"settings":{"name":"api","authentication":"CLIENT_AUTHENTICATION_SECRET_BASIC","grantTypes":["{{{Exchange}}}"]}}
            """
        );
        var proof = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{client["client"]!["clientId"]}:{client["clientSecret"]}"));
        var tokens = new List<string>();
        foreach (var id in context.UserIds)
        {
            var session = await context.PostAsync("/v2/sessions", CreateBody(id, BenchmarkContext.Password));
            var issued = await context.PostFormAsync(
                "/oauth/v2/token",
                proof,
                new()
                {
                    ["grant_type"] = Exchange,
                    ["subject_token"] = (string)session["sessionToken"]!,
                    ["subject_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
                    ["scope"] = "openid profile",
                }
            );
            tokens.Add((string)issued["access_token"]!);
        }

        var body = await context.PostFormAsync(Path, proof, new() { ["token"] = tokens[0] });
        if (!(bool)body["active"]!)
        {
            throw new InvalidOperationException("The tokens are not active.");
        }

        var requests = tokens.Select(token => HttpLoad.Form(Path, proof, $"token={Uri.EscapeDataString(token)}")).ToArray();
        return await AgainstBareAsync(context, System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()), number =>
            requests[AnyOf(number, requests.Length)]
        );
    }

    private static async Task<(string Id, string Token)[]> CreateSessionsAsync(BenchmarkContext context)
    {
        var sessions = new (string Id, string Token)[500];
        for (var i = 0; i < sessions.Length; i++)
        {
            var created = await context.PostAsync("/v2/sessions", CreateBody(context.UserIds[i % context.UserIds.Count]));
            sessions[i] = ((string)created["sessionId"]!, (string)created["sessionToken"]!);
        }

        return sessions;
    }

    private static string ReadPath((string Id, string Token) session) => $"/v2/sessions/{session.Id}?sessionToken={session.Token}";

    private static Func<int, byte[]> RestReads(BenchmarkContext context, (string Id, string Token)[] sessions)
    {
        var requests = sessions.Select(session => HttpLoad.Request("GET", ReadPath(session), context.Token, null)).ToArray();
        return number => requests[AnyOf(number, requests.Length)];
    }

    private static Func<int, byte[]> Creates(BenchmarkContext context)
    {
        var requests = context.UserIds.Select(id => HttpLoad.Request("POST", "/v2/sessions", context.Token, CreateBody(id))).ToArray();
        return _ => requests[Random.Shared.Next(requests.Length)];
    }

    /// <summary>Answers for each second of processor time of the service and its PostgreSQL.</summary>
    private static async Task<double> RatePerProcessorAsync(
        BenchmarkContext context,
        Func<int, byte[]> request,
        string status,
        TimeSpan duration
    )
    {
        var before = await context.ProcessorTimesAsync();
        var rate = await HttpLoad.RunAsync(context.Port, Connections, duration, status, request);
        var after = await context.ProcessorTimesAsync();
        return rate * duration.TotalSeconds / after.Sum(used => (used.Value - before.GetValueOrDefault(used.Key)).TotalSeconds);
    }

    /// <summary>One of the sixteen items that a connection reads.</summary>
    private static int AnyOf(int number, int count) => (number * 16 + Random.Shared.Next(16)) % count;

    private static Task<Result> AgainstRestAsync(
        BenchmarkContext context,
        (string Id, string Token)[] sessions,
        Func<TimeSpan, Task<double>> load
    )
    {
        var reads = RestReads(context, sessions);
        return Result.CompareAsync(load, duration => HttpLoad.RunAsync(context.Port, Connections, duration, "200", reads));
    }

    private static async Task<Result> AgainstBareAsync(BenchmarkContext context, byte[] body, Func<int, byte[]> request)
    {
        var port = BenchmarkContext.FreePort();
        using var bare = BareServer.Start(port, body);
        try
        {
            await BenchmarkContext.WaitForPortAsync(port);
            return await Result.CompareAsync(
                duration => HttpLoad.RunAsync(context.Port, Connections, duration, "200", request),
                duration => HttpLoad.RunAsync(port, Connections, duration, "200", request)
            );
        }
        finally
        {
            bare.Kill();
        }
    }

    private static async Task<double> HashAsync(PasswordHasher hasher, string encoded, TimeSpan duration)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(
            Enumerable
                .Range(0, Environment.ProcessorCount)
                .Select(_ =>
                    Task.Factory.StartNew(
                        () =>
                        {
                            var count = 0;
                            for (; clock.Elapsed < duration; count++)
                            {
                                hasher.Verify(encoded, BenchmarkContext.Password);
                            }

                            return count;
                        },
                        CancellationToken.None,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
                )
        );
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    /// <summary>A session with a user check by id and a password check.</summary>
    public static string CreateBody(string userId, string password) =>
        $$$"""{"checks":{"user":{"userId":"{{{userId}}}"},"password":{"password":"{{{password}}}"}},"lifetime":"3600s"}""";

    /// <summary>A session with a user check by id.</summary>
    public static string CreateBody(string userId) =>
        $$$"""{"checks":{"user":{"userId":"{{{userId}}}"}},"userAgent":{"fingerprintId":"fp-{{{userId}}}","ip":"203.0.113.7","description":"Firefox on Linux"},"lifetime":"3600s"}""";

    private static string SearchBody(string userId) => $$$"""{"queries":[{"userIdQuery":{"id":"{{{userId}}}"}}]}""";
}
