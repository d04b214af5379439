namespace Orleans.Sessions.Gateway.Cors;

/// <summary>
/// Which web pages may call the APIs from a browser; configuration section <c>Sessions:Cors</c>. OpenID Connect's endpoints take calls from
/// any page, except those to which browsers are sent, which take none.
/// </summary>
public sealed class CorsSettings
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Sessions:Cors";

    /// <summary>
    /// Origins such as <c>https://login.example.com</c>. None, or <c>*</c>: any. Browsers send no cookies either way: callers authenticate
    /// with a header, so the open default gives a foreign page nothing that it does not have already.
    /// </summary>
    public IList<string> Origins { get; } = [];

    internal bool AllowsAny => Origins.Count == 0 || Origins.Contains("*");

    internal bool AreOrigins =>
        AllowsAny
        || Origins.All(origin =>
            Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.GetLeftPart(UriPartial.Authority) == origin
        );
}
