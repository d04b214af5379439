using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Host;

/// <summary>
/// Formats the log on the console: one line for each entry, with the time in UTC. Control characters are written as <c>\uXXXX</c>, also in
/// exceptions and scopes, so that no entry can look like another entry. <c>Logging:Console:FormatterName=json</c> selects the framework's
/// JSON formatter instead.
/// </summary>
internal sealed class LineFormatter(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    /// <summary>The name of the formatter in the configuration.</summary>
    public const string FormatterName = "line";

    private const int MaxLine = 32 * 1024;

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var text = logEntry.Formatter(logEntry.State, logEntry.Exception);
        if (string.IsNullOrEmpty(text) && logEntry.Exception is null)
        {
            return;
        }

        textWriter.Write(clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        textWriter.Write(Level(logEntry.LogLevel));
        textWriter.Write(logEntry.Category);
        textWriter.Write(": ");
        textWriter.Write(Line(text));
        if (logEntry.Exception is { } exception)
        {
            textWriter.Write(' ');
            textWriter.Write(Line(exception.ToString()));
        }

        textWriter.Write('\n');
    }

    private static string Line(string text) => AuditText.Line(text, MaxLine);

    private static string Level(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => " trce ",
            LogLevel.Debug => " dbug ",
            LogLevel.Information => " info ",
            LogLevel.Warning => " warn ",
            LogLevel.Error => " fail ",
            _ => " crit ",
        };
}
