using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Protocol.AdminV1;
using Orleans.Sessions.Protocol.IdpV2;
using Orleans.Sessions.Protocol.ObjectV2;

namespace Orleans.Sessions.Gateway.IdentityProviders;

/// <summary>Converts messages about providers to and from the types of the grains.</summary>
internal static class IdentityProviderMessages
{
    public static OidcProviderSettings Settings(AddGenericOIDCProviderRequest request) =>
        new()
        {
            Name = request.Name,
            Issuer = request.Issuer,
            ClientId = request.ClientId,
            ClientSecret = request.ClientSecret,
            Scopes = [.. request.Scopes],
            IsIdTokenMapping = request.IsIdTokenMapping,
            UsePkce = request.UsePkce,
            Policy = Policy(request.ProviderOptions),
        };

    public static OidcProviderSettings Settings(UpdateGenericOIDCProviderRequest request) =>
        new()
        {
            Name = request.Name,
            Issuer = request.Issuer,
            ClientId = request.ClientId,
            ClientSecret = request.ClientSecret,
            Scopes = [.. request.Scopes],
            IsIdTokenMapping = request.IsIdTokenMapping,
            UsePkce = request.UsePkce,
            Policy = Policy(request.ProviderOptions),
        };

    public static Details Details(IdentityProviderDetails details) =>
        new()
        {
            Sequence = (ulong)details.Sequence,
            ChangeDate = Timestamps.Of(details.ChangeDate),
            CreationDate = Timestamps.Of(details.CreationDate),
            ResourceOwner = details.ResourceOwner,
        };

    public static IDP Provider(IdentityProvider provider) =>
        new()
        {
            Id = provider.Id,
            Details = Details(provider.Details),
            State = IDPState.Active,
            Name = provider.Name,
            Type = IDPType.Oidc,
            Config = new IDPConfig
            {
                Options = Options(provider.Policy),
                Oidc = new GenericOIDCConfig
                {
                    Issuer = provider.Issuer,
                    ClientId = provider.ClientId,
                    Scopes = { provider.Scopes },
                    IsIdTokenMapping = provider.IsIdTokenMapping,
                },
            },
        };

    public static Options Options(IdentityProviderPolicy policy) =>
        new()
        {
            IsLinkingAllowed = policy.IsLinkingAllowed,
            IsCreationAllowed = policy.IsCreationAllowed,
            IsAutoCreation = policy.IsAutoCreation,
            IsAutoUpdate = policy.IsAutoUpdate,
            AutoLinking = (AutoLinkingOption)policy.AutoLinking,
        };

    private static IdentityProviderPolicy Policy(Options? options) =>
        options is null
            ? new()
            : new()
            {
                IsLinkingAllowed = options.IsLinkingAllowed,
                IsCreationAllowed = options.IsCreationAllowed,
                IsAutoCreation = options.IsAutoCreation,
                IsAutoUpdate = options.IsAutoUpdate,
                AutoLinking = (AutoLinking)options.AutoLinking,
            };
}
