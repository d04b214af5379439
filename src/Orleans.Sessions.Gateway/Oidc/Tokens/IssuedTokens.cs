using OpenIddict.Server;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.Tokens;

/// <summary>The tokens that one request issues. They are decided and durable before OpenIddict writes the answer.</summary>
/// <param name="Grant">What the tokens stand for.</param>
/// <param name="New">The tokens.</param>
internal sealed record IssuedTokens(TokenGrant Grant, NewTokens New)
{
    private static readonly string s_property = typeof(IssuedTokens).FullName!;

    public static IssuedTokens Of(OpenIddictServerTransaction transaction) =>
        transaction.GetProperty<IssuedTokens>(s_property) ?? throw new InvalidOperationException("No tokens were issued.");

    public void AttachTo(OpenIddictServerTransaction transaction) => transaction.SetProperty(s_property, this);
}

/// <summary>The codes for one device.</summary>
internal sealed record IssuedDeviceCodes(string DeviceCode, string UserCode)
{
    private static readonly string s_property = typeof(IssuedDeviceCodes).FullName!;

    public static IssuedDeviceCodes Of(OpenIddictServerTransaction transaction) =>
        transaction.GetProperty<IssuedDeviceCodes>(s_property) ?? throw new InvalidOperationException("No device codes were issued.");

    public void AttachTo(OpenIddictServerTransaction transaction) => transaction.SetProperty(s_property, this);
}

/// <summary>What a presented token stands for.</summary>
internal static class PresentedToken
{
    private static readonly string s_property = typeof(PresentedToken).FullName!;

    public static TokenGrant? Of(OpenIddictServerTransaction transaction) => transaction.GetProperty<TokenGrant>(s_property);

    public static void AttachTo(OpenIddictServerTransaction transaction, TokenGrant grant) => transaction.SetProperty(s_property, grant);
}
