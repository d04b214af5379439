using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;
using Orleans.Sessions.Directory;

namespace Orleans.Sessions.Storage;

/// <summary>
/// Group commit for PostgreSQL: sessions that are written at the same time share one statement and one commit. No write waits to form a
/// group. While fewer than <see cref="MaxStatements"/> statements are running, a write is sent at once. Otherwise it goes with the next
/// statement that starts. So the groups grow with the load, and without load there are no groups. A write is done when its commit is done.
/// </summary>
internal sealed class SessionWriteQueue(PostgreSqlDatabase database, string serviceId, IStorageFaults faults)
{
    /// <summary>More statements at the same time would only make the groups smaller.</summary>
    private const int MaxStatements = 3;

    /// <summary>The maximum number of sessions in one statement.</summary>
    private const int MaxGroup = 64;

    /// <summary>The maximum time that a write waits for its turn, in milliseconds. After that, its caller has given up.</summary>
    private const int MaxWait = 5000;

    private static readonly string s_sql = SqlText.Of("PostgreSql.WriteSessions");
    private static readonly string s_sqlWithAudit = SqlText.Of("PostgreSql.WriteSessionsWithAudit");

    private readonly Lock _lock = new();
    private readonly List<Write> _waiting = [];
    private int _statements;

    /// <summary>
    /// Writes a session over the version <paramref name="known"/> (<c>null</c> if it is the first version), together with its audit events,
    /// if any. Returns the new version; <c>null</c> means a conflict.
    /// </summary>
    public Task<int?> WriteAsync(string key, int? known, ReadOnlyMemory<byte> payload, string? audit = null)
    {
        var write = new Write(key, known, payload, audit);
        lock (_lock)
        {
            _waiting.Add(write);
            if (_statements == MaxStatements)
            {
                return write.Done.Task;
            }

            _statements++;
        }

        _ = DrainAsync();
        return write.Done.Task;
    }

    private async Task DrainAsync()
    {
        while (TakeGroup() is { } group)
        {
            foreach (var late in group.Where(write => Environment.TickCount64 - write.Since > MaxWait).ToList())
            {
                late.Done.SetException(
                    new StoreUnavailableException("The database is too slow.", new TimeoutException("A write was not sent in time."))
                );
                group.Remove(late);
            }

            if (group.Count > 0)
            {
                await WriteAsync(group);
            }
        }
    }

    /// <summary>The writes of the next statement. <c>null</c> if no write waits; then the statement slot is free again.</summary>
    private List<Write>? TakeGroup()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                _statements--;
                return null;
            }

            // All groups order their rows in the same way, so that two nodes can never deadlock. A group contains each session only once.
            var group = _waiting.Take(MaxGroup).DistinctBy(write => write.Key).OrderBy(write => write.Key, StringComparer.Ordinal).ToList();
            var taken = group.ToHashSet();
            _waiting.RemoveAll(taken.Contains);
            return group;
        }
    }

    /// <summary>Never throws. The callers who wait get the result or the exception.</summary>
    private async Task WriteAsync(List<Write> group)
    {
        try
        {
            var versions = await ExecuteAsync(group);
            foreach (var write in group)
            {
                write.Done.SetResult(versions.TryGetValue(write.Key, out var version) ? version : null);
            }
        }
        catch (Exception exception)
            when (group.Count > 1 && faults.Classify(exception) is not (StorageFault.Unavailable or StorageFault.VotedOut))
        {
            // The database refuses one of the writes. The other writes must not fail because of it.
            foreach (var write in group)
            {
                await WriteAsync([write]);
            }
        }
        catch (Exception exception)
        {
            group.ForEach(write => write.Done.SetException(exception));
        }
    }

    private async Task<Dictionary<string, int>> ExecuteAsync(List<Write> group)
    {
        // A group without events uses the cheaper statement.
        var hasAudit = group.Exists(write => write.Audit is not null);
        await using var command = database.SessionSource.CreateCommand(hasAudit ? s_sqlWithAudit : s_sql);
        command.Parameters.Add(new NpgsqlParameter<string>("service", serviceId));
        command.Parameters.Add(new NpgsqlParameter<string[]>("keys", [.. group.Select(write => write.Key)]));
        command.Parameters.Add(new NpgsqlParameter<int?[]>("known", [.. group.Select(write => write.Known)]));
        command.Parameters.Add(
            new NpgsqlParameter("payloads", NpgsqlDbType.Array | NpgsqlDbType.Bytea)
            {
                Value = group.ConvertAll(write => Bytes(write.Payload)),
            }
        );
        command.Parameters.Add(new NpgsqlParameter<int?>("silo", database.Writer));
        if (hasAudit)
        {
            command.Parameters.Add(new NpgsqlParameter<string?[]>("audits", [.. group.Select(write => write.Audit)]));
        }

        var versions = new Dictionary<string, int>(group.Count);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            versions.Add(reader.GetString(0), reader.GetInt32(1));
        }

        return versions;
    }

    private static byte[] Bytes(ReadOnlyMemory<byte> payload) =>
        MemoryMarshal.TryGetArray(payload, out var part) && part.Offset == 0 && part.Count == part.Array!.Length
            ? part.Array
            : payload.ToArray();

    private sealed class Write(string key, int? known, ReadOnlyMemory<byte> payload, string? audit)
    {
        public string Key => key;

        public int? Known => known;

        public ReadOnlyMemory<byte> Payload => payload;

        public string? Audit => audit;

        public long Since { get; } = Environment.TickCount64;

        public TaskCompletionSource<int?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
