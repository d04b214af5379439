using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace Orleans.Sessions.Settings;

/// <summary>The rules for settings that are changed at run time.</summary>
internal static class InstanceSettingsRules
{
    private const int MaxOrigins = 50;
    private const int MaxLength = 200;
    private static readonly SearchValues<char> s_notInOrigins = SearchValues.Create(" ;,'\"*\\");
    private static readonly SearchValues<char> s_notInPages = SearchValues.Create("?#\\ ");

    /// <summary>Fails with <c>SETTINGS-Fram1</c> unless every text is an origin, written as browsers write it.</summary>
    public static void EnsureOrigins(ImmutableArray<string> origins)
    {
        if (origins.Length > MaxOrigins || origins.Distinct().Count() < origins.Length || !origins.All(IsOrigin))
        {
            throw new SessionException(SessionErrors.FrameOriginsInvalid);
        }
    }

    /// <summary>Fails with <c>FEATURE-Login</c> unless the text is empty, a path, or a protected URL.</summary>
    public static void EnsureLoginPage(string? page)
    {
        if (page is { Length: > 0 } && !IsPage(page))
        {
            throw new SessionException(SessionErrors.LoginPageInvalid);
        }
    }

    /// <summary>A header is made of origins, so only ASCII without the header's own punctuation is allowed in them.</summary>
    private static bool IsOrigin(string text) =>
        text.Length <= MaxLength
        && Ascii.IsValid(text)
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && IsProtected(uri)
        && text == uri.GetLeftPart(UriPartial.Authority)
        && !text.AsSpan().ContainsAny(s_notInOrigins);

    private static bool IsPage(string text) =>
        text.Length <= MaxLength
        && Ascii.IsValid(text)
        && !text.AsSpan().ContainsAny(s_notInPages)
        && (
            text.StartsWith('/')
                ? !text.StartsWith("//", StringComparison.Ordinal) && Uri.IsWellFormedUriString(text, UriKind.Relative)
                : Uri.TryCreate(text, UriKind.Absolute, out var uri) && IsProtected(uri)
        );

    private static bool IsProtected(Uri uri) =>
        uri.UserInfo.Length == 0
        && uri.Host.Length > 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
