using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.State;
using Orleans.Sessions.States;
using Orleans.Sessions.Storage;
using Orleans.Sessions.Users;
using Orleans.Storage;

namespace Orleans.Sessions.Tests.Harness;

/// <summary>
/// The database as the grains see it, in memory. It stores JSON, and refuses outdated writes, taken login names and the end of the last
/// owner. It answers the searches of the directories. Tests can make it fail, and can wait for writes.
/// </summary>
public sealed class MemoryStore(IServiceProvider services)
    : IGrainStorage,
        IUserDirectory,
        ISessionDirectory,
        IIntentDirectory,
        IStorageFaults,
        IAuditStore,
        IIdRangeStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<GrainId, (byte[] Json, int Version)> _rows = [];
    private readonly Dictionary<GrainId, object> _written = [];
    private readonly List<(Func<MemoryStore, bool> Condition, TaskCompletionSource Met)> _waiting = [];

    /// <summary>While set, every search for sessions fails.</summary>
    public bool SessionsAreAway { get; set; }

    /// <summary>While set, searches for users estimate their totals, as PostgreSQL does with many users.</summary>
    public bool EstimatesTotals { get; set; }

    /// <summary>Happens before each page of the people of an organization is read, given its id.</summary>
    public Func<string, Task>? WhilePeopleAreRead { get; set; }

    /// <summary>The number of searches for the sessions of a user.</summary>
    public int LookupsOfUsers { get; private set; }

    /// <summary>
    /// How many more writes succeed. The next write fails as in a database outage, and the writes after it succeed again.
    /// </summary>
    public int? WritesUntilFailure { get; set; }

    /// <summary>How many more writes succeed, but fail for their writers, as when the database dies before it can answer.</summary>
    public int AnswersToLose { get; set; }

    private readonly List<AuditRow> _audit = [];
    private Func<Task>? _whileAddressIsLookedUp;
    private Func<Task>? _whileUserIsLookedUp;
    private long _idsUntil;

    /// <summary>The audit trail, oldest first.</summary>
    public List<AuditRow> Audit
    {
        get
        {
            lock (_lock)
            {
                return [.. _audit];
            }
        }
    }

    private StateSerializer Serializer => services.GetRequiredService<StateSerializer>();

    /// <summary>A stored user, with the messages of its last write.</summary>
    internal UserRecord? User(string id)
    {
        var grain = GrainId.Create("user", GrainKeys.User(id));
        return Read<UserRecord>(grain) is { } user ? user with { Outbox = (LastWritten(grain) as UserRecord)?.Outbox } : null;
    }

    internal IReadOnlyList<UserRecord> Users() => All<UserRecord>("user");

    /// <summary>A stored session, with the messages and events of its last write.</summary>
    internal SessionRecord? Session(string id)
    {
        var grain = GrainId.Create("session", GrainKeys.Session(id));
        var written = LastWritten(grain) as SessionRecord;
        return Read<SessionRecord>(grain) is { } session ? session with { Outbox = written?.Outbox, Events = written?.Events } : null;
    }

    public string? UserJson(string id) => Json(GrainId.Create("user", GrainKeys.User(id)));

    public string? SessionJson(string id) => Json(GrainId.Create("session", GrainKeys.Session(id)));

    private object? LastWritten(GrainId id)
    {
        lock (_lock)
        {
            return _written.GetValueOrDefault(id);
        }
    }

    private string? Json(GrainId id)
    {
        lock (_lock)
        {
            return _rows.TryGetValue(id, out var row) ? System.Text.Encoding.UTF8.GetString(row.Json) : null;
        }
    }

    /// <summary>Stores a user without its grain. The grain must not have read the user yet.</summary>
    internal void Put(UserRecord user) => Put(GrainId.Create("user", GrainKeys.User(user.Id)), user);

    /// <summary>Stores a record without its grain. The grain must not have read the record yet.</summary>
    internal void Put<T>(GrainId id, T record)
    {
        lock (_lock)
        {
            _rows[id] = (Serializer.Serialize(record).ToArray(), 1);
        }
    }

    /// <summary>Completes as soon as a write has made the condition true.</summary>
    public Task WaitForAsync(Func<MemoryStore, bool> condition)
    {
        lock (_lock)
        {
            if (condition(this))
            {
                return Task.CompletedTask;
            }

            var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((condition, met));
            return met.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_lock)
        {
            if (_rows.TryGetValue(grainId, out var row))
            {
                (grainState.State, grainState.ETag, grainState.RecordExists) = (
                    Serializer.Deserialize<T>(row.Json),
                    $"{row.Version}",
                    true
                );
            }
        }

        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Yield();
        var json = Serializer.Serialize(grainState.State).ToArray();
        lock (_lock)
        {
            if (WritesUntilFailure-- == 0)
            {
                WritesUntilFailure = null;
                throw new TimeoutException();
            }

            var known = _rows.TryGetValue(grainId, out var row) ? $"{row.Version}" : null;
            if (known != grainState.ETag)
            {
                throw new RowChangedException();
            }

            if (
                grainState.State is UserRecord { LoginNameKey: { } name } named
                && All<UserRecord>("user").Any(other => other.Id != named.Id && other.LoginNameKey == name)
            )
            {
                throw new NameTakenException();
            }

            if (
                grainState.State is UserRecord { Links: { } links } user
                && All<UserRecord>("user")
                    .Any(other => other.Id != user.Id && links.Any(link => IsLinked(other, link.ProviderId, link.ExternalId)))
            )
            {
                throw new NameTakenException();
            }

            if (
                grainState.State is UserRecord { HasUniqueEmail: true, Email: { } email } claiming
                && All<UserRecord>("user").Any(other => other.Id != claiming.Id && IsVerified(other, TextKey.Of(email.Address)))
                && !IsVerified(User(claiming.Id), TextKey.Of(email.Address))
            )
            {
                throw new NameTakenException();
            }

            if (
                grainState.State is UserRecord next
                && known is not null
                && !UserProjection.IsOwner(next)
                && UserProjection.IsOwner(Serializer.Deserialize<UserRecord>(row.Json))
                && !All<UserRecord>("user").Any(other => other.Id != next.Id && UserProjection.IsOwner(other))
            )
            {
                throw new LastOwnerGoneException();
            }

            _rows[grainId] = (json, row.Version + 1);
            _written[grainId] = grainState.State!;
            _audit.AddRange((grainState as IWrittenState)?.Events ?? []);
            (grainState.ETag, grainState.RecordExists) = ($"{row.Version + 1}", true);
            foreach (var (_, met) in _waiting.Where(waiting => waiting.Condition(this)))
            {
                met.TrySetResult();
            }

            if (AnswersToLose > 0)
            {
                AnswersToLose--;
                throw new TimeoutException();
            }
        }
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();

    public StorageFault Classify(Exception exception) =>
        exception switch
        {
            RowChangedException => StorageFault.Conflict,
            NameTakenException => StorageFault.UniqueViolation,
            LastOwnerGoneException => StorageFault.LastOwner,
            TimeoutException => StorageFault.Unavailable,
            _ => StorageFault.Other,
        };

    public Task<string?> FindByLoginNameAsync(string loginNameKey, CancellationToken cancellationToken) =>
        Task.FromResult(All<UserRecord>("user").FirstOrDefault(user => user.LoginNameKey == loginNameKey)?.Id);

    public Task<string?> FindByIdentityAsync(string providerId, string externalId, CancellationToken cancellationToken) =>
        Task.FromResult(All<UserRecord>("user").FirstOrDefault(user => IsLinked(user, providerId, externalId))?.Id);

    public async Task<IReadOnlyList<string>> FindByVerifiedEmailAsync(string emailKey, int limit, CancellationToken cancellationToken)
    {
        var meanwhile = Interlocked.Exchange(ref _whileAddressIsLookedUp, null);
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        return [.. All<UserRecord>("user").Where(user => IsVerified(user, emailKey)).Select(user => user.Id).Take(limit)];
    }

    /// <summary>Sets what happens during the next search for users who have verified an e-mail address.</summary>
    public void MeanwhileAddressIsLookedUp(Func<Task> happens) => _whileAddressIsLookedUp = happens;

    /// <summary>Supports the two filters that the tests use.</summary>
    public Task<DirectoryPage<ReadOnlyMemory<byte>>> SearchAsync(
        UserQuery query,
        Visibility visibility,
        CancellationToken cancellationToken
    )
    {
        var found = Found(query, visibility).OrderBy(user => user.CreatedAt).ThenBy(user => user.Id).ToList();
        var page = found
            .Skip((int)query.Offset)
            .Take(query.Limit)
            .Select(user => (ReadOnlyMemory<byte>)Serializer.Serialize(user).ToArray());
        return Task.FromResult(
            new DirectoryPage<ReadOnlyMemory<byte>>([.. page], EstimatesTotals ? 20_000 : found.Count, !EstimatesTotals)
        );
    }

    public Task<long> CountAsync(UserQuery query, Visibility visibility, CancellationToken cancellationToken) =>
        Task.FromResult((long)Found(query, visibility).Count());

    private IEnumerable<UserRecord> Found(UserQuery query, Visibility visibility) =>
        All<UserRecord>("user")
            .Where(user => user.State != UserState.Deleted)
            .Where(user =>
                visibility.Everything || user.Id == visibility.CallerId || visibility.Organizations.Contains(user.OrganizationId)
            )
            .Where(user =>
                query.Filters.All(filter =>
                    filter switch
                    {
                        UserFilter.Ids ids => ids.Values.Contains(user.Id),
                        UserFilter.Organization organization => user.OrganizationId == organization.OrganizationId,
                        _ => throw new NotSupportedException(),
                    }
                )
            );

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
            .. All<UserRecord>("user")
                .Where(user => user.State != UserState.Deleted && user.OrganizationId == organizationId)
                .OrderBy(user => user.CreatedAt)
                .ThenBy(user => user.Id, StringComparer.Ordinal)
                .Where(user =>
                    afterCreatedAt is not { } at
                    || user.CreatedAt > at
                    || (user.CreatedAt == at && string.CompareOrdinal(user.Id, afterId) > 0)
                )
                .Take(limit)
                .Select(user => (ReadOnlyMemory<byte>)Serializer.Serialize(user).ToArray()),
        ];
    }

    public Task<IReadOnlyList<string>> OrganizationsOfOwnersAsync(int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([
            .. All<UserRecord>("user").Where(UserProjection.IsOwner).Select(user => user.OrganizationId).Distinct().Take(limit),
        ]);

    public Task<IReadOnlyList<string>> EndingSessionsAsync(int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([
            .. All<UserRecord>("user").Where(user => user.EndingSessions is not null).Select(user => user.Id),
        ]);

    public async Task<IReadOnlyList<SessionRow>> OfUserAsync(string userId, int limit, CancellationToken cancellationToken)
    {
        LookupsOfUsers++;
        if (SessionsAreAway)
        {
            throw new StoreUnavailableException("away", new TimeoutException());
        }

        var found = LiveOf(userId).Take(limit).ToList();
        var meanwhile = Interlocked.Exchange(ref _whileUserIsLookedUp, null);
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        return found;
    }

    /// <summary>Sets what happens between the next search for the sessions of a user and its answer.</summary>
    public void MeanwhileUserIsLookedUp(Func<Task> happens) => _whileUserIsLookedUp = happens;

    /// <summary>Supports the one filter that the tests use.</summary>
    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> WithRolesAsync(
        IReadOnlyList<string>? userIds,
        int limit,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<IReadOnlyList<ReadOnlyMemory<byte>>>([
            .. All<UserRecord>("user")
                .Where(user => user.State != UserState.Deleted && user.Roles is not null && userIds?.Contains(user.Id) != false)
                .OrderBy(user => user.Id, StringComparer.Ordinal)
                .Take(limit)
                .Select(user => Serializer.Serialize(user).ToMemory()),
        ]);

    public Task<DirectoryPage<SessionRow>> SearchAsync(SessionQuery query, Visibility visibility, CancellationToken cancellationToken)
    {
        var found = LiveOf(Assert.IsType<SessionFilter.User>(Assert.Single(query.Filters)).UserId).ToList();
        return Task.FromResult(new DirectoryPage<SessionRow>([.. found.Skip((int)query.Offset).Take(query.Limit)], found.Count, true));
    }

    public Task<long> CountAsync(SessionQuery query, Visibility visibility, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private IEnumerable<SessionRow> LiveOf(string userId) =>
        All<SessionRecord>("session")
            .Where(session => session.UserId == userId && session.EndedAt is null)
            .Select(session => new SessionRow(Serializer.Serialize(session).ToMemory(), null, null, null));

    public Task<IReadOnlyList<string>> ExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<string>> StrayAsync(int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int> PurgeAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int> PurgeEventsAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    Task<int> IIntentDirectory.PurgeAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task AppendAsync(IReadOnlyList<AuditRow> events, CancellationToken cancellationToken) => CountAsync(events, cancellationToken);

    public Task CountAsync(IReadOnlyList<AuditRow> events, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _audit.AddRange(events);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AuditRow>> SearchAsync(
        AuditQuery query,
        string? sessionHash,
        AuditVisibility visibility,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    Task<int> IAuditStore.PurgeAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private static bool IsVerified(UserRecord? user, string emailKey) =>
        user is { Email: { IsVerified: true } email } && TextKey.Of(email.Address) == emailKey;

    private static bool IsLinked(UserRecord user, string providerId, string externalId) =>
        user.Links?.Any(link => link.ProviderId == providerId && link.ExternalId == externalId) == true;

    /// <summary>One slot is enough for one process.</summary>
    public Task<IdRange> ReserveAsync(long now, int length, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var from = Math.Max(_idsUntil, now);
            _idsUntil = from + length;
            return Task.FromResult(new IdRange(0, from, _idsUntil));
        }
    }

    public T? Read<T>(GrainId id)
        where T : class
    {
        lock (_lock)
        {
            return _rows.TryGetValue(id, out var row) ? Serializer.Deserialize<T>(row.Json) : null;
        }
    }

    private List<T> All<T>(string grainType)
    {
        lock (_lock)
        {
            return [.. _rows.Where(row => row.Key.Type.ToString() == grainType).Select(row => Serializer.Deserialize<T>(row.Value.Json))];
        }
    }

    private sealed class RowChangedException : Exception;

    private sealed class NameTakenException : Exception;

    private sealed class LastOwnerGoneException : Exception;
}
