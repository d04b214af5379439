using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.Clients;

/// <summary>Compares the secrets that clients send with their own.</summary>
internal sealed class ClientSecrets(RequestLimits limits)
{
    /// <summary>
    /// Whether this is the secret of a client that authenticates with a secret. Fails with <c>SESSION-Limit</c> after too many wrong
    /// secrets of this client from this source (<see cref="RequestLimits.WrongSecret"/>).
    /// </summary>
    public bool IsProved(HttpContext http, OidcClient client, string? secret)
    {
        if (!client.HasSecret() || secret is not { Length: > 0 and <= 1000 } || client.SecretHash is not { } hash)
        {
            return false;
        }

        limits.EnsureMayProve(http, client.Id, secret);
        if (!TokenHash.Matches(hash.AsSpan(), secret))
        {
            return false;
        }

        limits.Proved(secret);
        return true;
    }
}
