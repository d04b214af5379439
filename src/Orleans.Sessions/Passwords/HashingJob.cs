namespace Orleans.Sessions.Passwords;

/// <summary>One hash to compute, and the caller who waits for it.</summary>
internal abstract class HashingJob(string userId, HashCost cost, CallDeadline deadline)
{
    /// <summary>The user who owns the password.</summary>
    public string UserId => userId;

    /// <summary>The cost by the model.</summary>
    public HashCost Cost => cost;

    /// <summary>When the caller stops waiting.</summary>
    public CallDeadline Deadline => deadline;

    /// <summary>When it was started, by the clock's timestamps.</summary>
    public long StartedAt { get; set; }

    /// <summary>Computes it.</summary>
    public abstract void Run();

    /// <summary>Returns the result to the caller.</summary>
    public abstract void Answer();

    /// <summary>Fails the caller without computing.</summary>
    public abstract void Drop(Exception reason);
}

/// <summary>A job with its result.</summary>
internal sealed class HashingJob<T>(string userId, HashCost cost, CallDeadline deadline, Func<T> work) : HashingJob(userId, cost, deadline)
{
    // The caller must not continue on the hashing thread: that thread would do a grain's work.
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private T? _value;
    private Exception? _fault;

    public Task<T> Result => _result.Task;

    public override void Run()
    {
        try
        {
            _value = work();
        }
        catch (Exception exception)
        {
            _fault = exception;
        }
    }

    public override void Answer()
    {
        if (_fault is null)
        {
            _result.TrySetResult(_value!);
        }
        else
        {
            _result.TrySetException(_fault);
        }
    }

    public override void Drop(Exception reason) => _result.TrySetException(reason);
}
