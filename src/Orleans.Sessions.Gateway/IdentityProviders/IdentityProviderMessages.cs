using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Protocol.IdpV2;
using Orleans.Sessions.Protocol.ObjectV2;

namespace Orleans.Sessions.Gateway.IdentityProviders;

/// <summary>Converts providers to messages for login frontends.</summary>
internal static class IdentityProviderMessages
{
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
}
