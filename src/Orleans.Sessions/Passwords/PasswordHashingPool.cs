using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Passwords;

/// <summary>
/// Hashes on a fixed number of threads of its own, so that grains and requests go on while passwords are hashed, and with a queue that ends: who
/// cannot be served soon is told so at once instead of waiting for longer than a client does.
/// </summary>
public sealed class PasswordHashingPool : IDisposable
{
    private readonly BlockingCollection<Action> _queue;
    private readonly List<Thread> _threads = [];

    /// <summary>Starts the threads.</summary>
    public PasswordHashingPool(IOptions<PasswordHashingOptions> options)
    {
        var threads = options.Value.Threads > 0 ? options.Value.Threads : Environment.ProcessorCount;
        _queue = new(threads * options.Value.QueuePerThread);
        for (var i = 0; i < threads; i++)
        {
            var thread = new Thread(Work) { IsBackground = true, Name = $"password hashing {i}" };
            thread.Start();
            _threads.Add(thread);
        }
    }

    /// <summary>Runs <paramref name="work"/> when a thread is free. Fails at once with <c>SESSION-Busy1</c> when the queue is full.</summary>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        // Whoever waits must not run on: a hashing thread would do a grain's work.
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _queue.TryAdd(Job)
            ? result.Task
            : throw new SessionException(SessionErrors.HashingBusy) { RetryAfter = TimeSpan.FromSeconds(1) };

        void Job()
        {
            try
            {
                result.SetResult(work());
            }
            catch (Exception exception)
            {
                result.SetException(exception);
            }
        }
    }

    /// <summary>Finishes what is queued and stops the threads.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        _threads.ForEach(thread => thread.Join());
        _queue.Dispose();
    }

    private void Work()
    {
        foreach (var job in _queue.GetConsumingEnumerable())
        {
            job();
        }
    }
}
