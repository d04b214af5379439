using System.Runtime.InteropServices;
using Orleans.Sessions.Faults.Running;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Orleans.Sessions.Faults;

/// <summary>Runs the faults that the command line names or, like every test project, runs the tests.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        if (FaultOptions.AreMeant(arguments))
        {
            return await BreakAsync(arguments);
        }

        return arguments.Any(argument => argument is "--server" or "--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(arguments, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(arguments);
    }

    private static async Task<int> BreakAsync(string[] arguments)
    {
        if (FaultOptions.Parse(arguments) is not { } options)
        {
            await Console.Error.WriteLineAsync(FaultOptions.Usage);
            return 2;
        }

        // After an interrupt the networks and processes must be removed all the same.
        using var end = new CancellationTokenSource();
        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            end.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        try
        {
            if (options.Runs > 0)
            {
                return await FaultSeries.RunAsync(options, Console.WriteLine, end.Token) ? 0 : 1;
            }

            var report = await FaultRun.RunAsync(options, Console.WriteLine, end.Token);
            Console.WriteLine(report);
            return report.Violations.Count == 0 ? 0 : 1;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("interrupted");
            return 2;
        }
    }
}
