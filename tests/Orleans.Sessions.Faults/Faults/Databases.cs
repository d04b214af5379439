namespace Orleans.Sessions.Faults.Faults;

/// <summary>Faults of the database.</summary>
internal static class Databases
{
    public static async Task RestartAsync(Scene scene, bool isOrderly)
    {
        scene.Log(isOrderly ? "PostgreSQL is stopped and started again" : "PostgreSQL crashes and is started again");
        await scene.Cluster.Server.StopAsync(isOrderly);
        await scene.WaitAsync(isOrderly ? 1 : 3);
        await scene.Cluster.Server.RestartAsync();
    }
}
