using System.Globalization;
using System.Text;

namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <summary>The README of the folder: what the run shows, by plan and module.</summary>
public static class ConformanceTable
{
    public const string Path = "tests/Orleans.Sessions.EndToEnd.Tests/Conformance/README.md";

    /// <summary>The text of the file.</summary>
    public static string Write()
    {
        var text = new StringBuilder(
            """
            # Conformance

            Made by the tests: do not edit. The modules of the OpenID Foundation's plans, made again by what their names
            promise: each is a conversation over HTTP with a running service, whose login frontend follows a script. They show in every build
            what the foundation's own suite shows from outside. A module that passes or fails otherwise than it says here fails the
            tests.

            ```sh
            GOLDEN_WRITE=1 dotnet run -c Release --project tests/Orleans.Sessions.EndToEnd.Tests -- -class "*ConformanceTests"
            ```

            | plan | passed | skipped | failed |
            |---|---|---|---|

            """.ReplaceLineEndings("\n")
        );
        foreach (var plan in ConformancePlan.All)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| [`{plan.Name}`](#{plan.Name}) | {Count(plan, module => Result(module) == "passed")} "
                    + $"| {Count(plan, module => module.Skipped is not null)} "
                    + $"| {Count(plan, module => module.Failed is not null)} |\n"
            );
        }

        foreach (var plan in ConformancePlan.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {plan.Name}\n\n| module | result |\n|---|---|\n");
            foreach (var module in plan.Modules)
            {
                text.Append(CultureInfo.InvariantCulture, $"| `{module.Name}` | {Result(module)} |\n");
            }
        }

        return text.ToString();
    }

    private static string Result(ConformanceModule module) =>
        module.Skipped is { } skipped ? $"skipped: {skipped}"
        : module.Failed is { } failed ? $"**failed**: {failed}"
        : "passed";

    private static int Count(ConformancePlan plan, Func<ConformanceModule, bool> isCounted) => plan.Modules.Count(isCounted);
}
