using System.Globalization;
using System.Text;
using Orleans.Sessions.Fuzz.Oracle;
using Orleans.Sessions.Fuzz.Wire;

namespace Orleans.Sessions.Fuzz.Running;

/// <summary>Counts the results of a run.</summary>
public sealed class FuzzReport(string title, Uri address, string replay)
{
    /// <summary>Further findings of the same kind add nothing new.</summary>
    private const int ShownOfAKind = 5;

    private readonly Dictionary<Surface, Row> _rows = Enum.GetValues<Surface>().ToDictionary(surface => surface, _ => new Row());
    private readonly SortedDictionary<string, (int Walked, int Reached)> _journeys = new(StringComparer.Ordinal);
    private readonly List<Finding> _findings = [];

    public IReadOnlyList<Finding> Findings => _findings;

    public int Requests => _rows.Values.Sum(row => row.Requests);

    public void Count(Exchange exchange, IReadOnlyList<Finding> findings)
    {
        var row = _rows[exchange.Request.Surface];
        row.Requests++;
        row.Kinds[Math.Clamp(exchange.Reply.Kind / 100, 0, 5)]++;
        row.Limited += exchange.Reply.Kind == 429 ? 1 : 0;
        findings.ToList().ForEach(Add);
    }

    /// <summary>Records a finding that belongs to no single request.</summary>
    public void Add(Finding finding)
    {
        if (finding.Exchange is { } exchange)
        {
            var faults = _rows[exchange.Request.Surface].Faults;
            faults[finding.Fault] = faults.GetValueOrDefault(finding.Fault) + 1;
        }

        _findings.Add(finding);
    }

    /// <summary>Records a journey, and whether it reached its end.</summary>
    public void Count(string journey, bool isReached)
    {
        var (walked, reached) = _journeys.GetValueOrDefault(journey);
        _journeys[journey] = (walked + 1, reached + (isReached ? 1 : 0));
    }

    public override string ToString()
    {
        var text = new StringBuilder($"{title}\n\n");
        text.AppendLine(
            "| surface | requests | 2xx | 3xx | 4xx | 429 | 5xx | no answer | not documented | hangs | traces | changed by refused "
                + "| wrongly allowed | open redirects | injected |"
        );
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (surface, row) in _rows)
        {
            int[] numbers =
            [
                row.Requests,
                row.Kinds[2],
                row.Kinds[3],
                row.Kinds[4] - row.Limited,
                row.Limited,
                row.Kinds[5],
                row.Kinds[0],
                .. new[]
                {
                    Fault.ServerError,
                    Fault.Hang,
                    Fault.Trace,
                    Fault.ChangedByRefused,
                    Fault.WronglyAllowed,
                    Fault.OpenRedirect,
                    Fault.Injection,
                }.Select(fault => row.Faults.GetValueOrDefault(fault)),
            ];
            text.AppendLine(CultureInfo.InvariantCulture, $"| {surface} | {string.Join(" | ", numbers)} |");
        }

        text.AppendLine("\n| sequence | walked | reached its end |\n|---|---|---|");
        foreach (var (name, (walked, reached)) in _journeys)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {walked} | {reached} |");
        }

        foreach (
            var kind in _findings.GroupBy(finding =>
                (finding.Fault, finding.Exchange?.Meaning?.Operation ?? finding.Exchange?.Request.Target.Split('?')[0])
            )
        )
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"\n{kind.Key.Fault} ({kind.Count()} times)");
            foreach (var finding in kind.Take(ShownOfAKind))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {finding.Text}");
                if (finding.Exchange is { } exchange)
                {
                    text.AppendLine(
                        CultureInfo.InvariantCulture,
                        $"    by {exchange.Caller.Name}, action {exchange.Action}, answered {exchange.Reply}"
                    );
                    text.AppendLine(CultureInfo.InvariantCulture, $"    {Recipe.Of(exchange.Request, address)}");
                    text.AppendLine(CultureInfo.InvariantCulture, $"    again: {replay} --actions {exchange.Action + 1}");
                }
            }
        }

        return text.ToString();
    }

    private sealed class Row
    {
        public int Requests { get; set; }

        public int Limited { get; set; }

        public int[] Kinds { get; } = new int[6];

        public Dictionary<Fault, int> Faults { get; } = [];
    }
}
