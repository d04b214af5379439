using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Sessions.Storage;

/// <summary>Finds users in the columns of <c>user_state</c>.</summary>
internal sealed class UserDirectory(Database database, StorageOptions options, IOptions<ClusterOptions> cluster) : IUserDirectory
{
    private static readonly SearchText s_search = new("user_state", "u");
    private static readonly string s_pageText = SqlText.Of("Directory.SearchUsers");
    private static readonly string s_matchingText = SqlText.Of("Directory.MatchingUsers");
    private static readonly string s_findText = SqlText.Of("Directory.FindByLoginName");
    private static readonly string s_findIdentityText = SqlText.Of("Directory.FindByIdentity");
    private static readonly string s_findVerifiedText = SqlText.Of("Directory.FindByVerifiedEmail");
    private static readonly string s_withRolesText = SqlText.Of("Directory.SearchAdministrators");
    private static readonly string s_endingText = SqlText.Of("Directory.EndingSessions");
    private static readonly string s_ofOrganizationText = SqlText.Of("Directory.UsersOfOrganization");
    private static readonly string s_ofOwnersText = SqlText.Of("Directory.OrganizationsOfOwners");

    public async Task<string?> FindByLoginNameAsync(string loginNameKey, CancellationToken cancellationToken)
    {
        var ids = await Query().With("name", loginNameKey).ReadAsync(database, s_findText, r => r.GetString(0), cancellationToken);
        return ids.FirstOrDefault();
    }

    public async Task<string?> FindByIdentityAsync(string providerId, string externalId, CancellationToken cancellationToken)
    {
        var ids = await Query()
            .With("provider", providerId)
            .With("external", externalId)
            .ReadAsync(database, s_findIdentityText, r => r.GetString(0), cancellationToken);
        return ids.FirstOrDefault();
    }

    public async Task<IReadOnlyList<string>> FindByVerifiedEmailAsync(string emailKey, int limit, CancellationToken cancellationToken) =>
        await Query()
            .With("email", emailKey)
            .With("limit", limit)
            .ReadAsync(database, s_findVerifiedText, r => r.GetString(0), cancellationToken);

    public async Task<DirectoryPage<ReadOnlyMemory<byte>>> SearchAsync(
        UserQuery query,
        Visibility visibility,
        CancellationToken cancellationToken
    )
    {
        var sql = Search();
        var text = Page(query, visibility, sql);
        var rows = await sql.ReadAsync(database, text, r => (ReadOnlyMemory<byte>)r.GetFieldValue<byte[]>(0), cancellationToken);
        if (Totals.OfPage(rows.Count, query.Offset, query.Limit) is { } total)
        {
            return new(rows, total, IsTotalExact: true);
        }

        var counting = Search();
        var matching = Matching(query, visibility, counting);
        var estimated = WithMetadata(
            s_matchingText.Replace("{condition}", UserConditions.Of(query, visibility, counting), StringComparison.Ordinal)
        );
        var seen = query.Offset + rows.Count;
        var (found, isExact) = await Totals.FindAsync(database, matching, estimated, counting, seen, cancellationToken);
        return new(rows, found, isExact);
    }

    public Task<long> CountAsync(UserQuery query, Visibility visibility, CancellationToken cancellationToken)
    {
        var sql = Search();
        return Totals.CountAllAsync(database, Matching(query, visibility, sql), sql, cancellationToken);
    }

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> WithRolesAsync(
        IReadOnlyList<string>? userIds,
        string? afterId,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var sql = Search().With("after", afterId ?? "").With("limit", limit);
        var text = s_withRolesText.Replace(
            "{condition}",
            userIds is null ? "true" : sql.In("r.user_id", userIds),
            StringComparison.Ordinal
        );
        return await sql.ReadAsync(database, text, r => (ReadOnlyMemory<byte>)r.GetFieldValue<byte[]>(0), cancellationToken);
    }

    public async Task<IReadOnlyList<string>> EndingSessionsAsync(int limit, CancellationToken cancellationToken) =>
        await Query().With("limit", limit).ReadAsync(database, s_endingText, r => r.GetString(0), cancellationToken);

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> OfOrganizationAsync(
        string organizationId,
        DateTimeOffset? afterCreatedAt,
        string? afterId,
        int limit,
        CancellationToken cancellationToken
    ) =>
        await Query()
            .With("organization", organizationId)
            .With("created", afterCreatedAt is { } createdAt ? Instant.ToMicroseconds(createdAt) : long.MinValue)
            .With("user", afterId ?? "")
            .With("limit", limit)
            .ReadAsync(database, s_ofOrganizationText, r => (ReadOnlyMemory<byte>)r.GetFieldValue<byte[]>(0), cancellationToken);

    public async Task<IReadOnlyList<string>> OrganizationsOfOwnersAsync(int limit, CancellationToken cancellationToken) =>
        await Query().With("limit", limit).ReadAsync(database, s_ofOwnersText, r => r.GetString(0), cancellationToken);

    /// <summary>The statement of a page. Its parameters are added to <paramref name="sql"/>, which already has <c>@service</c>.</summary>
    internal string Page(UserQuery query, Visibility visibility, SqlQuery sql)
    {
        var direction = query.Ascending ? "asc" : "desc";
        var order = $"u.{Column(query.SortBy)} {direction} nulls {(query.Ascending ? "last" : "first")}, u.user_id {direction}";
        var parts = UserParts.Of(query, visibility, sql);
        return WithMetadata(
            s_pageText
                .Replace("{page}", s_search.Page(parts, order, query.Offset, query.Limit, sql), StringComparison.Ordinal)
                .Replace("{order}", order, StringComparison.Ordinal)
        );
    }

    /// <summary>A statement with one row for each match, of which parameters are added like those of <see cref="Page"/>.</summary>
    internal string Matching(UserQuery query, Visibility visibility, SqlQuery sql) =>
        WithMetadata(s_search.Matching(UserParts.Of(query, visibility, sql)));

    private string WithMetadata(string text) => text.Replace(MetadataConditions.Entries, database.MetadataOfUser, StringComparison.Ordinal);

    /// <summary>Names are sorted by their folded form, because people expect an order that ignores case.</summary>
    private static string Column(UserSortField field) =>
        field switch
        {
            UserSortField.Unspecified or UserSortField.CreationDate => "created_at",
            UserSortField.UserName => "user_name_key",
            UserSortField.GivenName => "given_name_key",
            UserSortField.FamilyName => "family_name_key",
            UserSortField.NickName => "nick_name_key",
            UserSortField.DisplayName => "display_name_key",
            UserSortField.Email => "email_key",
            UserSortField.State => "state",
            UserSortField.Kind => "kind",
            _ => throw new NotSupportedException($"Sorting by {field} is not supported."),
        };

    private SqlQuery Search() => Query().Within(options.SearchTimeout);

    private SqlQuery Query() => new SqlQuery().With("service", cluster.Value.ServiceId);
}
