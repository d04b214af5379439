using Google.Protobuf.WellKnownTypes;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Logins;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Protocol.OidcClientsV1;

namespace Orleans.Sessions.Gateway.Oidc.Clients;

/// <summary>Converts clients to and from messages.</summary>
internal static class ClientMessages
{
    public static OidcClient Settings(string clientId, ClientSettings settings) =>
        new()
        {
            Id = clientId,
            Name = settings.Name,
            Authentication = (Orleans.Sessions.Oidc.ClientAuthentication)settings.Authentication,
            CertificateName = Given(settings.CertificateName) is { } name
                ? new CertificateName((Orleans.Sessions.Oidc.CertificateNameKind)settings.CertificateNameKind, name)
                : null,
            JsonWebKeys = Given(settings.JsonWebKeys),
            JwksUri = Given(settings.JwksUri),
            Audiences = settings.Audiences.Count > 0 ? [.. settings.Audiences] : null,
            RedirectUris = [.. settings.RedirectUris],
            PostLogoutRedirectUris = [.. settings.PostLogoutRedirectUris],
            IsInDevelopment = settings.Development,
            LoginUri = Given(settings.LoginUri),
            BackChannelLogoutUri = Given(settings.BackchannelLogoutUri),
            FrontChannelLogoutUri = Given(settings.FrontchannelLogoutUri),
            RequiresFrontChannelSession = settings.FrontchannelLogoutSessionRequired,
            IsUserInfoSigned = settings.UserInfoSigned,
            GrantTypes =
                settings.GrantTypes.Count == 0 && settings.RedirectUris.Count > 0
                    ? [OidcGrantTypes.AuthorizationCode]
                    : [.. settings.GrantTypes],
            Scopes = [.. settings.Scopes],
            Resources = settings.Resources.Count > 0 ? [.. settings.Resources] : null,
            AccessTokenType = (Orleans.Sessions.Oidc.AccessTokenType)settings.AccessTokenType,
            MinimumAcr = Given(settings.MinimumAcr) is { } acr ? AuthenticationContext.Normalize(acr) ?? acr : null,
            RequirePushedRequests = settings.RequirePushedRequests,
            LoginClientId = Given(settings.LoginClientId),
            LogoUri = Given(settings.LogoUri),
            AllowsActors = settings.AllowActors,
            SenderConstraint = (Orleans.Sessions.Oidc.SenderConstraint)settings.SenderConstraint,
            Profile = (Orleans.Sessions.Oidc.ClientProfile)settings.Profile,
            IdTokenAlgorithm = Given(settings.IdTokenSignedResponseAlg),
            AccessTokenAlgorithm = Given(settings.AccessTokenSignedResponseAlg),
            RequestObjectAlgorithm = Given(settings.RequestObjectSigningAlg),
            RequiresSignedRequests = settings.RequireSignedRequestObject,
            Claims = settings.Claims.Count > 0 ? [.. settings.Claims.Select(Rule)] : null,
            RequirePkce = settings.HasRequirePkce ? settings.RequirePkce : null,
            ProjectId = Given(settings.ProjectId),
            HasRolesInAccessTokens = settings.RolesInAccessTokens,
            HasRolesInIdTokens = settings.RolesInIdTokens,
            HasUserInfoInIdTokens = settings.UserInfoInIdTokens,
        };

    /// <summary>What an update changes besides the settings that it replaces; <c>null</c> if it changes nothing of that.</summary>
    public static ClientChange? Change(ClientSettings settings) =>
        settings.HasProjectId || settings.HasRolesInAccessTokens || settings.HasRolesInIdTokens || settings.HasUserInfoInIdTokens
            ? new ClientChange
            {
                ProjectId = settings.HasProjectId ? settings.ProjectId : null,
                HasRolesInAccessTokens = settings.HasRolesInAccessTokens ? settings.RolesInAccessTokens : null,
                HasRolesInIdTokens = settings.HasRolesInIdTokens ? settings.RolesInIdTokens : null,
                HasUserInfoInIdTokens = settings.HasUserInfoInIdTokens ? settings.UserInfoInIdTokens : null,
            }
            : null;

