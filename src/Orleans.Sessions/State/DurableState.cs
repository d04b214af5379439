using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Cluster;
using Orleans.Sessions.Directory;
using Orleans.Storage;

namespace Orleans.Sessions.State;

/// <summary>
/// The durable record of one grain. <see cref="Value"/> only ever shows what the database has confirmed, so a method that
/// interleaves with a write never returns something that may still be lost. Records are immutable: a change replaces them.
/// <para>
/// It goes to the storage provider directly instead of through <c>[PersistentState]</c>, which would read before every
/// first write: a create here is one round trip. After a failed write nobody knows what the database holds, so the activation
/// is given up and the caller gets a typed error: drivers' exceptions do not survive the way to a caller.
/// </para>
/// <para>
/// It is what is in memory that may be wrong when nodes come and go: the first read after each change of the membership compares the
/// version with the database's, and a change waits for its <see cref="TakeoverFence"/>. A read waits for a write under way: it may be in
/// the database already, where another node would read it if this one were voted out now, and after such a read nobody may read what was
/// before.
/// </para>
/// <para>
/// What a change means to the audit trail is asked of the record's <see cref="ChangeTrail{T}"/>, if it has one, and written in the same
/// transaction.
/// </para>
/// </summary>
/// <typeparam name="T">The record.</typeparam>
public sealed class DurableState<T>(string name, IGrainContext context, StateServices services)
    where T : class
{
    private readonly ChangeTrail<T>? _trail = services.TrailOf<T>();
    private string? _tag;
    private bool _exists;
    private bool _known;

    /// <summary>Whether there may have been an activation before this one: not for who made the record.</summary>
    private bool _follows;
    private long _epoch;
    private Task? _writing;

    /// <summary>The confirmed record; <c>null</c>: there is none, or it was not read yet.</summary>
    public T? Value { get; private set; }

    /// <summary>The confirmed record, read once; <c>null</c>: there is none.</summary>
    public ValueTask<T?> ReadAsync() =>
        _known && _writing is null && _epoch == services.Fence.Epoch ? new(Value) : new(ReadSlowlyAsync());

    /// <summary>
    /// Writes <paramref name="next"/>, replacing the record that was read, or as the first one. Fails with
    /// <see cref="StateConflictException"/> when somebody else wrote meanwhile (or, unread, when a record exists already),
    /// with <see cref="UniqueViolationException"/> when a unique column is taken, with <see cref="LastOwnerException"/>, and with
    /// <c>SESSION-Store</c> when the database is away.
    /// </summary>
    /// <param name="next">The record.</param>
    /// <param name="reason">Why it changes, for the audit trail, where the record does not say it.</param>
    public async Task WriteAsync(T next, string? reason = null)
    {
        if (_follows)
        {
            await services.Fence.PassAsync(context);
        }

        var writing = WriteNowAsync(next, reason);
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

    private async Task WriteNowAsync(T next, string? reason)
    {
        var (events, epoch) = (EventsOf(next, reason), services.Fence.Epoch);
        IGrainState<T> row = events is null
            ? new GrainState<T>(next, _tag) { RecordExists = _exists }
            : new AuditedState<T>(events) { State = next, ETag = _tag, RecordExists = _exists };
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
    /// As <see cref="WriteAsync"/>, for grains to which a conflict only means that another activation lives: fails with
    /// <c>SESSION-Clust</c> instead.
    /// </summary>
    public async Task<T> ReplaceAsync(T next, string? reason = null)
    {
        try
        {
            await WriteAsync(next, reason);
            return next;
        }
        catch (StateConflictException)
        {
            throw new SessionException(SessionErrors.ClusterAway);
        }
    }

    /// <summary>What the change means to the audit trail; <c>null</c>: nothing.</summary>
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
            // How it goes is told to who writes.
            await writing.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!_known)
        {
            return await LoadAsync();
        }

        if (_epoch != services.Fence.Epoch)
        {
            await ConfirmAsync();
        }

        return Value;
    }

    private async Task ConfirmAsync()
    {
        var (epoch, tag) = (services.Fence.Epoch, _tag);
        string? stored;
        try
        {
            stored = await services.Versions.OfAsync(name, context.GrainId.Key.ToString()!);
        }
        catch (Exception exception)
        {
            throw GiveUp(exception);
        }

        if (stored == tag || _tag != tag)
        {
            // A write that succeeded meanwhile is a confirmation, too.
            _epoch = epoch;
            return;
        }

        StateLog.IsOutdated(services.Log, context.GrainId);
        context.Deactivate(new(DeactivationReasonCode.ApplicationError, "another activation has written"));
        _known = false;
        await LoadAsync();
    }

    private async Task<T?> LoadAsync()
    {
        var (epoch, row) = (services.Fence.Epoch, new GrainState<T>());
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
            // The row is what it was.
            return new LastOwnerException();
        }

        context.Deactivate(new(DeactivationReasonCode.ApplicationError, "storage failed"));
        _known = false;
        if (fault is StorageFault.Other or StorageFault.Unavailable)
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

/// <summary>What every <see cref="DurableState{T}"/> of a silo shares.</summary>
public sealed class StateServices(
    [Microsoft.Extensions.DependencyInjection.FromKeyedServices(StorageNames.Provider)] IGrainStorage storage,
    IStorageFaults faults,
    AuditTrail audit,
    TakeoverFence fence,
    IServiceProvider services,
    ILogger<StateServices> log)
{
    internal TakeoverFence Fence => fence;

    /// <summary>Only a cluster needs it, and has it.</summary>
    internal IStateVersions Versions => services.GetRequiredService<IStateVersions>();

    internal IGrainStorage Storage => storage;

    internal IStorageFaults Faults => faults;

    internal AuditTrail Audit => audit;

    internal ILogger Log => log;

    /// <summary>Tells what changes of such records mean to the audit trail; <c>null</c>: nothing.</summary>
    internal ChangeTrail<T>? TrailOf<T>()
        where T : class => services.GetService<ChangeTrail<T>>();
}

/// <summary>Somebody else changed the record; the grain catches it and starts over or reports it.</summary>
[GenerateSerializer, Alias("sessions.StateConflict")]
public sealed class StateConflictException : Exception
{
    /// <inheritdoc/>
    public override string Message => "The record was changed by another activation.";
}

/// <summary>A value that must be unique is taken; the grain catches it and says which.</summary>
[GenerateSerializer, Alias("sessions.UniqueViolation")]
public sealed class UniqueViolationException : Exception
{
    /// <inheritdoc/>
    public override string Message => "A unique value is taken.";
}

/// <summary>The write would have left the installation without an owner; nothing was written, and the grain catches it.</summary>
[GenerateSerializer, Alias("sessions.LastOwner")]
public sealed class LastOwnerException : Exception
{
    /// <inheritdoc/>
    public override string Message => "The last owner of the installation would be gone.";
}

internal static partial class StateLog
{
    [LoggerMessage(LogLevel.Error, "Storage failed for {GrainId}: {Fault}")]
    public static partial void StorageFailed(ILogger log, GrainId grainId, StorageFault fault, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Another activation of {GrainId} has written: this one starts over")]
    public static partial void IsOutdated(ILogger log, GrainId grainId);
}
