using System.Globalization;
using System.Text;
using Orleans.Sessions.Faults.Checking;

namespace Orleans.Sessions.Faults.Embedded;

/// <summary>What came of a scenario.</summary>
internal sealed record EmbeddedResult(string Scenario, int Operations, IReadOnlyList<Violation> Violations)
{
    private const int ShownOfAKind = 5;

    /// <summary>A table of results, and what was wrong in them.</summary>
    public static string Table(IReadOnlyList<EmbeddedResult> results)
    {
        var text = new StringBuilder();
        text.AppendLine("| scenario | operations | acknowledged lost | revoked honoured | answers 500 | other |");
        text.AppendLine("|---|---|---|---|---|---|");
        foreach (var result in results)
        {
            var of = (params Wrong[] kinds) => result.Violations.Count(violation => kinds.Contains(violation.Wrong));
            var lost = of(Wrong.Lost, Wrong.TokenRefused);
            var revoked = of(Wrong.RevokedHonoured, Wrong.OldTokenHonoured);
            var (errors, all) = (of(Wrong.ServerError), result.Violations.Count);
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {result.Scenario} | {result.Operations} | {lost} | {revoked} | {errors} | {all - lost - revoked - errors} |"
            );
        }

        foreach (var result in results)
        {
            foreach (var kind in result.Violations.GroupBy(violation => violation.Wrong))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"\n{result.Scenario}: {kind.Key} ({kind.Count()} times)");
                foreach (var violation in kind.Take(ShownOfAKind))
                {
                    text.AppendLine(CultureInfo.InvariantCulture, $"  {violation.At:mm\\:ss\\.fff} {violation.Subject} {violation.Text}");
                }
            }
        }

        return text.ToString();
    }
}
