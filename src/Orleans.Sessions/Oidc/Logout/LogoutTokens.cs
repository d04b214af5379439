using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Orleans.Sessions.Issuers;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.SigningKeys;

namespace Orleans.Sessions.Oidc.Logout;

/// <summary>Makes logout tokens (OpenID Connect Back-Channel Logout 1.0 §2.4), signed with the installation's key.</summary>
internal sealed class LogoutTokens(SecretProtector secrets, TimeProvider clock)
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(2);
    private static readonly JsonWebTokenHandler s_handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>A token that tells <paramref name="entry"/>'s client that the session has ended; valid for two minutes.</summary>
    public string Create(LogoutEntry entry, SigningKey signer)
    {
        using var privateKey = signer.PrivateKey(secrets);

        // The library must not cache the signer: the key object is disposed after this call.
        var key = SecurityKeys.Of(privateKey, signer.Id);
        key.CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false };
        var now = clock.GetUtcNow().UtcDateTime;
        return s_handler.CreateToken(
            new SecurityTokenDescriptor
            {
                TokenType = "logout+jwt",
                Issuer = entry.Issuer,
                Audience = entry.ClientId,
                IssuedAt = now,
                Expires = now + s_lifetime,
                SigningCredentials = new SigningCredentials(key, signer.Form.Algorithm),
                Claims = new Dictionary<string, object>
                {
                    ["sub"] = entry.UserId,
                    ["sid"] = entry.SessionId,
                    ["jti"] = RandomText.NewId(),
                    ["events"] = new Dictionary<string, object> { [Event] = new Dictionary<string, object>() },
                },
            }
        );
    }
}
