using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Logins;
using Orleans.Sessions.Protocol.ApplicationV2;

namespace Orleans.Sessions.Gateway.Projects;

/// <summary>
/// Which login pages an application uses. Clients name the address of the pages; the service sends requests to their page <c>login</c>.
/// </summary>
internal static class LoginVersions
{
    /// <summary>The address of the page for requests; empty for the service's own setting, <c>null</c> if nothing was said.</summary>
    public static string? LoginUri(LoginVersion? version)
    {
        if (version is null)
        {
            return null;
        }

        if (version.VersionCase == LoginVersion.VersionOneofCase.LoginV1)
        {
            throw new InvalidRequestException("invalid LoginVersion.LoginV1: there are no login pages of version 1; use login_v2");
        }

        return version.LoginV2?.BaseUri is { Length: > 0 } uri ? LoginPages.PageIn(uri) : "";
    }

    /// <summary>What clients are told about the address of the page for requests.</summary>
    public static LoginVersion Version(string? loginUri)
    {
        var login = new LoginV2();
        if (loginUri is not null)
        {
            login.BaseUri = loginUri.EndsWith(LoginPages.Page, StringComparison.Ordinal) ? loginUri[..^LoginPages.Page.Length] : loginUri;
        }

        return new LoginVersion { LoginV2 = login };
    }
}
