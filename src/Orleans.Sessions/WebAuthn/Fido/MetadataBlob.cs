using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fido2NetLib;
using Fido2NetLib.Serialization;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Orleans.Sessions.Issuers;

namespace Orleans.Sessions.WebAuthn.Fido;

/// <summary>
/// The signed metadata of authenticators (FIDO Metadata Service 3.1, section 3.2). The package can verify it too, but with a root of its
/// own and with the help of addresses that the certificates name.
/// </summary>
internal static class MetadataBlob
{
    /// <summary>The maximum size of the text. The FIDO Alliance's has about 8 MB.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    private const int MaxCertificates = 8;

    private static readonly JsonTypeInfo<MetadataBLOBPayload> s_payload = PayloadType();

    /// <summary>
    /// Reads and verifies it. Throws <see cref="FormatException"/>, with the reason, if it is malformed, or if it is not signed by
    /// <paramref name="signer"/> with a certificate that leads to one of <paramref name="roots"/>.
    /// </summary>
    public static async Task<MetadataBLOBPayload> ReadAsync(
        string text,
        IReadOnlyList<X509Certificate2> roots,
        string signer,
        DateTimeOffset now
    )
    {
        var handler = new JsonWebTokenHandler { MaximumTokenSizeInBytes = MaxBytes };
        var token = SignedTokens.Read(handler, text.Trim()) ?? throw new FormatException("It is no signed token.");
        var path = Path(token);
        try
        {
            if (!CertificateTrust.Leads(path, roots, now))
            {
                throw new FormatException("The certificate of its signature does not lead to a root that is configured.");
            }

            if (!path[0].MatchesHostname(signer, allowWildcards: false, allowCommonName: true))
            {
                throw new FormatException("The certificate of its signature has another name than the configured signer.");
            }

            var result = await handler.ValidateTokenAsync(
                token,
                new TokenValidationParameters
                {
                    ValidateIssuer = false,
                    ValidateAudience = false,
                    ValidateLifetime = false,
                    ValidAlgorithms = SignatureAlgorithms.Accepted,
                    IssuerSigningKey = KeyOf(path[0]),
                }
            );
            if (!result.IsValid)
            {
                throw new FormatException("Its signature is wrong.");
            }
        }
        finally
        {
            foreach (var certificate in path)
            {
                certificate.Dispose();
            }
        }

        return Payload(token);
    }

    private static MetadataBLOBPayload Payload(JsonWebToken token)
    {
        try
        {
            var payload = JsonSerializer.Deserialize(Base64UrlEncoder.DecodeBytes(token.EncodedPayload), s_payload);
            return payload?.Entries is not null ? payload : throw new FormatException("It has no entries.");
        }
        catch (JsonException exception)
        {
            throw new FormatException("Its content is malformed.", exception);
        }
    }

    private static JsonTypeInfo<MetadataBLOBPayload> PayloadType()
    {
        var options = new JsonSerializerOptions(FidoModelSerializerContext.Default.Options) { Converters = { new StatusConverter() } };
        options.MakeReadOnly();
        return (JsonTypeInfo<MetadataBLOBPayload>)options.GetTypeInfo(typeof(MetadataBLOBPayload));
    }

    private static SecurityKey KeyOf(X509Certificate2 certificate) =>
        certificate.GetECDsaPublicKey() is { } ecdsa ? new ECDsaSecurityKey(ecdsa)
        : certificate.GetRSAPublicKey() is { } rsa ? new RsaSecurityKey(rsa)
        : throw new FormatException("The certificate of its signature has a key of an unknown kind.");

    private static List<X509Certificate2> Path(JsonWebToken token)
    {
        try
        {
            using var header = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedHeader));
            var encoded = header.RootElement.GetProperty("x5c").EnumerateArray().Take(MaxCertificates + 1).ToList();
            return encoded.Count is > 0 and <= MaxCertificates
                ? [.. encoded.Select(one => X509CertificateLoader.LoadCertificate(one.GetBytesFromBase64()))]
                : throw new FormatException($"Its header must have 1 to {MaxCertificates} certificates.");
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or CryptographicException)
        {
            throw new FormatException("The certificates of its signature are malformed.", exception);
        }
    }
}
