using Orleans.Sessions.EndToEnd.Conformance.Harness;
using Orleans.Sessions.EndToEnd.Oidc;

namespace Orleans.Sessions.EndToEnd.Conformance;

/// <summary>The modules of the OpenID Foundation's plans, run as conversations with a service, and the table of what they show.</summary>
public sealed class ConformanceTests(SqliteHost host, DynamicRegistrationTests.OpenHost open)
    : ContractTests(host),
        IClassFixture<DynamicRegistrationTests.OpenHost>
{
    public static TheoryData<string, string> Modules => ConformanceRun.Modules(plan => plan is { Switch: null, NeedsCertificates: false });

    [Theory, MemberData(nameof(Modules))]
    public Task A_module_passes_or_does_what_the_table_says(string planName, string moduleName) =>
        ConformanceRun.RunAsync(ConformanceRun.Plan(planName).NeedsRegistration ? open.Api : Admin, planName, moduleName);

    [Fact]
    public void What_is_not_run_has_a_reason() =>
        Assert.All(ConformancePlan.All.SelectMany(plan => plan.Modules), module =>
            Assert.Equal(module.RunAsync is null, module.Skipped is not null)
        );

    [Fact]
    public void The_table_shows_this_run()
    {
        if (GoldenFile.IsWritten)
        {
            File.WriteAllText(Checkout.PathOf(ConformanceTable.Path), ConformanceTable.Write());
        }

        Assert.Equal(ConformanceTable.Write(), Checkout.Read(ConformanceTable.Path).ReplaceLineEndings("\n"));
    }
}
