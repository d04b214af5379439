using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Validation;

namespace Orleans.Sessions.Gateway.IdentityProviders;

/// <summary>How browsers reach this service; configuration section <c>Sessions</c>.</summary>
public sealed class PublicOriginOptions
{
    /// <summary>Scheme, host and port, such as <c>https://login.example.com</c>; <c>null</c>: as the request says.</summary>
    public Uri? PublicOrigin { get; set; }

    /// <summary>Whether browsers can be sent there.</summary>
    public bool IsValid() => PublicOrigin is null
        || (PublicOrigin.IsAbsoluteUri && PublicOrigin.Scheme is "http" or "https" && PublicOrigin.PathAndQuery == "/" && PublicOrigin.UserInfo.Length == 0);
}

/// <summary>
/// The origin browsers know this service by (surroundings §1.1, §8): the configured one; otherwise what the login frontend or a reverse proxy says in
/// <c>x-zitadel-public-host</c> or <c>x-forwarded-host</c>; otherwise what the request was sent to.
/// </summary>
internal sealed class PublicOrigin(IOptions<PublicOriginOptions> options)
{
    /// <summary>The origin, without a slash at the end.</summary>
    public string Of(HttpRequest request)
    {
        if (options.Value.PublicOrigin is { } configured)
        {
            return configured.GetLeftPart(UriPartial.Authority);
        }

        var scheme = First(request, "x-forwarded-proto") is ("http" or "https") and var said ? said : request.Scheme;
        return Origin(scheme, First(request, "x-zitadel-public-host"))
            ?? Origin(scheme, First(request, "x-forwarded-host"))
            ?? Origin(request.Scheme, request.Host.Value)
            ?? throw new InvalidRequestException("the request names no host");
    }

    /// <summary>Proxies append to what is there, so the first value is the browser's.</summary>
    private static string? First(HttpRequest request, string header) => request.Headers[header].ToString().Split(',')[0].Trim();

    private static string? Origin(string scheme, string? host) =>
        !string.IsNullOrEmpty(host) && Uri.TryCreate($"{scheme}://{host}", UriKind.Absolute, out var uri) && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0
            && uri.Fragment.Length == 0
            ? uri.GetLeftPart(UriPartial.Authority)
            : null;
}
