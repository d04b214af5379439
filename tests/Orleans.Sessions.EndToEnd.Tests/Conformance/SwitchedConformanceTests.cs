using Orleans.Sessions.EndToEnd.Conformance.Harness;

namespace Orleans.Sessions.EndToEnd.Conformance;

/// <summary>The modules of plans for what is off by default, each with a service in which it is on.</summary>
public sealed class SwitchedConformanceTests : OwnHosts
{
    public static TheoryData<string, string> Modules => ConformanceRun.Modules(plan => plan.Switch is not null);

    [Theory, MemberData(nameof(Modules))]
    public async Task A_module_passes_or_does_what_the_table_says(string planName, string moduleName)
    {
        var host = await StartAsync(HostSettings.Shared.With(ConformanceRun.Plan(planName).Switch!, "true"));

        await ConformanceRun.RunAsync(Admin(host), planName, moduleName);
    }
}
