namespace Orleans.Sessions.IdentityProviders.Upstream;

/// <summary>How this service authenticates at a provider.</summary>
/// <param name="ClientId">The client id of this service there.</param>
/// <param name="Secret">Its secret; empty if it has none.</param>
/// <param name="Place">Where the secret goes.</param>
internal sealed record ProviderClient(string ClientId, string Secret, SecretPlace Place)
{
    public override string ToString() => nameof(ProviderClient);
}
