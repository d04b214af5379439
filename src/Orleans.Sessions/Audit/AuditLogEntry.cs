using System.Collections;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Orleans.Sessions.Audit;

/// <summary>
/// A security event as a log entry: the kind, the outcome, and the known details as <c>name=value</c>. Structured formatters such as JSON
/// get the same as properties. Values with anything but plain characters are quoted, so that a value cannot imitate another one.
/// </summary>
internal sealed class AuditLogEntry : IReadOnlyList<KeyValuePair<string, object?>>
{
    /// <summary>The event id in the log.</summary>
    public static readonly EventId Id = new(1, "SecurityEvent");

    private readonly List<KeyValuePair<string, object?>> _properties = [];

    public AuditLogEntry(AuditRow row)
    {
        Add("at", row.At.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        Add("kind", row.Kind);
        Add("outcome", row.Outcome.ToString());
        Add("reason", row.Reason);
        Add("actor", row.ActorId is null ? row.ActorKind.ToString() : $"{row.ActorKind}:{row.ActorId}");
        Add("organization", row.OrganizationId);
        Add("target", row.TargetId is null ? null : $"{row.TargetKind}:{row.TargetId}");
        Add("source", row.Source);
        Add("agent", row.UserAgent);
        Add("client", row.ClientId);
        Add("session", row.Session);
        Add("request", row.RequestId);
        Add("detail", row.Detail);
        _properties.Add(new("count", row.Count));
    }

    public int Count => _properties.Count;

    public KeyValuePair<string, object?> this[int index] => _properties[index];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _properties.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString()
    {
        var line = new StringBuilder();
        foreach (var (name, value) in _properties)
        {
            line.Append(line.Length == 0 ? "" : " ").Append(name).Append('=').Append(value is string text ? Quoted(text) : value);
        }

        return line.ToString();
    }

    private static string Quoted(string text) =>
        text.All(character => char.IsAsciiLetterOrDigit(character) || "._:/-+".Contains(character, StringComparison.Ordinal))
            ? text
            : $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private void Add(string name, string? value)
    {
        if (value is not null)
        {
            _properties.Add(new(name, value));
        }
    }
}
