using System.Globalization;
using Orleans.Sessions.Faults.World;

namespace Orleans.Sessions.Faults.Faults;

/// <summary>The clock of a node jumps, as after a manual change or the move of a virtual machine.</summary>
internal static class Clocks
{
    /// <summary>The size of the jump.</summary>
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Everything that depends on the clock lives that much longer or shorter: its life may begin while the clock is ahead and be checked
    /// while the clock is behind.
    /// </summary>
    public static TimeSpan Error { get; } = 2 * s_step;

    public static async Task StepAsync(Scene scene)
    {
        const double Between = 8;

        var node = scene.AnyNode();
        var file = Path.GetTempFileName();
        try
        {
            await SetAsync(file, TimeSpan.Zero);
            node.Have(FakeClock.Reading(file));
            await node.RestartAsync();
            foreach (var offset in new[] { s_step, TimeSpan.Zero, -s_step, TimeSpan.Zero })
            {
                scene.Log($"the clock of {node.Name} is {offset.TotalSeconds} s off");
                await SetAsync(file, offset);
                await scene.WaitAsync(Between);
            }
        }
        finally
        {
            node.Have(new Dictionary<string, string>());
            await node.RestartAsync();
            File.Delete(file);
        }
    }

    private static Task SetAsync(string file, TimeSpan offset) =>
        File.WriteAllTextAsync(file, offset.TotalSeconds.ToString("+0;-0;+0", CultureInfo.InvariantCulture));
}
