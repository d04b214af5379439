namespace Orleans.Sessions.Gateway.Oidc;

/// <summary>Paths, below the origin, of the endpoints.</summary>
internal static class OidcPaths
{
    public const string Authorize = "oauth/v2/authorize";
    public const string Callback = "oauth/v2/authorize/callback";
    public const string CheckSession = "oidc/v1/check_session";
    public const string Device = "oauth/v2/device";
    public const string DeviceAuthorization = "oauth/v2/device_authorization";
    public const string EndSession = "oidc/v1/end_session";
    public const string Introspect = "oauth/v2/introspect";
    public const string Keys = "oauth/v2/keys";
    public const string PushedRequests = "oauth/v2/par";
    public const string Register = "oauth/v2/register";
    public const string Revoke = "oauth/v2/revoke";
    public const string Token = "oauth/v2/token";
    public const string UserInfo = "oidc/v1/userinfo";
}
