using System.Data.Common;
using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Storage;

/// <summary>
/// The statement of a search in the audit trail. If the caller sees only a part of the trail, the statement is a union. Each part of the
/// union has an index that finds and orders its rows, so a page costs the same however long the trail is.
/// </summary>
internal static class AuditSearch
{
    private static readonly string s_columns = $"id, {AuditRows.Names}";

    /// <summary>The text of the statement. Its parameters are added to <paramref name="sql"/>, which already has <c>@service</c>.</summary>
    public static string Text(SqlQuery sql, AuditQuery query, string? sessionHash, AuditVisibility visibility)
    {
        var conditions = Conditions(sql, query, sessionHash);
        var limit = sql.Add(query.Limit);
        var parts = Parts(sql, visibility).Select(part => Page($"audit_event where {conditions}{part}", limit)).ToList();
        return parts.Count == 1
            ? parts[0]
            : Page($"({string.Join(" union ", parts.Select(part => $"select * from ({part}) part"))}) seen", limit);
    }

    public static AuditRow Row(DbDataReader reader) =>
        new()
        {
            Id = reader.GetInt64(0),
            At = Instant.FromMicroseconds(reader.GetInt64(1)),
            Kind = reader.GetString(2),
            Outcome = (AuditOutcome)reader.GetInt32(3),
            Reason = Text(reader, 4),
            ActorKind = (AuditActor)reader.GetInt32(5),
            ActorId = Text(reader, 6),
            OrganizationId = Text(reader, 7),
            TargetKind = Text(reader, 8),
            TargetId = Text(reader, 9),
            Source = Text(reader, 10),
            UserAgent = Text(reader, 11),
            ClientId = Text(reader, 12),
            Session = Text(reader, 13),
            RequestId = Text(reader, 14),
            Detail = Text(reader, 15),
            Count = reader.GetInt32(16),
        };

    private static string Page(string from, string limit) => $"select {s_columns} from {from} order by at desc, id desc limit {limit}";

    private static string Conditions(SqlQuery sql, AuditQuery query, string? sessionHash)
    {
        List<string> conditions = ["service_id || '' = @service"];
        if (query.From is { } from)
        {
            conditions.Add($"at >= {sql.Add(Instant.ToMicroseconds(from))}");
        }

        if (query.Until is { } until)
        {
            conditions.Add($"at < {sql.Add(Instant.ToMicroseconds(until))}");
        }

        if (query.After is { } after)
        {
            conditions.Add($"(at, id) < ({sql.Add(Instant.ToMicroseconds(after.At))}, {sql.Add(after.Id)})");
        }

        if (!query.Kinds.IsEmpty)
        {
            conditions.Add(sql.In("kind", query.Kinds));
        }

        if (query.Outcome is { } outcome)
        {
            conditions.Add($"outcome = {(int)outcome}");
        }

        (string Column, string? Value)[] equal =
        [
            ("actor_id", query.ActorId),
            ("target_kind", query.TargetKind),
            ("target_id", query.TargetId),
            ("organization_id", query.OrganizationId),
            ("session", sessionHash),
            ("client_id", query.ClientId),
            ("source", query.Source),
        ];
        conditions.AddRange(equal.Where(one => one.Value is not null).Select(one => $"{one.Column} = {sql.Add(one.Value!)}"));
        return string.Join(" and ", conditions);
    }

    private static IEnumerable<string> Parts(SqlQuery sql, AuditVisibility visibility)
    {
        if (visibility.Everything)
        {
            yield return "";
            yield break;
        }

        if (visibility is { UserId: null, Organizations.Count: 0 })
        {
            yield return " and false";
        }

        if (visibility.UserId is { } userId)
        {
            var self = sql.Add(userId);
            yield return $" and actor_id = {self}";
            yield return $" and target_id = {self} and target_kind = 'user'";
        }

        foreach (var organization in visibility.Organizations)
        {
            yield return $" and organization_id = {sql.Add(organization)}";
        }
    }

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
