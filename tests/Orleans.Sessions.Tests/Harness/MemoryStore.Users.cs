using System.Text.Json;
using Orleans.Sessions.States;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Tests.Harness;

public sealed partial class MemoryStore : IUserDirectory
{
    private Func<Task>? _whileAddressIsLookedUp;

    /// <summary>While set, searches for users estimate their totals, as PostgreSQL does with many users.</summary>
    public bool EstimatesTotals { get; set; }

    /// <summary>Happens before each page of the people of an organization is read, given its id.</summary>
    public Func<string, Task>? WhilePeopleAreRead { get; set; }

    /// <summary>Sets what happens during the next search for users who have verified an e-mail address.</summary>
    public void MeanwhileAddressIsLookedUp(Func<Task> happens) => _whileAddressIsLookedUp = happens;

    public Task<string?> FindByLoginNameAsync(string loginNameKey, CancellationToken cancellationToken) =>
        Task.FromResult(
            RowsWith<UserColumns>()
                .Where(user => user.Columns.LoginNameKey == loginNameKey)
                .Select(user => user.Columns.UserId)
                .FirstOrDefault()
        );

    public Task<string?> FindByIdentityAsync(string providerId, string externalId, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_identities.TryGetValue((providerId, externalId), out var userId) ? userId : null);
        }
    }

    public async Task<IReadOnlyList<string>> FindByVerifiedEmailAsync(string emailKey, int limit, CancellationToken cancellationToken)
    {
        var meanwhile = Interlocked.Exchange(ref _whileAddressIsLookedUp, null);
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        return
        [
            .. RowsWith<UserColumns>()
                .Where(user => VerifiedEmail(user.Columns) == emailKey)
                .OrderBy(user => user.Key, StringComparer.Ordinal)
                .Select(user => user.Columns.UserId)
                .Take(limit),
        ];
    }

    /// <summary>Supports the filters and the order that tests of grains use.</summary>
    public Task<DirectoryPage<ReadOnlyMemory<byte>>> SearchAsync(
        UserQuery query,
        Visibility visibility,
        CancellationToken cancellationToken
    )
    {
        if (query.SortBy is not (UserSortField.Unspecified or UserSortField.CreationDate))
        {
            throw new NotSupportedException($"Sorting by {query.SortBy} is not supported.");
        }

        var found = ByAge(Found(query, visibility));
        if (!query.Ascending)
        {
            found.Reverse();
        }

        var page = found.Skip((int)query.Offset).Take(query.Limit).Select(user => (ReadOnlyMemory<byte>)user.Json);
        return Task.FromResult(
            new DirectoryPage<ReadOnlyMemory<byte>>([.. page], EstimatesTotals ? 20_000 : found.Count, !EstimatesTotals)
        );
    }

    public Task<long> CountAsync(UserQuery query, Visibility visibility, CancellationToken cancellationToken) =>
        Task.FromResult((long)Found(query, visibility).Count());

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> OfOrganizationAsync(
        string organizationId,
        DateTimeOffset? afterCreatedAt,
        string? afterId,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await (WhilePeopleAreRead?.Invoke(organizationId) ?? Task.CompletedTask);
        return
        [
            .. ByAge(NotDeleted().Where(user => user.Columns.OrganizationId == organizationId))
                .Where(user =>
                    afterCreatedAt is not { } at
                    || user.Columns.CreatedAt > at
                    || (user.Columns.CreatedAt == at && string.CompareOrdinal(user.Columns.UserId, afterId) > 0)
                )
                .Take(limit)
                .Select(user => (ReadOnlyMemory<byte>)user.Json),
        ];
    }

    public Task<IReadOnlyList<string>> OrganizationsOfOwnersAsync(int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<string>>([
                .. RowsWith<UserColumns>()
                    .Where(user => _owners.Contains(user.Key))
                    .Select(user => user.Columns.OrganizationId)
                    .Distinct()
                    .Take(limit),
            ]);
        }
    }

    public Task<IReadOnlyList<string>> EndingSessionsAsync(int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([
            .. RowsWith<UserColumns>()
                .Where(user => user.Columns.EndingSessions)
                .Select(user => user.Columns.UserId)
                .Order(StringComparer.Ordinal)
                .Take(limit),
        ]);

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> WithRolesAsync(
        IReadOnlyList<string>? userIds,
        string? afterId,
        int limit,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<IReadOnlyList<ReadOnlyMemory<byte>>>([
            .. NotDeleted()
                .Where(user => userIds?.Contains(user.Columns.UserId) != false && HasRoles(user.Json))
                .Where(user => string.CompareOrdinal(user.Columns.UserId, afterId) > 0)
                .OrderBy(user => user.Columns.UserId, StringComparer.Ordinal)
                .Take(limit)
                .Select(user => (ReadOnlyMemory<byte>)user.Json),
        ]);

    private IEnumerable<(string Key, byte[] Json, UserColumns Columns)> Found(UserQuery query, Visibility visibility) =>
        NotDeleted()
            .Where(user =>
                visibility.Everything
                || user.Columns.UserId == visibility.CallerId
                || visibility.Organizations.Contains(user.Columns.OrganizationId)
            )
            .Where(user => query.Filters.All(filter => Matches(filter, user.Columns)));

    private static bool Matches(UserFilter filter, UserColumns user) =>
        filter switch
        {
            UserFilter.Ids ids => ids.Values.Contains(user.UserId),
            UserFilter.Organization organization => user.OrganizationId == organization.OrganizationId,
            _ => throw new NotSupportedException($"Filter {filter.GetType().Name} is not supported."),
        };

    private IEnumerable<(string Key, byte[] Json, UserColumns Columns)> NotDeleted() =>
        RowsWith<UserColumns>().Where(user => user.Columns.State != UserState.Deleted);

    private static List<(string Key, byte[] Json, UserColumns Columns)> ByAge(
        IEnumerable<(string Key, byte[] Json, UserColumns Columns)> users
    ) => [.. users.OrderBy(user => user.Columns.CreatedAt).ThenBy(user => user.Columns.UserId, StringComparer.Ordinal)];

    /// <summary>The databases keep this list by the JSON, too.</summary>
    private static bool HasRoles(byte[] json)
    {
        using var record = JsonDocument.Parse(json);
        return record.RootElement.TryGetProperty("roles", out var roles) && roles.ValueKind != JsonValueKind.Null;
    }

    /// <summary>The key of the address that the user has verified; <c>null</c> if there is none.</summary>
    private static string? VerifiedEmail(UserColumns user) =>
        user is { IsEmailVerified: true, Email: { } email } ? TextKey.Of(email) : null;
}
