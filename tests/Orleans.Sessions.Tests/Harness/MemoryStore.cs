using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Sessions.States;
using Orleans.Sessions.Storage;
using Orleans.Storage;

namespace Orleans.Sessions.Tests.Harness;

/// <summary>
/// The database as the grains see it, in memory: stored JSON, columns and effects, and the searches that tests of grains need. What it
/// does not support fails. Tests can make it fail, and can wait for writes. The suites of the databases also run over it, so it behaves
/// like them.
/// </summary>
public sealed partial class MemoryStore(IServiceProvider services) : IGrainStorage, IStorageFaults
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string State, string Key), Row> _rows = [];
    private readonly Dictionary<(string State, string Key), object> _written = [];
    private readonly List<(Func<MemoryStore, bool> Condition, TaskCompletionSource Met)> _waiting = [];
    private ImmutableDictionary<(string, string), string> _identities = ImmutableDictionary<(string, string), string>.Empty;
    private ImmutableHashSet<string> _owners = [];

    /// <summary>
    /// How many more writes succeed. The next write fails as in a database outage, and the writes after it succeed again.
    /// </summary>
    public int? WritesUntilFailure { get; set; }

    /// <summary>How many more writes succeed, but fail for their writers, as when the database dies before it can answer.</summary>
    public int AnswersToLose { get; set; }

    private IGrainStorageSerializer Serializer => services.GetRequiredKeyedService<IGrainStorageSerializer>(StateNames.Provider);

    public string? UserJson(string id) => Json(StateNames.User, GrainKeys.User(id));

    public string? SessionJson(string id) => Json(StateNames.Session, GrainKeys.Session(id));

    public string? Json(string state, string key)
    {
        lock (_lock)
        {
            return _rows.TryGetValue((state, key), out var row) ? Encoding.UTF8.GetString(row.Json) : null;
        }
    }

    /// <summary>The object that a grain wrote last, with what is not stored with it.</summary>
    public object? LastWritten(GrainId id)
    {
        lock (_lock)
        {
            return _written.GetValueOrDefault(KeyOf(id));
        }
    }

    /// <summary>How often a grain has written its record.</summary>
    public int WritesOf(GrainId id)
    {
        lock (_lock)
        {
            return _rows.TryGetValue(KeyOf(id), out var row) ? row.Version : 0;
        }
    }

    public T? Read<T>(GrainId id)
        where T : class
    {
        lock (_lock)
        {
            return _rows.TryGetValue(KeyOf(id), out var row) ? Serializer.Deserialize<T>(new BinaryData(row.Json)) : null;
        }
    }

    /// <summary>All records of a state.</summary>
    public IReadOnlyList<T> All<T>(string state)
    {
        lock (_lock)
        {
            return
            [
                .. _rows.Where(row => row.Key.State == state).Select(row => Serializer.Deserialize<T>(new BinaryData(row.Value.Json))!),
            ];
        }
    }

    /// <summary>Stores a record without its grain. The grain must not have read the record yet.</summary>
    public void Put<T>(GrainId id, T record)
        where T : class
    {
        lock (_lock)
        {
            var projection = services.GetService<Projector<T>>()?.Invoke(Read<T>(id), record);
            Apply(KeyOf(id).Key, projection);
            _rows[KeyOf(id)] = new(Serializer.Serialize(record).ToArray(), 1, projection?.Columns);
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
            if (_rows.TryGetValue((stateName, grainId.Key.ToString()!), out var row))
            {
                (grainState.State, grainState.ETag, grainState.RecordExists) = (
                    Serializer.Deserialize<T>(new BinaryData(row.Json))!,
                    row.Tag,
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
        var id = (State: stateName, Key: grainId.Key.ToString()!);
        var written = grainState as IWrittenState;
        lock (_lock)
        {
            if (WritesUntilFailure-- == 0)
            {
                WritesUntilFailure = null;
                throw new MemoryStoreException(StorageFault.Unavailable);
            }

            var known = _rows.GetValueOrDefault(id);
            if ((known?.Tag ?? "") != (grainState.ETag ?? ""))
            {
                throw new InconsistentStateException(
                    $"Version conflict of {grainId}.",
                    storedEtag: known?.Tag ?? "",
                    currentEtag: grainState.ETag ?? ""
                );
            }

            Apply(id.Key, written?.Projection);
            var row = new Row(json, (known?.Version ?? 0) + 1, written?.Projection?.Columns);
            _rows[id] = row;
            _written[id] = grainState.State!;
            _audit.AddRange(written?.Events ?? []);
            (grainState.ETag, grainState.RecordExists) = (row.Tag, true);
            foreach (var (_, met) in _waiting.Where(waiting => waiting.Condition(this)))
            {
                met.TrySetResult();
            }

            if (AnswersToLose > 0)
            {
                AnswersToLose--;
                throw new MemoryStoreException(StorageFault.Unavailable);
            }
        }
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();

    public StorageFault Classify(Exception exception) =>
        exception switch
        {
            InconsistentStateException => StorageFault.Conflict,
            MemoryStoreException refused => refused.Fault,
            StoreUnavailableException => StorageFault.Unavailable,
            _ => StorageFault.None,
        };

    /// <summary>
    /// Does what a write changes besides its row, or refuses the write and changes nothing. Messages and the logins of applications are
    /// not kept: tests read them in the record that was written.
    /// </summary>
    private void Apply(string key, Projection? projection)
    {
        if (projection?.Columns is UserColumns { LoginNameKey: { } name })
        {
            Refuse(
                RowsWith<UserColumns>().Any(other => other.Key != key && other.Columns.LoginNameKey == name),
                StorageFault.UniqueViolation
            );
        }

        var (identities, owners) = (_identities, _owners);
        foreach (var effect in projection?.Effects ?? [])
        {
            switch (effect)
            {
                case IdentityLinked link:
                    Refuse(identities.ContainsKey((link.ProviderId, link.ExternalId)), StorageFault.UniqueViolation);
                    identities = identities.Add((link.ProviderId, link.ExternalId), link.UserId);
                    break;
                case IdentityUnlinked link:
                    identities = identities.Remove((link.ProviderId, link.ExternalId));
                    break;
                case EmailClaimed { EmailKey: var email }:
                    Refuse(
                        RowsWith<UserColumns>().Any(other => other.Key != key && VerifiedEmail(other.Columns) == email),
                        StorageFault.UniqueViolation
                    );
                    break;
                case OwnerGained:
                    owners = owners.Add(key);
                    break;
                case OwnerLost:
                    owners = owners.Remove(key);
                    Refuse(owners.IsEmpty, StorageFault.LastOwner);
                    break;
            }
        }

        (_identities, _owners) = (identities, owners);
    }

    private static void Refuse(bool isRefused, StorageFault fault)
    {
        if (isRefused)
        {
            throw new MemoryStoreException(fault);
        }
    }

    /// <summary>The rows with columns of this kind: each kind of state has its own.</summary>
    private List<(string Key, byte[] Json, T Columns)> RowsWith<T>()
        where T : StateColumns
    {
        lock (_lock)
        {
            return [.. _rows.Where(row => row.Value.Columns is T).Select(row => (row.Key.Key, row.Value.Json, (T)row.Value.Columns!))];
        }
    }

    /// <summary>The key of the row of a grain whose type is the name of its state.</summary>
    private static (string State, string Key) KeyOf(GrainId id) => (id.Type.ToString()!, id.Key.ToString()!);

    private sealed record Row(byte[] Json, int Version, StateColumns? Columns)
    {
        public string Tag { get; } = Version.ToString(CultureInfo.InvariantCulture);
    }
}
