using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Orleans.Sessions.Host;

/// <summary>
/// A formatter whose entries do not name sessions. Orleans names a slow or failed grain by its key and prints the arguments of its calls,
/// and the server's scopes have the paths of requests.
/// </summary>
internal sealed partial class WithoutSessionIds(ConsoleFormatter inner) : ConsoleFormatter(inner.Name)
{
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        using var text = new StringWriter();
        inner.Write(in logEntry, scopeProvider, text);
        textWriter.Write(SessionIds().Replace(text.ToString(), "***"));
    }

    [GeneratedRegex(@"(?<=\bsession/s[-~]|\bSessionId = |\bSessionRecord \{ Id = |/sessions/(?=[\w.-]*\d))[\w.-]+")]
    private static partial Regex SessionIds();
}
