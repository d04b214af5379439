using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Orleans.Sessions.EndToEnd.Oidc.Harness;

/// <summary>
/// A key of a client, which makes DPoP proofs (RFC 9449 §4.2), assertions (RFC 7523 §3) and request objects (RFC 9101 §4) by hand.
/// </summary>
public sealed class ProofKey : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The public key (RFC 7517).</summary>
    public JsonObject Public
    {
        get
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            return new JsonObject
            {
                ["kty"] = "EC",
                ["crv"] = "P-256",
                ["x"] = Base64Url.EncodeToString(point.X),
                ["y"] = Base64Url.EncodeToString(point.Y),
            };
        }
    }

    /// <summary>The thumbprint (RFC 7638).</summary>
    public string Thumbprint
    {
        get
        {
            var key = Public;
            return HashOf($$"""{"crv":"P-256","kty":"EC","x":"{{key["x"]}}","y":"{{key["y"]}}"}""");
        }
    }

    public void Dispose() => _key.Dispose();

    /// <summary>A proof for one request. The changes replace members of its header and of its claims.</summary>
    public string Prove(
        string method,
        string address,
        string? token = null,
        (string Name, JsonNode? Value)[]? header = null,
        (string Name, JsonNode? Value)[]? claims = null
    )
    {
        var head = new JsonObject
        {
            ["typ"] = "dpop+jwt",
            ["alg"] = "ES256",
            ["jwk"] = Public,
        };
        var body = new JsonObject
        {
            ["jti"] = Guid.NewGuid().ToString(),
            ["htm"] = method,
            ["htu"] = address,
            ["iat"] = Jwt.Now,
        };
        if (token is not null)
        {
            body["ath"] = HashOf(token);
        }

        foreach (var (name, value) in header ?? [])
        {
            head[name] = value?.DeepClone();
        }

        foreach (var (name, value) in claims ?? [])
        {
            body[name] = value?.DeepClone();
        }

        return Sign(head, body);
    }

    /// <summary>An assertion of a client for one request. The changes replace its claims; <c>null</c> takes one out.</summary>
    public string AssertionFor(string clientId, string audience, params (string Name, JsonNode? Value)[] changes)
    {
        var body = new JsonObject
        {
            ["iss"] = clientId,
            ["sub"] = clientId,
            ["aud"] = audience,
            ["jti"] = Guid.NewGuid().ToString(),
            ["iat"] = Jwt.Now,
            ["exp"] = Jwt.Now + 60,
        };
        return SignChanged("JWT", body, changes);
    }

    /// <summary>A request object of a client, with these parameters as claims; <c>null</c> takes one out.</summary>
    public string RequestFor(string clientId, string audience, params (string Name, JsonNode? Value)[] parameters)
    {
        var body = new JsonObject
        {
            ["iss"] = clientId,
            ["aud"] = audience,
            ["nbf"] = Jwt.Now,
            ["exp"] = Jwt.Now + 300,
        };
        return SignChanged("oauth-authz-req+jwt", body, parameters);
    }

    /// <summary>The public key, with the private part.</summary>
    public JsonObject WithPrivatePart()
    {
        var key = Public;
        key["d"] = Base64Url.EncodeToString(_key.ExportParameters(includePrivateParameters: true).D);
        return key;
    }

    private string SignChanged(string type, JsonObject body, (string Name, JsonNode? Value)[] changes)
    {
        foreach (var (name, value) in changes)
        {
            body.Remove(name);
            if (value is not null)
            {
                body[name] = value.DeepClone();
            }
        }

        return Sign(new JsonObject { ["typ"] = type, ["alg"] = "ES256" }, body);
    }

    private string Sign(JsonObject head, JsonObject body)
    {
        var text = $"{Encode(head)}.{Encode(body)}";
        return $"{text}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
    }

    private static string HashOf(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(text)));

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
