using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Sessions.States;
using Orleans.Sessions.Tests.Harness;

namespace Orleans.Sessions.Storage.Tests.Harness;

/// <summary>What every store has for one service: the directories, and a direct way to write states.</summary>
public abstract class ConformingService : IAsyncDisposable
{
    public abstract ISessionDirectory Sessions { get; }

    public abstract IUserDirectory Users { get; }

    public abstract IIdRangeStore IdRanges { get; }

    /// <summary>Writes a state. Returns its new version; <c>null</c> means a conflict.</summary>
    public abstract Task<int?> WriteAsync(string state, string key, string json, Projection? projection = null, int? version = null);

    public abstract Task<string?> ReadAsync(string state, string key);

    public abstract ValueTask DisposeAsync();

    /// <summary>Writes a session. <paramref name="more"/> has further properties (<see cref="StoredJson.Session"/>).</summary>
    public Task<int?> SessionAsync(string id, JsonObject more, int? version = null)
    {
        more["id"] = id;
        return WriteAsync(StateNames.Session, GrainKeys.Session(id), more.ToJsonString(), StoredJson.Session(id, more), version);
    }

    /// <summary>
    /// Writes a user with these properties (<see cref="StoredJson.User"/>), and with effects. The stored record has its metadata.
    /// </summary>
    public Task<int?> UserAsync(string id, JsonObject more, int? version = null, params ImmutableArray<StateEffect> effects)
    {
        var record = new JsonObject { ["id"] = id };
        if (more["metadata"] is { } metadata)
        {
            record["metadata"] = metadata.DeepClone();
        }

        var json = record.ToJsonString();
        return WriteAsync(StateNames.User, GrainKeys.User(id), json, new Projection(StoredJson.User(id, more), effects), version);
    }

    /// <summary>What storage says about a write.</summary>
    public static async Task<StorageFault> FaultAsync(Func<Task<int?>> write)
    {
        try
        {
            return await write() is null ? StorageFault.Conflict : StorageFault.None;
        }
        catch (MemoryStoreException exception)
        {
            return exception.Fault;
        }
        catch (Exception exception) when (new StorageFaults().Classify(exception) is var fault and not StorageFault.None)
        {
            return fault;
        }
    }

    /// <summary>The ids of the found sessions or users.</summary>
    public static string[] IdsOf(IEnumerable<ReadOnlyMemory<byte>> payloads) =>
        [.. payloads.Select(p => JsonDocument.Parse(p).RootElement.GetProperty("id").GetString()!)];
}
