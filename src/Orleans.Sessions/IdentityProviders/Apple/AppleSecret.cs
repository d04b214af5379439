using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Orleans.Sessions.IdentityProviders.Apple;

/// <summary>What stands for a client secret at Apple: a JWT (RFC 7519) that this service signs with its key there, by ES256.</summary>
internal static class AppleSecret
{
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>A new one is signed for each login, so it needs no long life.</summary>
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Whether the text is a private key with which it can be signed.</summary>
    public static bool IsKey(string pem)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            return key.ExportParameters(includePrivateParameters: true).Curve.Oid?.Value == P256;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The secret, which is good for five minutes.</summary>
    public static string Create(ProviderSettings settings, string privateKey, DateTimeOffset now)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(privateKey);
        var header = new JsonObject { ["alg"] = "ES256", ["kid"] = settings.Apple!.KeyId };
        var claims = new JsonObject
        {
            ["iss"] = settings.Apple.TeamId,
            ["sub"] = settings.ClientId,
            ["aud"] = settings.Issuer,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + s_lifetime).ToUnixTimeSeconds(),
        };
        var text = $"{Encode(header)}.{Encode(claims)}";
        return $"{text}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
    }

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
