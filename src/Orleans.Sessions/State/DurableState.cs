using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Cluster;
using Orleans.Sessions.States;
using Orleans.Sessions.Storage;
using Orleans.Storage;

namespace Orleans.Sessions.State;

/// <summary>
/// The durable record of one grain. <see cref="Value"/> only shows what the database has confirmed, so a method that
/// interleaves with a write never returns something that may still be lost. Records are immutable: a change replaces them.
/// <para>
/// It calls the storage provider directly instead of using <c>[PersistentState]</c>, which would read before every
/// first write: here a create is one round trip. After a failed write the content of the database is unknown, so the activation
/// is deactivated and the caller gets a typed error: exceptions of database drivers cannot be serialized to a caller.
/// </para>
/// <para>
/// The record in memory may be out of date when nodes join or leave. While the membership settles, each read therefore compares the version
/// with the database's, and a write waits for its <see cref="TakeoverFence"/>. The directory may have lost the entry of this activation
/// while its parts moved, and then there is, or will be, a second activation that changes the record. So writes, and the first read of a
/// settled membership, ask it (<see cref="GrainRegistration"/>): a lost activation changes nothing, and answers from the database until
/// it is gone.
/// </para>
/// <para>
/// A read waits for a write in progress: the write may already be in the database, and if this node were voted out now, another node would
/// read it there. After such a read no caller may read the earlier record.
/// </para>
/// <para>
/// Other grains may keep copies of the record. After each write that fails, <paramref name="doubt"/> makes them read it again: a failed
/// write may be in the database, and may not have been reported. Reads wait for this, too, so that no copy is behind what a caller has
/// read.
/// </para>
/// <para>
/// The record's <see cref="Projector{T}"/>, if it has one, says what the database must know about it besides its JSON. Its
/// <see cref="ChangeTrail{T}"/>, if it has one, returns the audit events of a change. All of it is written in the same transaction.
/// </para>
/// </summary>
/// <typeparam name="T">The type of the record.</typeparam>
/// <param name="name">The name of the record.</param>
/// <param name="context">The activation of the grain.</param>
/// <param name="services">The services that all records share.</param>
/// <param name="doubt">
/// Tells grains with a copy of the record to read it again, given the record that was to be written. It is repeated until it succeeds.
/// </param>
public sealed class DurableState<T>(string name, IGrainContext context, StateServices services, Func<T, Task>? doubt = null)
    where T : class
{
    /// <summary>No grain trusts a copy for longer. If this node dies, a change of the membership tells the grains sooner.</summary>
    private static readonly TimeSpan s_copiesLast = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan s_untilRepeated = TimeSpan.FromSeconds(0.5);

    /// <summary>The epoch of a record that must be confirmed before each read.</summary>
    private const long Never = -1;

    private readonly ChangeTrail<T>? _trail = services.TrailOf<T>();
    private readonly Projector<T>? _projector = services.ProjectorOf<T>();
    private string? _tag;
    private bool _exists;
    private bool _known;

    /// <summary>Whether there may have been an activation before this one. Not after a create: that activation is the first.</summary>
    private bool _follows;
    private long _epoch;
    private Task? _writing;

    /// <summary>The confirmed record; <c>null</c> if there is none or it was not read yet.</summary>
    public T? Value { get; private set; }

    /// <summary>Whether the directory leads to this activation.</summary>
    internal GrainRegistration Registration { get; } = services.RegistrationOf(context);

    private bool IsConfirmed => Registration.HasHeardAllSince(_epoch);

    /// <summary>The confirmed record, read once; <c>null</c> if there is none.</summary>
    public ValueTask<T?> ReadAsync() => _known && _writing is null && IsConfirmed ? new(Value) : new(ReadSlowlyAsync());

    /// <summary>
    /// Writes <paramref name="next"/>, which replaces the record that was read, or is the first one. Fails with
    /// <see cref="StateConflictException"/> if another activation wrote meanwhile (or, without a read, if a record already exists),
    /// with <see cref="UniqueViolationException"/> if a unique value is taken, with <see cref="LastOwnerException"/>, with
    /// <c>SESSION-Store</c> if the database is not available, and with <c>SESSION-Clust</c> if the directory has lost this activation.
    /// </summary>
    /// <param name="next">The record.</param>
    /// <param name="reason">The reason for the audit trail, if the record does not contain it.</param>
    /// <param name="report">Reports the written record to grains with a copy of it. Reads wait until this is done.</param>
    /// <param name="isBackground">Whether nobody waits for the write, so that writes that somebody waits for go first.</param>
    public async Task WriteAsync(T next, string? reason = null, Func<Task>? report = null, bool isBackground = false)
    {
        if (_follows)
        {
            await services.Fence.PassAsync(context);
        }

        await Registration.EnsureFoundAsync();
        var writing = WriteAndReportAsync(next, reason, report, isBackground);
        _writing = writing;
        try
        {
            await writing;
        }
        finally
        {
            if (_writing == writing)
            {
                _writing = null;
            }
        }
    }

    private async Task WriteAndReportAsync(T next, string? reason, Func<Task>? report, bool isBackground)
    {
        try
        {
            await WriteNowAsync(next, reason, isBackground);
            await (report?.Invoke() ?? Task.CompletedTask);
        }
        catch (Exception exception) when (doubt is not null && exception is not LastOwnerException)
        {
            await DoubtAsync(doubt, next);
            throw;
        }
    }

    private async Task DoubtAsync(Func<T, Task> doubt, T next)
    {
        var since = services.Clock.GetTimestamp();
        while (true)
        {
            try
            {
                await doubt(next);
                return;
            }
            catch (Exception exception)
            {
                if (services.Clock.GetElapsedTime(since) >= s_copiesLast)
                {
                    StateLog.DoubtFailed(services.Log, context.GrainId, exception);
                    return;
                }
            }

            await Task.Delay(s_untilRepeated, services.Clock);
        }
    }

    private async Task WriteNowAsync(T next, string? reason, bool isBackground)
    {
        var (events, epoch) = (EventsOf(next, reason), services.Fence.Epoch);
        var row = new WrittenState<T>(_projector?.Invoke(Value, next), events ?? [])
        {
            State = next,
            ETag = _tag,
            RecordExists = _exists,
            IsBackground = isBackground,
        };
        try
        {
            await services.Storage.WriteStateAsync(name, context.GrainId, row);
        }
        catch (Exception exception)
        {
            throw GiveUp(exception);
        }

        (_tag, _exists, _known, _epoch, Value) = (row.ETag, row.RecordExists, true, epoch, next);
        if (events is not null)
        {
            services.Audit.Log(events);
        }
    }

    /// <summary>
    /// Like <see cref="WriteAsync"/>, for grains where a conflict can only mean a second activation: fails with
    /// <c>SESSION-Clust</c> instead.
    /// </summary>
    public async Task<T> ReplaceAsync(T next, string? reason = null, Func<Task>? report = null)
    {
        try
        {
            await WriteAsync(next, reason, report);
            return next;
        }
        catch (StateConflictException)
        {
            throw new SessionException(SessionErrors.ClusterAway);
        }
    }

    /// <summary>The audit events of the change; <c>null</c> means none.</summary>
    private List<AuditRow>? EventsOf(T next, string? reason)
    {
        List<AuditRow>? events = null;
        foreach (var happened in _trail?.Invoke(new(context.GrainId.Key.ToString()!, Value, next, reason)) ?? [])
        {
            (events ??= []).Add(services.Audit.Row(happened));
        }

        return events;
    }

    private async Task<T?> ReadSlowlyAsync()
    {
        if (_writing is { } writing)
        {
            // Only the writer gets the result of the write.
            await writing.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!_known)
        {
            return await LoadAsync();
        }

        if (!IsConfirmed)
        {
            await ConfirmAsync();
        }

        return Value;
    }

    private async Task ConfirmAsync()
    {
        var epoch = services.Fence.Epoch;
        var isFound = await Registration.ConfirmAsync();
        var tag = _tag;
        string? stored;
        try
        {
            stored = await services.Versions.OfAsync(name, context.GrainId.Key.ToString()!);
        }
        catch (Exception exception)
        {
            throw GiveUp(exception);
        }

        // A write that succeeded meanwhile also confirms the record.
        if (isFound && (stored == tag || _tag != tag))
        {
            _epoch = epoch;
            return;
        }

        StateLog.IsOutdated(services.Log, context.GrainId);
        context.Deactivate(new(DeactivationReasonCode.ApplicationError, "there is another activation"));
        _known = false;
        await LoadAsync();

        // What still comes to this activation is answered from the database.
        _epoch = Never;
    }

    private async Task<T?> LoadAsync()
    {
        var (epoch, row) = (services.Fence.Epoch, new GrainState<T>());
        await Registration.ConfirmAsync();
        try
        {
            await services.Storage.ReadStateAsync(name, context.GrainId, row);
        }
        catch (Exception exception)
        {
            throw GiveUp(exception);
        }

        // Two interleaved first reads see the same row; the first one to come back counts.
        if (!_known)
        {
            (_tag, _exists, _known, _follows, _epoch) = (row.ETag, row.RecordExists, true, true, epoch);
            Value = row.RecordExists ? row.State : null;
        }

        return Value;
    }

    private Exception GiveUp(Exception exception)
    {
        var fault = services.Faults.Classify(exception);
        if (fault == StorageFault.LastOwner)
        {
            // Nothing was written, so the row is unchanged.
            return new LastOwnerException();
        }

        context.Deactivate(new(DeactivationReasonCode.ApplicationError, "storage failed"));
        _known = false;
        if (fault is StorageFault.None or StorageFault.Other or StorageFault.Unavailable)
        {
            StateLog.StorageFailed(services.Log, context.GrainId, fault, exception);
        }

        return fault switch
        {
            StorageFault.Conflict => new StateConflictException(),
            StorageFault.UniqueViolation => new UniqueViolationException(),
            StorageFault.Unavailable => new SessionException(SessionErrors.StorageAway),
            StorageFault.VotedOut => new SessionException(SessionErrors.LeaseLost),
            _ => new SessionException(SessionErrors.InternalFault),
        };
    }
}

internal static partial class StateLog
{
    [LoggerMessage(LogLevel.Error, "Storage failed for {GrainId}: {Fault}")]
    public static partial void StorageFailed(ILogger log, GrainId grainId, StorageFault fault, Exception exception);

    [LoggerMessage(LogLevel.Warning, "There is, or may be, another activation of {GrainId}: this one ends")]
    public static partial void IsOutdated(ILogger log, GrainId grainId);

    [LoggerMessage(LogLevel.Warning, "Grains with a copy of {GrainId} did not learn that a write failed; they read it again by now")]
    public static partial void DoubtFailed(ILogger log, GrainId grainId, Exception exception);
}
