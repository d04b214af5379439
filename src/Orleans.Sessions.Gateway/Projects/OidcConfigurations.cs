using System.Collections.Immutable;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Protocol.ApplicationV2;

namespace Orleans.Sessions.Gateway.Projects;

/// <summary>Converts the settings of OpenID Connect applications to and from messages.</summary>
internal static class OidcConfigurations
{
    /// <summary>The settings of a new client.</summary>
    public static ClientChange New(CreateOIDCApplicationRequest request)
    {
        EnsureCode(request.ResponseTypes, nameof(CreateOIDCApplicationRequest));
        EnsureVersion(request.Version);
        return new ClientChange
        {
            Kind = (ApplicationKind)request.ApplicationType,
            Authentication = Authentication(request.AuthMethodType),
            RedirectUris = [.. request.RedirectUris],
            PostLogoutRedirectUris = [.. request.PostLogoutRedirectUris],
            GrantTypes =
                request.GrantTypes.Count > 0
                    ? GrantTypes(request.GrantTypes, nameof(CreateOIDCApplicationRequest))
                    : [OidcGrantTypes.AuthorizationCode],
            AccessTokenType = (AccessTokenType)request.AccessTokenType,
            HasRolesInAccessTokens = request.AccessTokenRoleAssertion,
            HasRolesInIdTokens = request.IdTokenRoleAssertion,
            HasUserInfoInIdTokens = request.IdTokenUserinfoAssertion,
            IsInDevelopment = request.DevelopmentMode,
            ClockSkew = request.ClockSkew?.ToTimeSpan(),
            AdditionalOrigins = request.AdditionalOrigins.Count > 0 ? [.. request.AdditionalOrigins] : null,
            SkipsSuccessPage = request.SkipNativeAppSuccessPage,
            BackChannelLogoutUri = request.BackChannelLogoutUri,
            LoginUri = LoginVersions.LoginUri(request.LoginVersion),
        };
    }

    /// <summary>The changes of a client. An empty list leaves the list as it is.</summary>
    public static ClientChange Change(UpdateOIDCApplicationConfigurationRequest request)
    {
        EnsureCode(request.ResponseTypes, nameof(UpdateOIDCApplicationConfigurationRequest));
        EnsureVersion(request.Version);
        return new ClientChange
        {
            Kind = request.HasApplicationType ? (ApplicationKind)request.ApplicationType : null,
            Authentication = request.HasAuthMethodType ? Authentication(request.AuthMethodType) : null,
            RedirectUris = Given(request.RedirectUris),
            PostLogoutRedirectUris = Given(request.PostLogoutRedirectUris),
            GrantTypes =
                request.GrantTypes.Count > 0 ? GrantTypes(request.GrantTypes, nameof(UpdateOIDCApplicationConfigurationRequest)) : null,
            AccessTokenType = request.HasAccessTokenType ? (AccessTokenType)request.AccessTokenType : null,
            HasRolesInAccessTokens = request.HasAccessTokenRoleAssertion ? request.AccessTokenRoleAssertion : null,
            HasRolesInIdTokens = request.HasIdTokenRoleAssertion ? request.IdTokenRoleAssertion : null,
            HasUserInfoInIdTokens = request.HasIdTokenUserinfoAssertion ? request.IdTokenUserinfoAssertion : null,
            IsInDevelopment = request.HasDevelopmentMode ? request.DevelopmentMode : null,
            ClockSkew = request.ClockSkew?.ToTimeSpan(),
            AdditionalOrigins = Given(request.AdditionalOrigins),
            SkipsSuccessPage = request.HasSkipNativeAppSuccessPage ? request.SkipNativeAppSuccessPage : null,
            BackChannelLogoutUri = request.HasBackChannelLogoutUri ? request.BackChannelLogoutUri : null,
            LoginUri = LoginVersions.LoginUri(request.LoginVersion),
        };
    }

