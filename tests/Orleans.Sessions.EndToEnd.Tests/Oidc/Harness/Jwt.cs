using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orleans.Sessions.EndToEnd.Oidc.Harness;

/// <summary>Reads and writes JWTs by hand.</summary>
public static class Jwt
{
    /// <summary>The claims of a token. The signature must be of this algorithm, and fit a published key of the service.</summary>
    public static async Task<JsonObject> VerifyAsync(Api api, string token, string type, string algorithm = "RS256")
    {
        var parts = token.Split('.');
        Assert.Equal(3, parts.Length);
        var header = Decode(parts[0]);
        Assert.Equal(algorithm, header["alg"]!.GetValue<string>());
        Assert.Equal(type, header["typ"]!.GetValue<string>());
        var keys = (await api.GetAsync("/oauth/v2/keys")).Expect(200).Items("keys");
        var key = Assert.Single(keys, key => key["kid"]!.GetValue<string>() == header["kid"]!.GetValue<string>());
        Assert.Equal(algorithm, key["alg"]!.GetValue<string>());
        Assert.True(
            Fits(key, algorithm, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2])),
            $"The signature does not fit the key {key}."
        );
        return Decode(parts[1]);
    }

    /// <summary>The claims of a token. The signature is not checked.</summary>
    public static JsonObject Claims(string token) => Decode(token.Split('.')[1]);

    /// <summary>A token with these claims, signed with RS256.</summary>
    public static string Sign(RSA key, string keyId, object claims) =>
        Sign(
            key,
            new
            {
                alg = "RS256",
                typ = "JWT",
                kid = keyId,
            },
            claims
        );

    /// <summary>A token with this header and these claims. It is signed with RS256 whatever the header says.</summary>
    public static string Sign(RSA key, object header, object claims)
    {
        var text = $"{Encode(header)}.{Encode(claims)}";
        return $"{text}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    /// <summary>Whether a signature fits a JSON Web Key (RFC 7518 §3.3 to §3.5).</summary>
    private static bool Fits(JsonNode key, string algorithm, byte[] signed, byte[] signature)
    {
        var hash = new HashAlgorithmName($"SHA{algorithm[2..]}");
        if (key["kty"]!.GetValue<string>() == "RSA")
        {
            using var rsa = RSA.Create(new RSAParameters { Modulus = Member("n"), Exponent = Member("e") });
            var isPss = algorithm.StartsWith("PS", StringComparison.Ordinal);
            return rsa.VerifyData(signed, signature, hash, isPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
        }

        using var elliptic = ECDsa.Create(
            new ECParameters
            {
                Curve = key["crv"]!.GetValue<string>() switch
                {
                    "P-256" => ECCurve.NamedCurves.nistP256,
                    "P-384" => ECCurve.NamedCurves.nistP384,
                    "P-521" => ECCurve.NamedCurves.nistP521,
                    var other => throw new NotSupportedException(other),
                },
                Q = new ECPoint { X = Member("x"), Y = Member("y") },
            }
        );
        return elliptic.VerifyData(signed, signature, hash);

        byte[] Member(string name) => Base64Url.DecodeFromChars(key[name]!.GetValue<string>());
    }

    private static JsonObject Decode(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();

    private static string Encode(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
