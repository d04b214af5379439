using System.Globalization;

namespace Orleans.Sessions.Benchmarks;

/// <summary>Compares searches among a million sessions with the same searches among ten thousand, each on a database of its own.</summary>
internal static class MillionSessions
{
    private const int Few = 10_000;
    private const int Copies = 99;
    private const int Connections = 4;

    /// <summary>Prints for each kind of search how many times longer it takes among a million sessions.</summary>
    public static async Task MeasureAsync()
    {
        await using var few = await BenchmarkContext.StartAsync();
        await using var many = await BenchmarkContext.StartAsync();
        var (fewIds, manyIds) = (await FillAsync(few), await FillAsync(many));
        await CopyAsync(many);

        Console.WriteLine($"{"search", -12} {"million/s", 12} {"10000/s", 12} {"latency", 8}  rounds");
        var manySearches = Searches(many, manyIds);
        foreach (var (name, search) in Searches(few, fewIds))
        {
            var result = await Result.CompareAsync(
                duration => RunAsync(many, manySearches[name], duration),
                duration => RunAsync(few, search, duration)
            );
            Console.WriteLine(
                $"{name, -12} {result.Service, 12:F0} {result.Reference, 12:F0} {1 / result.Ratio, 8:F2}  {Result.Text(result.Rounds.Select(ratio => 1 / ratio))}"
            );
        }
    }

    private static Task<double> RunAsync(BenchmarkContext context, Func<string> search, TimeSpan duration) =>
        HttpLoad.RunAsync(context.Port, Connections, duration, "200", _ =>
            HttpLoad.Request("POST", "/v2/sessions/search", context.Token, search())
        );

    /// <summary>Creates one hundred sessions for each of a hundred users. Returns some of their ids.</summary>
    private static async Task<string[]> FillAsync(BenchmarkContext context)
    {
        var ids = new string[Few];
        await BenchmarkContext.EachAsync(Few, async i =>
        {
            var created = await context.PostAsync("/v2/sessions", Scenarios.CreateBody(context.UserIds[i % context.UserIds.Count]));
            ids[i] = (string)created["sessionId"]!;
        });
        await context.ExecuteAsync("vacuum analyze");
        return ids;
    }

    /// <summary>Copies the stored sessions many times, with other users, devices and times.</summary>
    private static async Task CopyAsync(BenchmarkContext context)
    {
        await context.ExecuteAsync(
            $"""
            insert into session_state
              (service_id, grain_key, version, payload, user_id, organization_id, creator_id, fingerprint_id, created_at, expires_at, user_epoch)
            select service_id, grain_key || '-' || copy, version, payload, user_id || '-' || copy, organization_id, creator_id,
                   fingerprint_id || '-' || copy, created_at - copy * 60000000::bigint, expires_at + copy * 60000000::bigint, user_epoch
            from session_state, generate_series(1, {Copies}) copy
            """
        );
        await context.ExecuteAsync("vacuum analyze");
    }

    /// <summary>A search for every kind of filter. Dates differ from one search to the next.</summary>
    private static Dictionary<string, Func<string>> Searches(BenchmarkContext context, string[] ids)
    {
        var start = DateTimeOffset.UtcNow;
        return new()
        {
            ["none"] = () => "{}",
            ["ids"] = () =>
                Query(
                    $$$"""{"idsQuery":{"ids":[{{{string.Join(',', Random.Shared.GetItems(ids, 10).Distinct().Select(id => $"\"{id}\""))}}}]}}"""
                ),
            ["user"] = () => Query($$$"""{"userIdQuery":{"id":"{{{Any(context)}}}"}}"""),
            ["creator"] = () => Query("""{"creatorQuery":{}}"""),
            ["device"] = () => Query($$$"""{"userAgentQuery":{"fingerprintId":"fp-{{{Any(context)}}}"}}"""),
            ["created"] = () =>
                Query(
                    $$$"""{"creationDateQuery":{"creationDate":"{{{Soon(start.AddMinutes(-200))}}}","method":"TIMESTAMP_QUERY_METHOD_GREATER"}}"""
                ),
            ["expiring"] = () =>
                Query(
                    $$$"""{"expirationDateQuery":{"expirationDate":"{{{Soon(start.AddMinutes(300))}}}","method":"TIMESTAMP_QUERY_METHOD_LESS"}}"""
                ),
            ["active"] = () => Query("""{"stateQuery":{"state":"SESSION_STATE_ACTIVE"}}"""),
            ["page 50"] = () => """{"query":{"offset":"5000","limit":100}}""",
        };
    }

    private static string Query(string query) => $$"""{"queries":[{{query}}]}""";

    private static string Any(BenchmarkContext context) => context.UserIds[Random.Shared.Next(context.UserIds.Count)];

    private static string Soon(DateTimeOffset after) =>
        after.AddMilliseconds(Random.Shared.Next(1_000_000)).ToString("O", CultureInfo.InvariantCulture);
}
