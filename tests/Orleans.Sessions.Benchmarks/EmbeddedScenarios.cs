using System.Diagnostics;

namespace Orleans.Sessions.Benchmarks;

/// <summary>The measured scenarios of a service with the embedded database.</summary>
internal static class EmbeddedScenarios
{
    /// <summary>
    /// Creating sessions with a user check by id on SQLite, compared with appending as many bytes to a file and flushing it to the disk
    /// each time. The service writes in groups, so it can be faster than that.
    /// </summary>
    public static async Task<Result> CreateAsync(BenchmarkContext context)
    {
        await using var alone = await BenchmarkContext.StartAsync(isAlone: true);
        var requests = alone
            .UserIds.Select(id => HttpLoad.Request("POST", "/v2/sessions", alone.Token, Scenarios.CreateBody(id)))
            .ToArray();
        var created = await alone.PostAsync("/v2/sessions", Scenarios.CreateBody(alone.UserIds[0]));
        var session = await alone.GetBytesAsync($"/v2/sessions/{created["sessionId"]}?sessionToken={created["sessionToken"]}");
        return await Result.CompareAsync(
            duration =>
                HttpLoad.RunAsync(alone.Port, Scenarios.Connections, duration, "201", _ => requests[Random.Shared.Next(requests.Length)]),
            duration => Task.Run(() => Append(session, duration))
        );
    }

    /// <summary>How often in a second a record is appended to a file and is on the disk, one after the other.</summary>
    private static double Append(byte[] record, TimeSpan duration)
    {
        var path = Path.GetTempFileName();
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        var clock = Stopwatch.StartNew();
        var count = 0;
        for (; clock.Elapsed < duration; count++)
        {
            file.Write(record);
            file.Flush(flushToDisk: true);
        }

        return count / clock.Elapsed.TotalSeconds;
    }
}