    /// <summary>The settings of a client.</summary>
    public static OIDCConfiguration Message(OidcClient client) =>
        new()
        {
            ClientId = client.Id,
            RedirectUris = { client.RedirectUris },
            ResponseTypes = { OIDCResponseType.Code },
            GrantTypes = { client.GrantTypes.Select(GrantType).OfType<OIDCGrantType>() },
            ApplicationType = (OIDCApplicationType)client.GetKind(),
            AuthMethodType = client.Authentication switch
            {
                ClientAuthentication.None => OIDCAuthMethodType.None,
                ClientAuthentication.SecretPost => OIDCAuthMethodType.Post,
                ClientAuthentication.PrivateKeyJwt => OIDCAuthMethodType.PrivateKeyJwt,
                _ => OIDCAuthMethodType.Basic,
            },
            PostLogoutRedirectUris = { client.PostLogoutRedirectUris },
            Version = OIDCVersion._10,
            DevelopmentMode = client.IsInDevelopment,
            AccessTokenType = client.AccessTokenType == AccessTokenType.Opaque ? OIDCTokenType.Bearer : OIDCTokenType.Jwt,
            AccessTokenRoleAssertion = client.HasRolesInAccessTokens,
            IdTokenRoleAssertion = client.HasRolesInIdTokens,
            IdTokenUserinfoAssertion = client.HasUserInfoInIdTokens,
            ClockSkew = client.ClockSkew is { } skew ? Duration.FromTimeSpan(skew) : null,
            AdditionalOrigins = { client.AdditionalOrigins ?? [] },
            AllowedOrigins = { client.RedirectUris.Select(OriginOf).OfType<string>().Concat(client.AdditionalOrigins ?? []).Distinct() },
            SkipNativeAppSuccessPage = client.SkipsSuccessPage,
            BackChannelLogoutUri = client.BackChannelLogoutUri ?? "",
            LoginVersion = LoginVersions.Version(client.LoginUri),
        };

    private static ClientAuthentication Authentication(OIDCAuthMethodType method) =>
        method switch
        {
            OIDCAuthMethodType.None => ClientAuthentication.None,
            OIDCAuthMethodType.Post => ClientAuthentication.SecretPost,
            OIDCAuthMethodType.PrivateKeyJwt => ClientAuthentication.PrivateKeyJwt,
            _ => ClientAuthentication.SecretBasic,
        };

    private static ImmutableArray<string> GrantTypes(IEnumerable<OIDCGrantType> grants, string message) =>
        [
            .. grants
                .Distinct()
                .Select(grant =>
                    grant switch
                    {
                        OIDCGrantType.AuthorizationCode => OidcGrantTypes.AuthorizationCode,
                        OIDCGrantType.RefreshToken => OidcGrantTypes.RefreshToken,
                        OIDCGrantType.DeviceCode => OidcGrantTypes.DeviceCode,
                        OIDCGrantType.TokenExchange => OidcGrantTypes.TokenExchange,
                        _ => throw new InvalidRequestException(
                            $"invalid {message}.GrantTypes: the implicit grant is not offered; use OIDC_GRANT_TYPE_AUTHORIZATION_CODE"
                        ),
                    }
                ),
        ];

    private static OIDCGrantType? GrantType(string grant) =>
        grant switch
        {
            OidcGrantTypes.AuthorizationCode => OIDCGrantType.AuthorizationCode,
            OidcGrantTypes.RefreshToken => OIDCGrantType.RefreshToken,
            OidcGrantTypes.DeviceCode => OIDCGrantType.DeviceCode,
            OidcGrantTypes.TokenExchange => OIDCGrantType.TokenExchange,
            _ => null,
        };

    private static void EnsureCode(IEnumerable<OIDCResponseType> types, string message)
    {
        if (types.Any(type => type is not (OIDCResponseType.Unspecified or OIDCResponseType.Code)))
        {
            throw new InvalidRequestException($"invalid {message}.ResponseTypes: only OIDC_RESPONSE_TYPE_CODE is offered");
        }
    }

    private static void EnsureVersion(OIDCVersion version)
    {
        if (version != OIDCVersion._10)
        {
            throw new SessionException(SessionErrors.NotOffered);
        }
    }

    private static ImmutableArray<string>? Given(RepeatedField<string> values) => values.Count > 0 ? [.. values] : null;

    private static string? OriginOf(string uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"
            ? parsed.GetLeftPart(UriPartial.Authority)
            : null;
}
