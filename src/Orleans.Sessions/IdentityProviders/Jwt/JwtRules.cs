using Orleans.Sessions.Registries;

namespace Orleans.Sessions.IdentityProviders.Jwt;

/// <summary>The rules of providers that send a signed token in a header.</summary>
internal static class JwtRules
{
    private const int MaxHeader = 200;

    /// <summary>The rules. This service is no client of such a provider, and an issuer is any text.</summary>
    public static readonly KindRules All = new()
    {
        HasClient = false,
        Complete = settings => settings with { ClientId = "", ClientSecret = "", Scopes = [], IsIdTokenMapping = true },
        Rules = new FieldRules<ProviderSettings>()
            .Whole(SessionErrors.ProviderTokenIssuerInvalid, settings => ProviderRules.IsText(settings.Issuer))
            .Whole(SessionErrors.ProviderTokenEndpointsInvalid, settings =>
                settings.Jwt is { } jwt && ProviderRules.IsEndpoint(jwt.Endpoint) && ProviderRules.IsEndpoint(jwt.Keys)
            )
            .Whole(SessionErrors.ProviderHeaderInvalid, settings => IsHeader(settings.Jwt!.Header)),
    };

    /// <summary>Whether it is the name of a header (RFC 9110 §5.1).</summary>
    private static bool IsHeader(string name) =>
        name is { Length: > 0 and <= MaxHeader }
        && name.All(character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal));
}
