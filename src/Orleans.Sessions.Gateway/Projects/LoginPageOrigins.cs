using System.Collections.Frozen;
using Microsoft.Extensions.Configuration;
using Orleans.Sessions.Gateway.Settings;

namespace Orleans.Sessions.Gateway.Projects;

/// <summary>
/// Where an organization's administrators may put the login pages of their applications: at the registered origins, at this service and at
/// its login pages. The service sends browsers to these pages without a login. So whoever may choose the page freely can make an address of
/// this service lead to any other place. What a request says about the origin of this service does not count, because callers choose it.
/// </summary>
internal sealed class LoginPageOrigins
{
    private static readonly string[] s_own = ["Origin:Public", "Notifications:LoginUrl", "Oidc:LoginUri", "Saml:LoginUri"];

    private readonly FrozenSet<string> _configured;
    private readonly bool _isPinned;

    /// <summary>Reads the configuration.</summary>
    /// <param name="configuration">Holds the section <c>Sessions</c>.</param>
    public LoginPageOrigins(IConfiguration configuration)
    {
        var sessions = configuration.GetSection("Sessions");
        var registered = sessions.GetSection("ReturnAddresses:Origins").GetChildren().Select(entry => entry.Value);
        _configured = s_own
            .Select(key => sessions[key])
            .Concat(registered)
            .Select(OriginOf)
            .OfType<string>()
            .ToFrozenSet(StringComparer.Ordinal);
        _isPinned = PinnedSettings.Of(configuration).LoginPage;
    }

    /// <summary>Whether the page may be there, with these settings of the run time. Where nothing is configured, loopback may be.</summary>
    public bool Allows(string page, InstanceSettings known)
    {
        if (OriginOf(page) is not { } origin)
        {
            return false;
        }

        var current = _isPinned ? null : OriginOf(known.LoginFolder);
        return _configured.Contains(origin) || origin == current || (_configured.Count == 0 && current is null && new Uri(page).IsLoopback);
    }

    /// <summary>The origin of a web address; <c>null</c> of anything else. On Linux, a path alone is an address of a file.</summary>
    private static string? OriginOf(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.UserInfo.Length == 0
            ? uri.GetLeftPart(UriPartial.Authority)
            : null;
}
