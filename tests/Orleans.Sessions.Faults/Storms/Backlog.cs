using System.Globalization;

namespace Orleans.Sessions.Faults.Storms;

/// <summary>
/// Expired sessions whose expiry is not published yet. To count a hundred thousand rows again and again would take the processors from
/// those who are measured, so it only looks for the first one, which an index finds.
/// </summary>
internal static class Backlog
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_untilTold = TimeSpan.FromSeconds(15);

    /// <summary>Waits until there are none that fulfil the condition.</summary>
    public static async Task WaitAsync(StormScene scene, string condition)
    {
        var told = scene.Now;
        while (await FirstAsync(scene, condition) is var first and > 0)
        {
            if (scene.Now - told >= s_untilTold)
            {
                told = scene.Now;
                var late = DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeMilliseconds(first / 1000);
                scene.Log(string.Create(CultureInfo.InvariantCulture, $"the publication is {late.TotalSeconds:0} s late"));
            }

            await scene.WaitAsync(s_pause);
        }
    }

    /// <summary>When the first one expired, in microseconds since the Unix epoch; 0 if there is none.</summary>
    private static Task<long> FirstAsync(StormScene scene, string condition) =>
        scene.Site.CountAsync(
            $"""
            select coalesce((
              select expires_at from session_state
              where ended_at is null and expiry_published_at is null and expires_at is not null and {condition}
              order by expires_at
              limit 1
            ), 0)
            """
        );
}
