using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Orleans.Sessions.Egress;
using Orleans.Sessions.Issuers;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.Clients;

/// <summary>
/// The public keys of clients: those that are registered, and those that clients publish at addresses of their own (<c>jwks_uri</c>, OpenID
/// Connect Registration §2). The latter are kept as those of other issuers are (<see cref="IssuerDocuments"/>), and only addresses that
/// <see cref="EgressHttp"/> allows are called.
/// </summary>
internal sealed partial class ClientKeys : IDisposable
{
    private const int MaxSet = 64 * 1024;
    private const int MaxKeys = 50;
    private const int LeastRsaBits = 2048;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(3);

    private readonly HttpClient _http;
    private readonly IssuerDocuments _sets;
    private readonly TimeProvider _clock;
    private readonly ILogger<ClientKeys> _log;

    public ClientKeys(EgressHttp egress, TimeProvider clock, ILogger<ClientKeys> log)
    {
        _http = egress.Create(s_timeout, MaxSet);
        _sets = new IssuerDocuments(ReadAsync, clock);
        _clock = clock;
        _log = log;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>
    /// The keys of a client. Those at its address are fetched again if <paramref name="keyId"/> is not among them; <c>null</c> if they
    /// cannot be read.
    /// </summary>
    public async Task<IReadOnlyCollection<SecurityKey>?> OfAsync(OidcClient client, string? keyId, CancellationToken cancellationToken)
    {
        var keys = Registered(client);
        if (client.JwksUri is { } address)
        {
            if (await AtAsync(address, keyId, cancellationToken) is not { } fetched)
            {
                return null;
            }

            keys.AddRange(fetched);
        }

        return keys;
    }

    /// <summary>
    /// The keys at an address, fetched again if <paramref name="keyId"/> is not among those that are known; <c>null</c> if they cannot be
    /// read.
    /// </summary>
    public async Task<ICollection<SecurityKey>?> AtAsync(string address, string? keyId, CancellationToken cancellationToken)
    {
        try
        {
            // Other requests may wait for the same answer, so cancellation ends only this one's wait.
            return (await _sets.GetAsync(address, keyId).WaitAsync(cancellationToken)).SigningKeys;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Unreadable(_log, address, exception.Message);
            return null;
        }
    }

    private async Task<OpenIdConnectConfiguration> ReadAsync(string address)
    {
        var set = new JsonWebKeySet(await _http.GetStringAsync(new Uri(address)));
        var document = new OpenIdConnectConfiguration();
        foreach (var key in set.GetSigningKeys().Where(IsStrong).Take(MaxKeys))
        {
            document.SigningKeys.Add(key);
        }

        return document;
    }

    private List<SecurityKey> Registered(OidcClient client)
    {
        var keys = client.JsonWebKeys is { } json ? new JsonWebKeySet(json).GetSigningKeys().Where(IsStrong).ToList() : [];
        var now = _clock.GetUtcNow();
        foreach (var known in (client.Keys ?? []).Where(known => known.ExpiresAt is not { } end || now < end))
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(known.PublicKey.AsSpan(), out _);
            keys.Add(new RsaSecurityKey(rsa.ExportParameters(includePrivateParameters: false)) { KeyId = known.Id });
        }

        return keys;
    }

    /// <summary>Whether the key is a public key of an elliptic curve, or of RSA with enough bits.</summary>
    public static bool IsStrong(SecurityKey key) =>
        key switch
        {
            ECDsaSecurityKey => true,
            // The certificate is one of an elliptic curve, although the key says that it is RSA.
            X509SecurityKey { PublicKey: null } => false,
            AsymmetricSecurityKey => key.KeySize >= LeastRsaBits,
            _ => false,
        };

    [LoggerMessage(LogLevel.Warning, "The keys of a client cannot be read at {Address}: {Reason}")]
    private static partial void Unreadable(ILogger log, string address, string reason);
}
