using Orleans.Sessions.Gateway.FirstApi;
using Orleans.Sessions.Protocol.AdminV1;
using Orleans.Sessions.Protocol.IdpV1;
using Orleans.Sessions.Protocol.V1;

namespace Orleans.Sessions.Gateway.IdentityProviders;

/// <summary>Converts the messages with which providers are managed to and from the types of the grains.</summary>
internal static class AdminMessages
{
    public static ProviderSettings Settings(AddGenericOIDCProviderRequest request) =>
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

    public static ProviderSettings Settings(UpdateGenericOIDCProviderRequest request) =>
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

    public static ObjectDetails Details(IdentityProviderDetails details) =>
        V1Messages.Details(details.Sequence, details.CreationDate, details.ChangeDate, details.ResourceOwner);

    public static ObjectDetails Details(SettingsDetails details) =>
        V1Messages.Details(details.Sequence, details.CreationDate, details.ChangeDate, details.ResourceOwner);

    public static Provider Provider(IdentityProvider provider) =>
        new()
        {
            Id = provider.Id,
            Details = Details(provider.Details),
            State = IDPState.Active,
            Name = provider.Name,
            Owner = IDPOwnerType.System,
            Type = ProviderType.Oidc,
            Config = new ProviderConfig
            {
                Options = new Options
                {
                    IsLinkingAllowed = provider.Policy.IsLinkingAllowed,
                    IsCreationAllowed = provider.Policy.IsCreationAllowed,
                    IsAutoCreation = provider.Policy.IsAutoCreation,
                    IsAutoUpdate = provider.Policy.IsAutoUpdate,
                    AutoLinking = (AutoLinkingOption)provider.Policy.AutoLinking,
                },
                Oidc = new GenericOIDCConfig
                {
                    Issuer = provider.Issuer,
                    ClientId = provider.ClientId,
                    Scopes = { provider.Scopes },
                    IsIdTokenMapping = provider.IsIdTokenMapping,
                    UsePkce = provider.UsePkce,
                },
            },
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
