using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Validation;

namespace Orleans.Sessions.Gateway.Origins;

/// <summary>
/// The origin browsers know this service by, which is also the issuer of its tokens: the configured one; otherwise what a trusted
/// login frontend or reverse proxy says in <c>x-zitadel-public-host</c>, <c>x-forwarded-host</c> or <c>Forwarded</c> (RFC 7239); otherwise what the request
/// was sent to. From anybody else these headers count for nothing: who chooses the issuer could present here what was signed for another service.
/// </summary>
internal sealed partial class PublicOrigin(IOptions<PublicOriginOptions> options, ILogger<PublicOrigin> log)
{
    private readonly string? _configured = options.Value.PublicOrigin?.GetLeftPart(UriPartial.Authority);
    private readonly TrustedProxies _trusted = new(options.Value);
    private bool _hasWarned;

    /// <summary>Whether the origin is configured, and so the same whatever a request says.</summary>
    public bool IsConfigured => _configured is not null;

    /// <summary>Whether it is configured with TLS, so that browsers always come with it.</summary>
    public bool IsTls => options.Value.PublicOrigin?.Scheme == Uri.UriSchemeHttps;

    /// <summary>The origin, without a slash at the end. Fails with <see cref="InvalidRequestException"/> when nothing says one.</summary>
    public string Of(HttpRequest request) => _configured
        ?? (_trusted.Contains(request.HttpContext.Connection.RemoteIpAddress) ? Believed(Forwarded(request), request) : null)
        ?? Origin(request.Scheme, request.Host.Value)
        ?? throw new InvalidRequestException("the request names no host");

    /// <summary>Makes a request look as if it was sent to the public origin, for code that derives addresses from requests.</summary>
    public void ApplyTo(HttpRequest request)
    {
        var origin = new Uri(Of(request));
        request.Scheme = origin.Scheme;
        request.Host = new HostString(origin.Authority);
    }

    /// <summary>Warns once when a proxy on this machine decides what this service is called: many pass on what clients say about it.</summary>
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
        "Sessions:PublicOrigin is not configured, and a proxy says that this service is {Origin}: the issuer of its tokens is what such headers say, and a proxy that passes on those of clients lets anybody choose it")]
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
    /// Of an element such as <c>for=192.0.2.1;proto=https;host="login.example.com"</c>. A proxy that ends TLS and keeps <c>Host</c> says the protocol only.
    /// </summary>
    private static string? Standard(string element, HttpRequest request)
    {
        string? host = null, scheme = null;
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

    /// <summary>Proxies append to what is there, so the last value is the trusted one's own, and others may be anybody's.</summary>
    private static string Last(HttpRequest request, string header) => request.Headers[header].ToString().Split(',')[^1].Trim();

    /// <summary>Names that are not ASCII come in their other form (punycode) over the wire, and could not be sent back as they are.</summary>
    private static string? Origin(string scheme, string? host) =>
        !string.IsNullOrEmpty(host) && Ascii.IsValid(host) && Uri.TryCreate($"{scheme}://{host}", UriKind.Absolute, out var uri) && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0
            && uri.Fragment.Length == 0
            ? uri.GetLeftPart(UriPartial.Authority)
            : null;
}
