using Orleans.Sessions.EndToEnd.Conformance.Harness;
using Orleans.Sessions.EndToEnd.Oidc;

namespace Orleans.Sessions.EndToEnd.Conformance;

/// <summary>The modules of the OpenID Foundation's plans, run as conversations with a service, and the table of what they show.</summary>
public sealed class ConformanceTests(SqliteHost host, DynamicRegistrationTests.OpenHost open)
    : ContractTests(host),
        IClassFixture<DynamicRegistrationTests.OpenHost>
{
    public static TheoryData<string, string> Modules
    {
        get
        {
            var modules = new TheoryData<string, string>();
            foreach (var (plan, module) in Runnable())
            {
                modules.Add(plan.Name, module.Name);
            }

            return modules;
        }
    }

    [Theory, MemberData(nameof(Modules))]
    public async Task A_module_passes_or_does_what_the_table_says(string planName, string moduleName)
    {
        var (plan, module) = Runnable().Single(row => row.Plan.Name == planName && row.Module.Name == moduleName);
        var conversation = await Conversation.BeginAsync(plan.NeedsRegistration ? open.Api : Admin, plan.ResponseMode);

        var failure = await Record.ExceptionAsync(() => module.RunAsync!(conversation));

        if (module.Failed is null && failure is not null)
        {
            Assert.Fail($"{moduleName}: {failure}");
        }

        Assert.True(module.Failed is null || failure is not null, $"{moduleName} passes: take {nameof(ConformanceModule.Failed)} out");
    }

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

    private static IEnumerable<(ConformancePlan Plan, ConformanceModule Module)> Runnable() =>
        from plan in ConformancePlan.All
        from module in plan.Modules
        where module.RunAsync is not null
        select (plan, module);
}
