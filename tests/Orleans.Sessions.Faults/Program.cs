using System.Runtime.InteropServices;
using Orleans.Sessions.Faults.Embedded;
using Orleans.Sessions.Faults.Running;
using Orleans.Sessions.Faults.Storms;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Orleans.Sessions.Faults;

/// <summary>Runs the faults, storms or scenarios that the command line names or, like every test project, runs the tests.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        if (FaultOptions.AreMeant(arguments))
        {
            return await RunAsync(FaultOptions.Parse(arguments), FaultOptions.Usage, BreakAsync);
        }

        if (StormOptions.AreMeant(arguments))
        {
            return await RunAsync(StormOptions.Parse(arguments), StormOptions.Usage, StormRun.AllAsync);
        }

        if (EmbeddedOptions.AreMeant(arguments))
        {
            return await RunAsync(EmbeddedOptions.Parse(arguments), EmbeddedOptions.Usage, EmbeddedRun.AllAsync);
        }

        return arguments.Any(argument => argument is "--server" or "--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(arguments, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(arguments);
    }

    private static async Task<bool> BreakAsync(FaultOptions options, Action<string> log, CancellationToken end)
    {
        if (options.Runs > 0)
        {
            return await FaultSeries.RunAsync(options, log, end);
        }

        var report = await FaultRun.RunAsync(options, log, end);
        log(report.ToString());
        return report.Violations.Count == 0;
    }

    private static async Task<int> RunAsync<TOptions>(
        TOptions? options,
        string usage,
        Func<TOptions, Action<string>, CancellationToken, Task<bool>> run
    )
        where TOptions : class
    {
        if (options is null)
        {
            await Console.Error.WriteLineAsync(usage);
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
            return await run(options, Console.WriteLine, end.Token) ? 0 : 1;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("interrupted");
            return 2;
        }
    }
}
