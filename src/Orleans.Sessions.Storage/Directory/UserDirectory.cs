using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Sessions.Directory;

namespace Orleans.Sessions.Storage;

/// <summary>Finds users in the columns of <c>user_state</c>.</summary>
internal sealed class UserDirectory(Database database, StorageOptions options, IOptions<ClusterOptions> cluster) : IUserDirectory
{
    private static readonly string s_searchText = SqlText.Of("Directory.SearchUsers");
    private static readonly string s_matchingText = SqlText.Of("Directory.MatchingUsers");
    private static readonly string s_findText = SqlText.Of("Directory.FindByLoginName");
    private static readonly string s_findIdentityText = SqlText.Of("Directory.FindByIdentity");
    private static readonly string s_findVerifiedText = SqlText.Of("Directory.FindByVerifiedEmail");
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
        var sql = Search().With("limit", query.Limit).With("offset", query.Offset);
        var text = s_searchText
            .Replace("{condition}", UserConditions.Of(query, visibility, sql), StringComparison.Ordinal)
            .Replace("{sort}", Column(query.SortBy), StringComparison.Ordinal)
            .Replace("{direction}", query.Ascending ? "asc" : "desc", StringComparison.Ordinal)
            .Replace("{nulls}", query.Ascending ? "last" : "first", StringComparison.Ordinal);
        var rows = await sql.ReadAsync(database, text, r => (ReadOnlyMemory<byte>)r.GetFieldValue<byte[]>(0), cancellationToken);
        if (Totals.OfPage(rows.Count, query.Offset, query.Limit) is { } total)
        {
            return new(rows, total);
        }

        var counting = Search();
        var matching = s_matchingText.Replace("{condition}", UserConditions.Of(query, visibility, counting), StringComparison.Ordinal);
        return new(rows, await Totals.CountAsync(database, matching, counting, query.Offset + rows.Count, cancellationToken));
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
