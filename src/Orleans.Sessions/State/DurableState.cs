using Microsoft.Extensions.Logging;
using Orleans.Runtime;
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
/// </summary>
/// <typeparam name="T">The record.</typeparam>
public sealed class DurableState<T>(string name, IGrainContext context, StateServices services)
    where T : class
{
    private GrainState<T> _row = new();
    private bool _known;

    /// <summary>The confirmed record; <c>null</c>: there is none, or it was not read yet.</summary>
    public T? Value { get; private set; }

    /// <summary>The confirmed record, read once; <c>null</c>: there is none.</summary>
    public ValueTask<T?> ReadAsync() => _known ? new(Value) : new(LoadAsync());

    /// <summary>
    /// Writes <paramref name="next"/>, replacing the record that was read, or as the first one. Fails with
    /// <see cref="StateConflictException"/> when somebody else wrote meanwhile (or, unread, when a record exists already),
    /// with <see cref="UniqueViolationException"/> when a unique column is taken, and with <c>SESSION-Store</c> when the database is away.
    /// </summary>
    public async Task WriteAsync(T next)
    {
        var row = new GrainState<T>(next, _row.ETag) { RecordExists = _row.RecordExists };
        try
        {
            await services.Storage.WriteStateAsync(name, context.GrainId, row);
        }
        catch (Exception exception)
        {
            throw GiveUp(exception);
        }

        (_row, _known, Value) = (row, true, next);
    }

    /// <summary>As <see cref="WriteAsync"/>, for grains to which a conflict only means that another activation lives: fails with <c>SESSION-Clust</c> instead.</summary>
    public async Task<T> ReplaceAsync(T next)
    {
        try
        {
            await WriteAsync(next);
            return next;
        }
        catch (StateConflictException)
        {
            throw new SessionException(SessionErrors.ClusterAway);
        }
    }

    private async Task<T?> LoadAsync()
    {
        var row = new GrainState<T>();
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
            (_row, _known, Value) = (row, true, row.RecordExists ? row.State : null);
        }

        return Value;
    }

    private Exception GiveUp(Exception exception)
    {
        context.Deactivate(new(DeactivationReasonCode.ApplicationError, "storage failed"));
        var fault = services.Faults.Classify(exception);
        if (fault is StorageFault.Other or StorageFault.Unavailable)
        {
            StateLog.StorageFailed(services.Log, context.GrainId, fault, exception);
        }

        return fault switch
        {
            StorageFault.Conflict => new StateConflictException(),
            StorageFault.UniqueViolation => new UniqueViolationException(),
            StorageFault.Unavailable => new SessionException(SessionErrors.StorageAway),
            _ => new SessionException(SessionErrors.InternalFault),
        };
    }
}

/// <summary>What every <see cref="DurableState{T}"/> of a silo shares.</summary>
public sealed class StateServices(
    [Microsoft.Extensions.DependencyInjection.FromKeyedServices(StorageNames.Provider)] IGrainStorage storage,
    IStorageFaults faults,
    ILogger<StateServices> log)
{
    internal IGrainStorage Storage => storage;

    internal IStorageFaults Faults => faults;

    internal ILogger Log => log;
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

internal static partial class StateLog
{
    [LoggerMessage(LogLevel.Error, "Storage failed for {GrainId}: {Fault}")]
    public static partial void StorageFailed(ILogger log, GrainId grainId, StorageFault fault, Exception exception);
}
