using System.Collections.Concurrent;
using System.Diagnostics;
using Orleans.Sessions.Faults.Checking;

namespace Orleans.Sessions.Faults.Load;

/// <summary>A record of all operations of clients, with their answers.</summary>
public sealed class Journal
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ConcurrentQueue<Operation> _operations = [];
    private readonly ConcurrentQueue<Violation> _wrongAnswers = [];

    /// <summary>The time since the beginning of the run.</summary>
    public TimeSpan Now => _clock.Elapsed;

    public IReadOnlyCollection<Operation> Operations => _operations;

    /// <summary>The answers that no client should ever get.</summary>
    public IReadOnlyCollection<Violation> WrongAnswers => _wrongAnswers;

    public void Add(Operation operation) => _operations.Enqueue(operation);

    /// <summary>Checks a single answer.</summary>
    public void Watch(Answer answer, Request request)
    {
        Wrong? wrong = answer.Status switch
        {
            500 => Wrong.ServerError,
            401 when request.IsByAdministrator => Wrong.TokenRefused,
            _ => null,
        };
        if (wrong is { } kind)
        {
            var text = $"{request.Method} {request.Path.Split('?')[0]}: {answer.Status} {answer.Body}";
            _wrongAnswers.Enqueue(new Violation(kind, Now, answer.Node, text));
        }
    }
}
