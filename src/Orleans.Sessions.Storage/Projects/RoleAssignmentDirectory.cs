using System.Data.Common;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Sessions.Projects;

namespace Orleans.Sessions.Storage;

/// <summary>The table <c>role_assignment</c>.</summary>
internal sealed class RoleAssignmentDirectory(Database database, IOptions<ClusterOptions> cluster, StorageOptions options)
    : IRoleAssignmentDirectory
{
    private static readonly string s_findText = SqlText.Of("Directory.FindRoleAssignment");
    private static readonly SearchText s_search = new("role_assignment", "a");
    private static readonly string s_pageText = SqlText.Of("Directory.SearchRoleAssignments");
    private static readonly string s_matchingText = SqlText.Of("Directory.MatchingRoleAssignments");
    private static readonly string s_dropProjectText = SqlText.Of("Directory.DropProjectAssignments");
    private static readonly string s_keysWithRoleText = SqlText.Of("Directory.AssignedKeysWithRole");
    private static readonly string s_dropRoleText = SqlText.Of("Directory.DropAssignedRole");

    public async Task<string?> FindUserAsync(string id, CancellationToken cancellationToken)
    {
        var keys = await Query().With("id", id).ReadAsync(database, s_findText, row => row.GetString(0), cancellationToken);
        return keys is [var key] ? GrainKeys.Id(key) : null;
    }

    public async Task<DirectoryPage<RoleAssignmentRow>> SearchAsync(
        RoleAssignmentQuery query,
        Visibility visibility,
        CancellationToken cancellationToken
    )
    {
        var sql = Search();
        var direction = query.Ascending ? "asc" : "desc";
        var order = $"{Column(query.SortBy)} {direction}, a.id {direction}";
        var parts = RoleAssignmentConditions.Parts(query, visibility, sql);
        var text = s_pageText
            .Replace("{page}", s_search.Page(parts, order, query.Offset, query.Limit, sql), StringComparison.Ordinal)
            .Replace("{order}", order, StringComparison.Ordinal);
        var rows = await sql.ReadAsync(database, text, Read, cancellationToken);
        if (Totals.OfPage(rows.Count, query.Offset, query.Limit) is { } total)
        {
            return new(rows, total, IsTotalExact: true);
        }

        var counting = Search();
        var matching = Matching(query, visibility, counting);
        var estimated = s_matchingText.Replace(
            "{condition}",
            RoleAssignmentConditions.Of(query, visibility, counting),
            StringComparison.Ordinal
        );
        var seen = query.Offset + rows.Count;
        var (found, isExact) = await Totals.FindAsync(database, matching, estimated, counting, seen, cancellationToken);
        return new(rows, found, isExact);
    }

    public Task<long> CountAsync(RoleAssignmentQuery query, Visibility visibility, CancellationToken cancellationToken)
    {
        var sql = Search();
        return Totals.CountAllAsync(database, Matching(query, visibility, sql), sql, cancellationToken);
    }

    public Task<int> DropProjectAsync(
        string projectId,
        DateTimeOffset projectCreatedAt,
        string? organizationId,
        DateTimeOffset until,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var sql = Drop(projectId, until, limit).With("created", Instant.ToMicroseconds(projectCreatedAt));
        return sql.ExecuteAsync(database, For(s_dropProjectText, organizationId, sql), cancellationToken);
    }

    /// <summary>
    /// The database cannot take a key out of the folded keys, because other keys may fold to the same text. So the rows are rewritten by
    /// the keys that they have, all those with the same keys at once.
    /// </summary>
    public async Task<int> DropRoleAsync(
        string projectId,
        string? organizationId,
        string roleKey,
        DateTimeOffset until,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var dropped = 0;
        while (dropped < limit && await FindKeysAsync(projectId, organizationId, roleKey, until, cancellationToken) is [var keys])
        {
            var left = RoleKeys.Of(RoleKeys.Read(keys).Remove(roleKey));
            var sql = Drop(projectId, until, limit - dropped).With("keys", keys).With("left", left).With("folded", TextKey.Of(left));
            dropped += await sql.ExecuteAsync(database, For(s_dropRoleText, organizationId, sql), cancellationToken);
        }

        return dropped;
    }

    /// <summary>The keys of one authorization with a role; empty if there is none.</summary>
    private Task<List<string>> FindKeysAsync(
        string projectId,
        string? organizationId,
        string roleKey,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        var sql = Drop(projectId, until, limit: 1).With("pattern", $"%{LikePattern.Escaped(RoleKeys.Of([roleKey]))}%");
        return sql.ReadAsync(database, For(s_keysWithRoleText, organizationId, sql), row => row.GetString(0), cancellationToken);
    }

    private static string Matching(RoleAssignmentQuery query, Visibility visibility, SqlQuery sql) =>
        s_search.Matching(RoleAssignmentConditions.Parts(query, visibility, sql));

    private static string For(string text, string? organizationId, SqlQuery sql) =>
        text.Replace(
            "{condition}",
            organizationId is null ? "true" : $"a.organization_id = {sql.Add(organizationId)}",
            StringComparison.Ordinal
        );

    private static RoleAssignmentRow Read(DbDataReader row) =>
        new()
        {
            Id = row.GetString(0),
            UserId = GrainKeys.Id(row.GetString(1)),
            ProjectId = row.GetString(2),
            OrganizationId = row.GetString(3),
            RoleKeys = RoleKeys.Read(row.GetString(4)),
            IsInactive = row.GetBoolean(5),
            CreatedAt = Instant.FromMicroseconds(row.GetInt64(6)),
            ChangedAt = Instant.FromMicroseconds(row.GetInt64(7)),
            LoginName = Text(row, 8),
            DisplayName = Text(row, 9),
            UserOrganizationId = Text(row, 10),
        };

    private static string Text(DbDataReader row, int column) => row.IsDBNull(column) ? "" : row.GetString(column);

    private static string Column(RoleAssignmentField field) =>
        field switch
        {
            RoleAssignmentField.Unspecified or RoleAssignmentField.CreationDate => "a.created_at",
            RoleAssignmentField.ChangeDate => "a.changed_at",
            RoleAssignmentField.Id => "a.id",
            RoleAssignmentField.UserId => "a.user_key",
            RoleAssignmentField.ProjectId => "a.project_id",
            RoleAssignmentField.OrganizationId => "a.organization_id",
            RoleAssignmentField.UserOrganizationId => RoleAssignmentConditions.OfUser("organization_id"),
            _ => throw new NotSupportedException($"Sorting by {field} is not supported."),
        };

    private SqlQuery Drop(string projectId, DateTimeOffset until, int limit) =>
        Query().With("project", projectId).With("until", Instant.ToMicroseconds(until)).With("limit", limit);

    private SqlQuery Search() => Query().Within(options.SearchTimeout);

    private SqlQuery Query() => new SqlQuery().With("service", cluster.Value.ServiceId);
}
