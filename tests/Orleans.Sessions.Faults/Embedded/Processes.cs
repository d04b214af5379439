namespace Orleans.Sessions.Faults.Embedded;

/// <summary>What happens to the process.</summary>
internal static class Processes
{
    /// <summary>It is killed at any time, as often as is asked for.</summary>
    public static async Task KillAgainAndAgainAsync(EmbeddedScene scene)
    {
        for (var round = 0; round < scene.Rounds; round++)
        {
            await scene.WaitAsync(0.3 + (2 * scene.Dice.NextDouble()));
            await scene.Site.Node.KillAsync();
            await scene.StartAsync();
        }

        scene.Log($"killed {scene.Rounds} times");
        await scene.WaitAsync(2);
    }

    /// <summary>Somebody starts a second one on the same folder, twice.</summary>
    public static async Task StartSecondAsync(EmbeddedScene scene)
    {
        await scene.WaitAsync(3);
        for (var i = 0; i < 2; i++)
        {
            await scene.RefusesAsync(scene.Site.Folder, "Another process uses the data folder");
        }

        await scene.WaitAsync(1);
    }
}
