using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <summary>Runs the modules that are not skipped.</summary>
public static class ConformanceRun
{
    /// <summary>The names of the plans that are chosen, with those of their modules.</summary>
    public static TheoryData<string, string> Modules(Func<ConformancePlan, bool> isChosen)
    {
        var modules = new TheoryData<string, string>();
        foreach (var plan in ConformancePlan.All.Where(isChosen))
        {
            foreach (var module in plan.Modules.Where(module => module.RunAsync is not null))
            {
                modules.Add(plan.Name, module.Name);
            }
        }

        return modules;
    }

    /// <summary>Runs a module, which must do what the table says.</summary>
    public static async Task RunAsync(Api admin, string planName, string moduleName, MutualTlsHost? secure = null)
    {
        var plan = Plan(planName);
        var module = plan.Modules.Single(module => module.Name == moduleName);
        var conversation = await Conversation.BeginAsync(admin, plan.ResponseMode, secure);

        var failure = await Record.ExceptionAsync(() => module.RunAsync!(conversation));

        if (module.Failed is null && failure is not null)
        {
            Assert.Fail($"{moduleName}: {failure}");
        }

        Assert.True(module.Failed is null || failure is not null, $"{moduleName} passes: take {nameof(ConformanceModule.Failed)} out");
    }

    /// <summary>The plan with this name.</summary>
    public static ConformancePlan Plan(string name) => ConformancePlan.All.Single(plan => plan.Name == name);
}
