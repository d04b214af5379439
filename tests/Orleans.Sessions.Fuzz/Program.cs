using Orleans.Sessions.Fuzz.Running;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Orleans.Sessions.Fuzz;

/// <summary>Runs the fuzz for any time or, like every test project, runs the tests.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        if (FuzzOptions.AreMeant(arguments))
        {
            return await FuzzAsync(arguments);
        }

        return arguments.Any(argument => argument is "--server" or "--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(arguments, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(arguments);
    }

    private static async Task<int> FuzzAsync(string[] arguments)
    {
        if (FuzzOptions.Parse(arguments) is not { } options)
        {
            await Console.Error.WriteLineAsync(FuzzOptions.Usage);
            return 2;
        }

        var isClean = true;
        foreach (var database in options.Databases)
        {
            Console.WriteLine($"{database}, seed {options.Plan.Seed}");
            var report = await (
                options.IsFlood ? Flood.RunAsync(database, options.Plan.Seed) : FuzzRun.RunAsync(database, options.Plan, Console.WriteLine)
            );
            Console.WriteLine(report);
            isClean &= report.Findings.Count == 0;
        }

        return isClean ? 0 : 1;
    }
}
