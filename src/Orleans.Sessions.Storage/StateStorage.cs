using System.Buffers;
using System.Globalization;
using Orleans.Runtime;
using Orleans.Sessions.States;
using Orleans.Storage;

namespace Orleans.Sessions.Storage;

/// <summary>
/// Grain storage that writes a state in one transaction with its columns, its effects and its audit events (<see cref="IWrittenState"/>).
/// States without a table of their own are read by <paramref name="common"/>, Orleans' own provider.
/// </summary>
internal sealed class StateStorage(IGrainStorage common, Database database, string serviceId, IGrainStorageSerializer serializer)
    : IGrainStorage
{
    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdefABCDEF-");

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        NotedAsync(
            StateTables.Of(stateName) is { IsOwn: true } table
                ? ReadAsync(table, grainId, grainState)
                : common.ReadStateAsync(stateName, grainId, grainState)
        );

    /// <summary>Rows of tables of their own are purged when their time is over, and never cleared.</summary>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        StateTables.Of(stateName).IsOwn
            ? throw new NotSupportedException($"The state '{stateName}' cannot be cleared.")
            : NotedAsync(common.ClearStateAsync(stateName, grainId, grainState));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        NotedAsync(WriteAsync(StateTables.Of(stateName), grainId, grainState));

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

    private async Task ReadAsync<T>(StateTable table, GrainId grainId, IGrainState<T> grainState)
    {
        var rows = await new SqlQuery()
            .With("service", serviceId)
            .With("key", Readable(grainId))
            .ReadAsync(
                database,
                table.ReadText,
                row => (Payload: row.GetFieldValue<byte[]>(0), Version: row.GetInt32(1)),
                CancellationToken.None
            );
        if (rows is [var found])
        {
            grainState.State = serializer.Deserialize<T>(new BinaryData(found.Payload));
            grainState.ETag = found.Version.ToString(CultureInfo.InvariantCulture);
            grainState.RecordExists = true;
        }
    }

    private async Task WriteAsync<T>(StateTable table, GrainId grainId, IGrainState<T> grainState)
    {
        var key = Readable(grainId);
        int? known = grainState.ETag is { Length: > 0 } tag ? int.Parse(tag, CultureInfo.InvariantCulture) : null;
        var written = grainState as IWrittenState;
        var payload = serializer.Serialize(grainState.State).ToMemory();
        List<WriteStep> steps = [table.Write(serviceId, key, known, payload, written?.Projection?.Columns)];
        foreach (var effect in written?.Projection?.Effects ?? [])
        {
            steps.AddRange(EffectSteps.Of(effect, serviceId, key));
        }

        steps.AddRange(AuditRows.Steps(serviceId, written?.Events ?? []));
        if (!await database.Writes.WriteAsync(new StateKey(table, key), steps, written is { IsBackground: true }))
        {
            throw new InconsistentStateException($"Version conflict of {grainId}.", storedEtag: "", currentEtag: grainState.ETag ?? "");
        }

        grainState.ETag = ((known ?? 0) + 1).ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
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
}
