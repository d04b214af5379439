using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Errors;

namespace Orleans.Sessions.Gateway.Origins;

/// <summary>
/// The origin by which browsers know this service. It is also the issuer of its tokens. The configured origin comes first. Otherwise a
/// trusted login frontend or reverse proxy names it in <c>x-zitadel-public-host</c>, <c>x-forwarded-host</c> or <c>Forwarded</c> (RFC
/// 7239). Otherwise it is the origin that the request was sent to. These headers are ignored from anyone else: a caller who could choose
/// the issuer could present here what was signed for another service.
/// </summary>
internal sealed partial class PublicOrigin(IOptions<PublicOriginOptions> options, ILogger<PublicOrigin> log)
{
    private readonly string? _configured = options.Value.Public?.GetLeftPart(UriPartial.Authority);
    private readonly TrustedProxies _trusted = new(options.Value);
    private bool _hasWarned;

    /// <summary>Whether the origin is configured, and therefore does not depend on the request.</summary>
    public bool IsConfigured => _configured is not null;

    /// <summary>Whether the configured origin uses TLS, so that browsers always use TLS.</summary>
    public bool IsTls => options.Value.Public?.Scheme == Uri.UriSchemeHttps;

    /// <summary>The origin, without a trailing slash. Fails with <see cref="InvalidRequestException"/> if no source names it.</summary>
    public string Of(HttpRequest request) =>
        _configured
        ?? (_trusted.Contains(request.HttpContext.Connection.RemoteIpAddress) ? Believed(Forwarded(request), request) : null)
        ?? Origin(request.Scheme, request.Host.Value)
        ?? throw new InvalidRequestException("the request names no host");

    /// <summary>Makes a request look as if it was sent to the public origin, for code that derives URLs from requests.</summary>
    public void ApplyTo(HttpRequest request)
    {
        var origin = new Uri(Of(request));
        request.Scheme = origin.Scheme;
        request.Host = new HostString(origin.Authority);
    }

    /// <summary>
    /// Warns once if a proxy on this machine decides the origin of this service: many proxies forward what clients claim about it.
    /// </summary>
    private string? Believed(string? forwarded, HttpRequest request)
    {
        if (forwarded is not null && forwarded != Origin(request.Scheme, request.Host.Value) && !Interlocked.Exchange(ref _hasWarned, true))
        {
            OriginIsForwarded(log, forwarded);
        }

        return forwarded;
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Sessions:Origin:Public is not configured, and a proxy says that this service is {Origin}. The issuer of the tokens is what such "
            + "headers say. If a proxy passes on the headers of clients, anybody can choose the issuer"
    )]
    private static partial void OriginIsForwarded(ILogger log, string origin);

    private static string? Forwarded(HttpRequest request)
    {
        var said = Last(request, "x-forwarded-proto") is ("http" or "https") and var scheme ? scheme : null;
        return Origin(said ?? request.Scheme, Last(request, "x-zitadel-public-host"))
            ?? Origin(said ?? request.Scheme, Last(request, "x-forwarded-host"))
            ?? Standard(Last(request, "forwarded"), request)
            ?? (said is null ? null : Origin(said, request.Host.Value));
    }

    /// <summary>
    /// The origin in an element such as <c>for=192.0.2.1;proto=https;host="login.example.com"</c>. A proxy that terminates TLS and keeps
    /// <c>Host</c> sends only the protocol.
    /// </summary>
    private static string? Standard(string element, HttpRequest request)
    {
        string? host = null,
            scheme = null;
        foreach (var pair in element.Split(';', StringSplitOptions.TrimEntries))
        {
            var value = pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim('"');
            if (pair.StartsWith("host=", StringComparison.OrdinalIgnoreCase))
            {
                host = value;
            }
            else if (pair.StartsWith("proto=", StringComparison.OrdinalIgnoreCase) && value is ("http" or "https"))
            {
                scheme = value;
            }
        }

        return host is null && scheme is null ? null : Origin(scheme ?? request.Scheme, host ?? request.Host.Value);
    }

    /// <summary>
    /// Proxies append to the header, so the last value comes from the trusted proxy. Anyone could have written the values before it.
    /// </summary>
    private static string Last(HttpRequest request, string header) => request.Headers[header].ToString().Split(',')[^1].Trim();

    /// <summary>Host names that are not ASCII arrive as punycode. In any other form they could not be sent back unchanged.</summary>
    private static string? Origin(string scheme, string? host) =>
        !string.IsNullOrEmpty(host)
        && Ascii.IsValid(host)
        && Uri.TryCreate($"{scheme}://{host}", UriKind.Absolute, out var uri)
        && uri.PathAndQuery == "/"
        && uri.UserInfo.Length == 0
        && uri.Fragment.Length == 0
            ? uri.GetLeftPart(UriPartial.Authority)
            : null;
}
