using System.Globalization;
using Orleans.Runtime;
using Orleans.Sessions.Directory;
using Orleans.Storage;

namespace Orleans.Sessions.Storage;

/// <summary>
/// Grain storage that writes sessions through <see cref="SessionWriteQueue"/>; everything else is left to
/// <paramref name="rows"/>, Orleans' own provider, and both keep the same rows in the same way.
/// </summary>
internal sealed class GroupedSessionStorage(IGrainStorage rows, SessionWriteQueue sessions, IGrainStorageSerializer serializer) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => rows.ReadStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => rows.ClearStateAsync(stateName, grainId, grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => stateName == StorageNames.SessionState
        ? WriteSessionAsync(grainId, grainState)
        : rows.WriteStateAsync(stateName, grainId, grainState);

    private async Task WriteSessionAsync<T>(GrainId grainId, IGrainState<T> grainState)
    {
        int? known = grainState.ETag is { Length: > 0 } tag ? int.Parse(tag, CultureInfo.InvariantCulture) : null;
        var version = await sessions.WriteAsync(grainId.Key.ToString()!, known, serializer.Serialize(grainState.State).ToMemory())
            ?? throw new InconsistentStateException($"Version conflict of {grainId}.", storedEtag: "", currentEtag: grainState.ETag ?? "");
        grainState.ETag = version.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
    }
}
