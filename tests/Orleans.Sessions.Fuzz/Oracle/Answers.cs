using System.Text.RegularExpressions;
using Orleans.Sessions.Fuzz.Generation;
using Orleans.Sessions.Fuzz.Wire;

namespace Orleans.Sessions.Fuzz.Oracle;

/// <summary>Checks what must hold for every answer to any caller.</summary>
public static partial class Answers
{
    /// <summary>How long an answer may take on an idle machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private const string TracePattern =
        @"\bat [A-Z]\w+(\.[\w`<>]+)+\(|\b(System|Orleans|Npgsql|Microsoft|Google)\.[\w.]*Exception\b"
        + @"|\w+Exception: |\.cs:line \d|SqlState|SQLite Error";

    public static IEnumerable<Finding> Judge(Exchange exchange)
    {
        var reply = exchange.Reply;
        if (reply.IsLost || reply.Elapsed > Patience + (5 * exchange.Delay))
        {
            yield return new Finding(
                Fault.Hang,
                $"{reply}; something trivial took {exchange.Delay.TotalMilliseconds:0} ms at that time",
                exchange
            );
        }

        if (!reply.IsAnswered)
        {
            yield break;
        }

        if (!IsDocumented(exchange.Request, reply))
        {
            yield return new Finding(Fault.ServerError, $"{reply}: {Short(reply.Text)}", exchange);
        }

        var head = string.Join('\n', reply.Headers.Select(header => $"{header.Name}: {header.Value}"));
        if (Trace().Match($"{head}\n{reply.Text}") is { Success: true } trace)
        {
            yield return new Finding(Fault.Trace, trace.Value, exchange);
        }

        if (reply.Header(Texts.InjectedHeader) is not null)
        {
            yield return new Finding(Fault.Injection, "a header of the client's", exchange);
        }

        if (
            reply.Header("content-type")?.Contains("html", StringComparison.OrdinalIgnoreCase) == true
            && reply.Text.Contains(Texts.Script, StringComparison.OrdinalIgnoreCase)
        )
        {
            yield return new Finding(Fault.Injection, "markup of the client's", exchange);
        }

        if (Addresses(reply).FirstOrDefault(IsEvil) is { } address)
        {
            yield return new Finding(Fault.OpenRedirect, address, exchange);
        }
    }

    /// <summary>Whether the address takes a browser to an unregistered site, or makes it run a script.</summary>
    public static bool IsEvil(string address)
    {
        // Browsers treat backslashes as slashes, and drop control characters and surrounding spaces.
        var text = string.Concat(address.Where(character => character > ' ')).Replace('\\', '/');
        return Uri.TryCreate(new Uri("http://own.example/"), text, out var uri)
            && (
                uri.Scheme is "javascript" or "data" or "vbscript"
                || uri.Host == Texts.Evil
                || uri.Host.EndsWith($".{Texts.Evil}", StringComparison.Ordinal)
            );
    }

    /// <summary>
    /// Documented faults of the service are 503 with the time to wait, 501 for methods that are not offered, and 504 if the client set a
    /// timeout. An answer to HEAD has no body (RFC 9110 section 9.3.2), so its 501 can't say why.
    /// </summary>
    private static bool IsDocumented(FuzzRequest request, FuzzReply reply) =>
        reply.Kind switch
        {
            < 500 => true,
            501 when request.Verb == "HEAD" => true,
            501 => reply.GrpcStatus == 12 || reply.Json?["code"]?.ToJsonString() is "12" or "\"unimplemented\"",
            503 => reply.Header("retry-after") is not null,
            504 => request.HasDeadline,
            _ => false,
        };

    private static IEnumerable<string> Addresses(FuzzReply reply)
    {
        var ofJson = new[] { "callbackUrl", "url" }.Select(reply.Find).OfType<string>();
        var ofPage =
            reply.Header("content-type")?.StartsWith("text/html", StringComparison.Ordinal) == true
                ? PageAddress().Matches(reply.Text).Select(match => System.Net.WebUtility.HtmlDecode(match.Groups[1].Value))
                : [];
        return new[] { reply.Header("location"), reply.Header("refresh")?.Split("url=", 2)[^1] }
            .OfType<string>()
            .Concat(ofJson)
            .Concat(ofPage);
    }

    private static string Short(string text) => text.Length > 300 ? $"{text[..300]}…" : text;

    [GeneratedRegex("""(?:action|href|src)\s*=\s*"([^"]*)""", RegexOptions.IgnoreCase)]
    private static partial Regex PageAddress();

    [GeneratedRegex(TracePattern)]
    private static partial Regex Trace();
}
