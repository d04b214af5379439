using System.Text;

namespace Orleans.Sessions.Asvs.Tests;

/// <summary>The table of requirements and of the tests that prove them. The file is stored beside this one.</summary>
public static class Table
{
    private static readonly Dictionary<int, string> s_chapters = new()
    {
        [6] = "V6 Authentication",
        [7] = "V7 Session management",
        [9] = "V9 Self-contained tokens",
        [10] = "V10 OAuth and OpenID Connect",
        [16] = "V16 Logging and errors",
    };

    /// <summary>The expected text of the table.</summary>
    public static string Write(IReadOnlyList<Requirement> requirements, IReadOnlyList<Evidence> tests)
    {
        var gaps = requirements.Where(requirement => requirement.Gap is not null).ToList();
        var ours = requirements.Count(requirement => requirement.Elsewhere is null);
        var text = new StringBuilder().Append(
            System.Globalization.CultureInfo.InvariantCulture,
            $"""
            # OWASP ASVS 5.0, levels 1 and 2

            Made by the tests: do not edit. The words are our own; the standard's count. Each test named here fails when its requirement
            is broken. `ASVS_WRITE=1 dotnet run -c Release --project tests/Orleans.Sessions.Asvs.Tests` writes this file again.

            Of {requirements.Count} requirements of these chapters {ours} concern this service; {ours - gaps.Count} are met as installed,
            {gaps.Count} are not, or in part.


            """
        );
        text.Append("## What is not met as installed\n\n| no. | L | what is missing, and why |\n|---|---|---|\n");
        gaps.ForEach(gap =>
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {gap.Number} | {gap.Level} | {gap.Gap} |\n")
        );
        foreach (var chapter in requirements.GroupBy(requirement => requirement.Chapter))
        {
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"\n## {s_chapters[chapter.Key]}\n\n| no. | L | demand | | shown by |\n|---|---|---|---|---|\n"
            );
            foreach (var requirement in chapter)
            {
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {requirement.Number} | {requirement.Level} ")
                    .Append(System.Globalization.CultureInfo.InvariantCulture, $"| {requirement.Demand} | {StatusOf(requirement)} ")
                    .Append(System.Globalization.CultureInfo.InvariantCulture, $"| {ShownBy(requirement, tests)} |\n");
            }
        }

        return text.ToString();
    }

    private static string StatusOf(Requirement requirement) =>
        requirement.Elsewhere is not null ? "not ours"
        : requirement.Gap is not null ? "**not met**"
        : "met";

    private static string ShownBy(Requirement requirement, IReadOnlyList<Evidence> tests) =>
        string.Join(
            "<br>",
            new[] { requirement.Elsewhere, requirement.Note }
                .OfType<string>()
                .Concat(tests.Where(test => test.Requirements.Contains(requirement.Number)).Select(test => $"`{test.Project}` {test.Name}"))
        );
}
