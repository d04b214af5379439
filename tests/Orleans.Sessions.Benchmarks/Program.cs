using Orleans.Sessions.Benchmarks;

// bare <port> <file>: the reference server. memory: bytes per session. million: searches among a million sessions.
// Otherwise: the names of scenarios to run, all by default; --quick for short rounds.
if (args is ["bare", var port, var file])
{
    await BareServer.ServeAsync(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture), file);
    return;
}

Result.IsQuick = args.Contains("--quick");
if (args is ["memory"])
{
    await MemoryPerSession.MeasureAsync();
    return;
}

if (args is ["million", ..])
{
    await MillionSessions.MeasureAsync();
    return;
}

var names = args.Where(argument => argument != "--quick").ToList();
var scenarios = new Dictionary<string, Func<BenchmarkContext, Task<Result>>>
{
    ["get"] = Scenarios.GetAsync,
    ["lease"] = Scenarios.LeaseAsync,
    ["lease-create"] = Scenarios.LeaseCreateAsync,
    ["grpc-get"] = Scenarios.GrpcGetAsync,
    ["grpc-get-alone"] = Scenarios.GrpcGetAloneAsync,
    ["connect-get"] = Scenarios.ConnectGetAsync,
    ["create"] = Scenarios.CreateAsync,
    ["create-sqlite"] = EmbeddedScenarios.CreateAsync,
    ["oidc-login"] = LoginScenarios.LoginAsync,
    ["refresh"] = LoginScenarios.RefreshAsync,
    ["password"] = Scenarios.CreateWithPasswordAsync,
    ["introspect"] = Scenarios.IntrospectAsync,
    ["search"] = Scenarios.SearchByUserAsync,
};

await using var context = await BenchmarkContext.StartAsync();
Console.WriteLine($"{"scenario", -14} {"service/s", 12} {"reference/s", 12} {"ratio", 7}  rounds");
try
{
    foreach (var (name, run) in scenarios.Where(scenario => names.Count == 0 || names.Contains(scenario.Key)))
    {
        var result = await run(context);
        Console.WriteLine(
            $"{name, -14} {result.Service, 12:F0} {result.Reference, 12:F0} {result.Ratio, 7:F2}  {Result.Text(result.Rounds)}"
        );
    }
}
catch
{
    // The numbers of a failing service are worthless, but its output is useful.
    await Console.Error.WriteLineAsync(context.HostOutput);
    throw;
}
