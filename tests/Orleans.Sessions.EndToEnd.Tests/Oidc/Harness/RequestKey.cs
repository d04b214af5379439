using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Orleans.Sessions.EndToEnd.Oidc.Harness;

/// <summary>A key of a client, which signs request objects by hand (RFC 9101).</summary>
public sealed class RequestKey : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);

    /// <summary>The settings of a client that has this key.</summary>
    public (string Name, object? Value)[] Settings => [("jsonWebKeys", KeySet), ("requestObjectSigningAlg", "RS256")];

    /// <summary>The public key in a JSON Web Key Set.</summary>
    public string KeySet
    {
        get
        {
            var parameters = _key.ExportParameters(includePrivateParameters: false);
            var key = new JsonObject
            {
                ["kty"] = "RSA",
                ["use"] = "sig",
                ["kid"] = "k1",
                ["n"] = Base64Url.EncodeToString(parameters.Modulus),
                ["e"] = Base64Url.EncodeToString(parameters.Exponent),
            };
            return new JsonObject { ["keys"] = new JsonArray(key) }.ToJsonString();
        }
    }

    public void Dispose() => _key.Dispose();

    /// <summary>A good request object of the client, with these claims in place of its own ones; <c>null</c> takes a claim out.</summary>
    public string Sign(RelyingParty client, params (string Name, JsonNode? Value)[] claims) => SignAs("RS256", "JWT", client, claims);

    /// <summary>The same with another header. It is signed with RS256 whatever the header says.</summary>
    public string SignAs(string algorithm, string type, RelyingParty client, params (string Name, JsonNode? Value)[] claims)
    {
        var body = new JsonObject
        {
            ["iss"] = client.Id,
            ["aud"] = client.Anonymous.Host.Address.GetLeftPart(UriPartial.Authority),
            ["exp"] = Jwt.Now + 300,
            ["client_id"] = client.Id,
            ["response_type"] = "code",
            ["redirect_uri"] = RelyingParty.RedirectUri,
            ["scope"] = "openid",
            ["state"] = "signed-state",
        };
        foreach (var (name, value) in claims)
        {
            body.Remove(name);
            if (value is not null)
            {
                body[name] = value;
            }
        }

        var header = new JsonObject
        {
            ["alg"] = algorithm,
            ["typ"] = type,
            ["kid"] = "k1",
        };
        return Jwt.Sign(_key, header, body);
    }
}
