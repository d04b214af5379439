namespace Orleans.Sessions.Passwords;

/// <summary>One hash to compute, and whoever waits for it.</summary>
internal abstract class HashingJob(string userId, HashCost cost, DateTimeOffset deadline)
{
    /// <summary>The user whose password it is.</summary>
    public string UserId => userId;

    /// <summary>What it takes by the model.</summary>
    public HashCost Cost => cost;

    /// <summary>When nobody waits for it any more.</summary>
    public DateTimeOffset Deadline => deadline;

    /// <summary>When it was started, by the clock's timestamps.</summary>
    public long StartedAt { get; set; }

    /// <summary>Computes it.</summary>
    public abstract void Run();

    /// <summary>Answers what came of it.</summary>
    public abstract void Answer();

    /// <summary>Answers that it is not done.</summary>
    public abstract void Drop(Exception reason);
}

/// <summary>A job with its result.</summary>
internal sealed class HashingJob<T>(string userId, HashCost cost, DateTimeOffset deadline, Func<T> work)
    : HashingJob(userId, cost, deadline)
{
    // Whoever waits must not run on: a hashing thread would do a grain's work.
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