    public static Client Client(OidcClient client)
    {
        var settings = new ClientSettings
        {
            Name = client.Name,
            Authentication = (Protocol.OidcClientsV1.ClientAuthentication)client.Authentication,
            CertificateNameKind = (Protocol.OidcClientsV1.CertificateNameKind)(client.CertificateName?.Kind ?? default),
            CertificateName = client.CertificateName?.Value ?? "",
            JsonWebKeys = client.JsonWebKeys ?? "",
            JwksUri = client.JwksUri ?? "",
            Development = client.IsInDevelopment,
            LoginUri = client.LoginUri ?? "",
            BackchannelLogoutUri = client.BackChannelLogoutUri ?? "",
            FrontchannelLogoutUri = client.FrontChannelLogoutUri ?? "",
            FrontchannelLogoutSessionRequired = client.RequiresFrontChannelSession,
            UserInfoSigned = client.IsUserInfoSigned,
            AccessTokenType = (Protocol.OidcClientsV1.AccessTokenType)client.AccessTokenType,
            MinimumAcr = client.MinimumAcr ?? "",
            RequirePushedRequests = client.RequirePushedRequests,
            LoginClientId = client.LoginClientId ?? "",
            LogoUri = client.LogoUri ?? "",
            AllowActors = client.AllowsActors,
            SenderConstraint = (Protocol.OidcClientsV1.SenderConstraint)client.SenderConstraint,
            Profile = (Protocol.OidcClientsV1.ClientProfile)client.Profile,
            IdTokenSignedResponseAlg = client.IdTokenAlgorithm ?? "",
            AccessTokenSignedResponseAlg = client.AccessTokenAlgorithm ?? "",
            RequestObjectSigningAlg = client.RequestObjectAlgorithm ?? "",
            RequireSignedRequestObject = client.RequiresSignedRequests,
        };
        settings.RedirectUris.AddRange(client.RedirectUris);
        settings.PostLogoutRedirectUris.AddRange(client.PostLogoutRedirectUris);
        settings.Audiences.AddRange(client.Audiences ?? []);
        settings.GrantTypes.AddRange(client.GrantTypes);
        settings.Scopes.AddRange(client.Scopes);
        settings.Resources.AddRange(client.Resources ?? []);
        settings.Claims.AddRange((client.Claims ?? []).Select(Message));
        if (client.ProjectId is { } projectId)
        {
            settings.ProjectId = projectId;
        }

        SetIf(client.HasRolesInAccessTokens, () => settings.RolesInAccessTokens = true);
        SetIf(client.HasRolesInIdTokens, () => settings.RolesInIdTokens = true);
        SetIf(client.HasUserInfoInIdTokens, () => settings.UserInfoInIdTokens = true);
        if (client.RequirePkce is { } requirePkce)
        {
            settings.RequirePkce = requirePkce;
        }

        return new Client
        {
            ClientId = client.Id,
            Settings = settings,
            CreationDate = Timestamps.Of(client.CreatedAt),
            ChangeDate = Timestamps.Of(client.ChangedAt),
            Configured = client.IsConfigured,
        };
    }

    private static Orleans.Sessions.Oidc.ClaimRule Rule(Protocol.OidcClientsV1.ClaimRule rule) =>
        new()
        {
            Name = rule.Name,
            Source = (Orleans.Sessions.Oidc.ClaimSource)rule.Source,
            Key = rule.Key,
            IsJson = rule.Json,
            Targets = [.. rule.Targets.Select(target => (Orleans.Sessions.Oidc.ClaimTarget)target)],
        };

    private static Protocol.OidcClientsV1.ClaimRule Message(Orleans.Sessions.Oidc.ClaimRule rule) =>
        new()
        {
            Name = rule.Name,
            Source = (Protocol.OidcClientsV1.ClaimSource)rule.Source,
            Key = rule.Key,
            Json = rule.IsJson,
            Targets = { rule.Targets.Select(target => (Protocol.OidcClientsV1.ClaimTarget)target) },
        };

    private static void SetIf(bool condition, Action set)
    {
        if (condition)
        {
            set();
        }
    }

    private static string? Given(string text) => text.Length > 0 ? text : null;
}
