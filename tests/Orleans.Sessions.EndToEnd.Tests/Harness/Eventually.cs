using System.Diagnostics;

namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>Waits for things that happen in the background.</summary>
public static class Eventually
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(25);

    /// <summary>
    /// How long this test waits for what is promised within a time. Only <see cref="Undisturbed"/> tests have the machine to themselves and
    /// expect exactly that. The others share it with hosts and browsers that start, so they wait ten times as long.
    /// </summary>
    public static TimeSpan Patience(TimeSpan promised) =>
        TestContext.Current.TestCollection?.TestCollectionClassName == typeof(Undisturbed).FullName ? promised : promised * 10;

    /// <summary>
    /// Asks until the answer is the wanted one, and returns it. Fails the test if that takes longer than its <see cref="Patience"/> for
    /// <paramref name="within"/>.
    /// </summary>
    public static async Task<Reply> GetAsync(Func<Task<Reply>> ask, Func<Reply, bool> wanted, TimeSpan within, string what)
    {
        within = Patience(within);
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
