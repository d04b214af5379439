using Microsoft.Extensions.Logging;

namespace Orleans.Sessions.Gateway.Tests.Harness;

/// <summary>The log entries of a class under test.</summary>
internal sealed class Warnings<T> : ILogger<T>
{
    public List<string> Messages { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => Messages.Add(formatter(state, exception));
}
