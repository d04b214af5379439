using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Directory;

namespace Orleans.Sessions.Storage;

/// <summary>Writes rows of the audit trail as one JSON array. In this form both databases take many rows with one parameter.</summary>
internal static class AuditJson
{
    /// <summary>The array of the rows.</summary>
    public static string Write(IReadOnlyList<AuditRow> rows) =>
        JsonSerializer.Serialize(
            rows.Select(row => StoredAuditRow.Of(row, bucket: null)).ToArray(),
            AuditJsonContext.Default.StoredAuditRowArray
        );

    /// <summary>The array of counted rows.</summary>
    public static string WriteCounted(IReadOnlyList<AuditRow> rows) =>
        JsonSerializer.Serialize(
            rows.Select(row => StoredAuditRow.Of(row, Bucket(row))).ToArray(),
            AuditJsonContext.Default.StoredAuditRowArray
        );

    /// <summary>The name of the row that counts these events: a hash of the values that the events have in common.</summary>
    private static string Bucket(AuditRow row) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    JsonSerializer.Serialize(
                        StoredAuditRow.Of(
                            row with
                            {
                                Count = 0,
                                UserAgent = null,
                                RequestId = null,
                                Detail = null,
                                Session = null,
                            },
                            bucket: null
                        ),
                        AuditJsonContext.Default.StoredAuditRow
                    )
                )
            )
        )[..32];
}

/// <summary>The columns of a row.</summary>
internal sealed record StoredAuditRow(
    long At,
    string Kind,
    int Outcome,
    string? Reason,
    int ActorKind,
    string? ActorId,
    string? OrganizationId,
    string? TargetKind,
    string? TargetId,
    string? Source,
    string? UserAgent,
    string? ClientId,
    string? Session,
    string? RequestId,
    string? Detail,
    int Count,
    string? Bucket
)
{
    public static StoredAuditRow Of(AuditRow row, string? bucket) =>
        new(
            Instant.ToMicroseconds(row.At),
            row.Kind,
            (int)row.Outcome,
            row.Reason,
            (int)row.ActorKind,
            row.ActorId,
            row.OrganizationId,
            row.TargetKind,
            row.TargetId,
            row.Source,
            row.UserAgent,
            row.ClientId,
            row.Session,
            row.RequestId,
            row.Detail,
            row.Count,
            bucket
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(StoredAuditRow[]))]
internal sealed partial class AuditJsonContext : JsonSerializerContext;
