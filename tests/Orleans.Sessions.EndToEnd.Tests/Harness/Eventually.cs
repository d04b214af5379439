using System.Diagnostics;

namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>Waits for things that happen in the background.</summary>
public static class Eventually
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(25);

    /// <summary>
    /// Asks until the answer is the wanted one, and returns it. Fails the test if that takes longer than <paramref name="within"/>.
    /// </summary>
    public static async Task<Reply> GetAsync(Func<Task<Reply>> ask, Func<Reply, bool> wanted, TimeSpan within, string what)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(s_pause, TestContext.Current.CancellationToken))
        {
            var askedAt = clock.Elapsed;
            var reply = await ask();
            if (wanted(reply))
            {
                return reply;
            }

            Assert.True(askedAt < within, reply.Explain($"{what} within {within.TotalSeconds} s"));
        }
    }

    /// <summary>Asks until the answer has this status.</summary>
    public static Task<Reply> StatusAsync(int status, Func<Task<Reply>> ask, TimeSpan within) =>
        GetAsync(ask, reply => reply.Status == status, within, $"status {status}");
}
