using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Oidc.Logout;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.SigningKeys;

namespace Orleans.Sessions.Tests.Oidc;

/// <summary>A logout token is signed as the key says.</summary>
public sealed class LogoutTokenTests
{
    private static readonly SecretProtector s_secrets = new(new byte[SecretProtector.KeyBytes]);

    [Theory]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    public async Task An_elliptic_curve_key_signs_logout_tokens(string algorithm)
    {
        using var key = ECDsa.Create(new KeyForm(algorithm).Curve!.Value);
        var protectedKey = s_secrets.Protect(key.ExportPkcs8PrivateKey(), SigningKey.Purpose("k"));
        var signer = new SigningKey("k", [.. protectedKey], Algorithm: algorithm);

        var token = new LogoutTokens(s_secrets, TimeProvider.System).Create(
            new LogoutEntry
            {
                Id = 1,
                SessionId = "s",
                UserId = "u",
                ClientId = "shop",
                Issuer = "https://id.example.com",
                Reason = "Deleted",
                EndedAt = DateTimeOffset.UnixEpoch,
                State = LogoutState.Pending,
                Attempts = 0,
                At = DateTimeOffset.UnixEpoch,
                Outcome = null,
            },
            signer
        );

        var result = await new JsonWebTokenHandler().ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidIssuer = "https://id.example.com",
                ValidAudience = "shop",
                ValidAlgorithms = [algorithm],
                IssuerSigningKey = new ECDsaSecurityKey(key) { KeyId = "k" },
            }
        );
        Assert.True(result.IsValid, result.Exception?.Message);
    }
}
