using System.Diagnostics;
using System.Text;

namespace Orleans.Sessions.Benchmarks;

/// <summary>
/// Closed-loop HTTP/1.1 load. Each connection sends the next request when it has read the answer to the last one.
/// </summary>
internal static class HttpLoad
{
    /// <summary>Requests per second over <paramref name="duration"/>; every answer must have <paramref name="status"/>.</summary>
    public static Task<double> RunAsync(int port, int connections, TimeSpan duration, string status, Func<int, byte[]> request) =>
        RunAsync(port, connections, duration, (connection, number) => connection.SendAsync(request(number), status));

    /// <summary>Flows per second over <paramref name="duration"/>. A flow gets a connection of its own and its number.</summary>
    public static async Task<double> RunAsync(int port, int connections, TimeSpan duration, Func<HttpConnection, int, Task> flow)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(
            Enumerable.Range(0, connections).Select(number => Task.Run(() => LoopAsync(port, clock, duration, flow, number)))
        );
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    /// <summary>One HTTP/1.1 request as bytes.</summary>
    public static byte[] Request(string method, string path, string? bearer, string? json)
    {
        var head = new StringBuilder($"{method} {path} HTTP/1.1\r\nHost: localhost\r\n");
        if (bearer is not null)
        {
            head.Append($"Authorization: Bearer {bearer}\r\n");
        }

        if (json is not null)
        {
            head.Append($"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n");
        }

        return Encoding.UTF8.GetBytes(head.Append("\r\n").Append(json).ToString());
    }

    /// <summary>A form as one HTTP/1.1 request of a client that authenticates with id and secret.</summary>
    public static byte[] Form(string path, string basic, string form) =>
        Encoding.UTF8.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic {basic}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\n\r\n{form}"
        );

    private static async Task<long> LoopAsync(
        int port,
        Stopwatch clock,
        TimeSpan duration,
        Func<HttpConnection, int, Task> flow,
        int number
    )
    {
        using var connection = await HttpConnection.OpenAsync(port);
        long count = 0;
        while (clock.Elapsed < duration)
        {
            await flow(connection, number);
            count++;
        }

        return count;
    }
}
