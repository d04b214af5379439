using System.Buffers;
using System.Globalization;
using Orleans.Runtime;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Directory;
using Orleans.Storage;

namespace Orleans.Sessions.Storage;

/// <summary>
/// Grain storage that writes sessions through a <see cref="SessionWriteQueue"/>, if there is one, and writes audit events together with
/// every change. <paramref name="rows"/>, Orleans' own provider, does the reading. It stores the same rows in the same way.
/// </summary>
internal sealed class StateStorage(
    IGrainStorage rows,
    Database database,
    SessionWriteQueue? sessions,
    string serviceId,
    IGrainStorageSerializer serializer
) : IGrainStorage
{
    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdefABCDEF-");

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        NotedAsync(rows.ReadStateAsync(stateName, grainId, grainState));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        NotedAsync(rows.ClearStateAsync(stateName, grainId, grainState));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var audit = grainState is IAuditedState audited ? AuditJson.Write(audited.Events) : null;
        return NotedAsync(
            sessions is not null && stateName == StorageNames.SessionState
                ? WriteAsync(grainId, grainState, (key, known, payload) => sessions.WriteAsync(key, known, payload, audit))
                : WriteAsync(grainId, grainState, (key, known, payload) =>
                    database.WriteAsync(new StateWrite(serviceId, stateName, key, known, payload.ToArray()), audit)
                )
        );
    }

    private async Task NotedAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception exception)
        {
            database.Note(exception);
            throw;
        }
    }

    /// <summary>
    /// Refuses keys that Orleans' provider could not read. The provider parses a key of hex digits, up to a plus sign, as a number, and it
    /// fails at braces. A row that could not be read must not be written.
    /// </summary>
    private static string Readable(GrainId grainId)
    {
        var key = grainId.Key.ToString()!;
        var end = key.AsSpan().IndexOfAnyExcept(s_hex);
        return end >= 0 && key[end] != '+' && key.AsSpan().IndexOfAny('{', '}') < 0
            ? key
            : throw new ArgumentException($"'{key}' cannot be the key of a stored grain.", nameof(grainId));
    }

    private async Task WriteAsync<T>(GrainId grainId, IGrainState<T> grainState, Func<string, int?, ReadOnlyMemory<byte>, Task<int?>> write)
    {
        int? known = grainState.ETag is { Length: > 0 } tag ? int.Parse(tag, CultureInfo.InvariantCulture) : null;
        var version = await write(Readable(grainId), known, serializer.Serialize(grainState.State).ToMemory())
            ?? throw new InconsistentStateException($"Version conflict of {grainId}.", storedEtag: "", currentEtag: grainState.ETag ?? "");
        grainState.ETag = version.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
    }
}

/// <summary>A row to write over the version <paramref name="Known"/>; <c>null</c> if it is the first version.</summary>
internal sealed record StateWrite(string ServiceId, string Type, string Key, int? Known, byte[] Payload);
