using System.Text.RegularExpressions;

namespace Orleans.Sessions.Gateway.Tests.Calls;

/// <summary>
/// The tables of services and methods in the contract's README say what the service does: each method of the contract stands there once,
/// as offered or as missing.
/// </summary>
public sealed partial class CompatibilityTableTests
{
    private const string Document = "src/Orleans.Sessions.Protocol/README.md";
    private const string Rest = "all others";

    private static readonly List<Row> s_rows = [.. Rows()];

    [Fact]
    public void Each_service_and_no_other_is_listed() =>
        Assert.Equal(
            ContractServices.Described.Select(method => method.Descriptor.Service.FullName).Distinct().Order(StringComparer.Ordinal),
            s_rows.Select(row => row.Service).Distinct().Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Each_method_is_listed_once_as_what_it_is()
    {
        var listed = s_rows.SelectMany(row => row.Yes.Concat(row.Partly).Concat(row.No)).ToList();
        Assert.Equal(listed.Distinct(), listed);

        var offered = ContractServices.Offered.Select(method => method.Path).ToHashSet();
        Assert.Equal(
            offered.Order(StringComparer.Ordinal),
            s_rows.SelectMany(row => row.Yes.Concat(row.Partly)).Order(StringComparer.Ordinal)
        );

        // A service of the first API names what it offers, and stands for the rest with two words.
        var open = s_rows.Where(row => row.HasRest).Select(row => row.Service).ToHashSet();
        Assert.All(open, service => Assert.Contains(".v1.", service, StringComparison.Ordinal));
        Assert.Equal(
            ContractServices
                .Described.Where(method => !open.Contains(method.Descriptor.Service.FullName) && !offered.Contains(method.Path))
                .Select(method => method.Path)
                .Order(StringComparer.Ordinal),
            s_rows.Where(row => !row.HasRest).SelectMany(row => row.No).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void What_is_offered_in_part_says_what_is_missing() =>
        Assert.All(s_rows.Where(row => row.Partly.Count > 0), row => Assert.Contains("(", row.PartlyText, StringComparison.Ordinal));

    /// <summary>The rows of both tables: those of ZITADEL's services, and those of our own, which have all that they list.</summary>
    private static IEnumerable<Row> Rows()
    {
        var text = Checkout.Read(Document);
        var begin = text.IndexOf("\n## Services and methods", StringComparison.Ordinal);
        var section = text[begin..text.IndexOf("\n## ", begin + 1, StringComparison.Ordinal)];
        foreach (var line in section.Split('\n'))
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            if (cells.Length < 2 || Service().Match(cells[1]) is not { Success: true } service)
            {
                continue;
            }

            var name = service.Groups[1].Value;
            yield return cells is [_, _, var yes, var partly, var no, _]
                ? new Row(name, Methods(name, yes), Methods(name, partly), Methods(name, no))
                {
                    PartlyText = partly,
                    HasRest = no.StartsWith(Rest, StringComparison.Ordinal),
                }
                : new Row(name, Methods(name, cells[2]), [], []);
        }
    }

    /// <summary>The methods in a cell. What stands in parentheses explains them.</summary>
    private static List<string> Methods(string service, string cell) =>
        [.. Code().Matches(Parentheses().Replace(cell, "")).Select(match => $"/{service}/{match.Groups[1].Value}")];

    private sealed record Row(string Service, List<string> Yes, List<string> Partly, List<string> No)
    {
        public string PartlyText { get; init; } = "";

        public bool HasRest { get; init; }
    }

    [GeneratedRegex(@"\A`([a-z0-9_.]+\.[A-Z]\w*)`\z")]
    private static partial Regex Service();

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Parentheses();

    [GeneratedRegex(@"`(\w+)`")]
    private static partial Regex Code();
}
