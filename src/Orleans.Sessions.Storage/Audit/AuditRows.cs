using System.Security.Cryptography;
using System.Text;
using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Storage;

/// <summary>The rows of the audit trail.</summary>
internal static class AuditRows
{
    private static readonly Column<AuditRow>[] s_columns =
    [
        Column<AuditRow>.Time("at", row => row.At),
        Column<AuditRow>.Text("kind", row => row.Kind),
        Column<AuditRow>.Integer("outcome", row => (int)row.Outcome),
        Column<AuditRow>.Text("reason", row => row.Reason),
        Column<AuditRow>.Integer("actor_kind", row => (int)row.ActorKind),
        Column<AuditRow>.Text("actor_id", row => row.ActorId),
        Column<AuditRow>.Text("organization_id", row => row.OrganizationId),
        Column<AuditRow>.Text("target_kind", row => row.TargetKind),
        Column<AuditRow>.Text("target_id", row => row.TargetId),
        Column<AuditRow>.Text("source", row => row.Source),
        Column<AuditRow>.Text("user_agent", row => row.UserAgent),
        Column<AuditRow>.Text("client_id", row => row.ClientId),
        Column<AuditRow>.Text("session", row => row.Session),
        Column<AuditRow>.Text("request_id", row => row.RequestId),
        Column<AuditRow>.Text("detail", row => row.Detail),
        Column<AuditRow>.Integer("count", row => row.Count),
    ];

    private static readonly InsertStatement s_append = new(
        "audit_event",
        [new("service_id", SqlType.Text), .. s_columns.Select(column => new Column(column.Name, column.Type))]
    );

    private static readonly string s_countText =
        new InsertStatement("audit_event", [.. s_append.Columns, new("bucket", SqlType.Text)]).OneText
        + " on conflict (service_id, bucket) where bucket is not null do update set count = audit_event.count + excluded.count";

    /// <summary>The columns, in the order in which a search returns them, without the id.</summary>
    public static string Names { get; } = string.Join(", ", s_columns.Select(column => column.Name));

    /// <summary>Appends the events.</summary>
    public static IEnumerable<WriteStep> Steps(string serviceId, IReadOnlyList<AuditRow> events) =>
        events.Select(row => new AddRow(s_append, Values(serviceId, row)));

    /// <summary>Adds to the counted rows. All nodes use the same order, so that two transactions seldom wait for each other.</summary>
    public static IReadOnlyList<WriteStep> CountSteps(string serviceId, IReadOnlyList<AuditRow> events) =>
        [
            .. events
                .Select(row => (Row: row, Bucket: Bucket(row)))
                .OrderBy(counted => counted.Bucket, StringComparer.Ordinal)
                .Select(counted => new RunStatement(s_countText, [.. Values(serviceId, counted.Row), SqlValue.Of(counted.Bucket)])),
        ];

    private static SqlValue[] Values(string serviceId, AuditRow row) =>
        [SqlValue.Of(serviceId), .. s_columns.Select(column => column.Value(row))];

    /// <summary>The name of the row that counts these events: a hash of the values that the events have in common.</summary>
    private static string Bucket(AuditRow row)
    {
        var common = row with { Count = 0, UserAgent = null, RequestId = null, Detail = null, Session = null };
        var text = new StringBuilder();
        foreach (var column in s_columns)
        {
            var value = column.Value(common);
            // The length before each value keeps different values apart that would make the same text.
            var written = value.IsNull ? "-" : FormattableString.Invariant($"{value.Boxed}");
            text.Append(written.Length).Append(value.IsNull ? '-' : '+').Append(written);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];
    }
}
