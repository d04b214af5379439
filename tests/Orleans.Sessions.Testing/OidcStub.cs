using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Orleans.Sessions.Testing;

/// <summary>
/// An OpenID Connect provider that answers as a test wants, rightly or wrongly. It has no login page: any code that comes back belongs to
/// <see cref="Subject"/>.
/// </summary>
public sealed class OidcStub : IAsyncDisposable
{
    public const string ClientId = "client";

    private RSA _key = RSA.Create(2048);
    private string _keyId = "first";
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public OidcStub()
    {
        Issuer = $"http://127.0.0.1:{Ports.Next()}";
        _listener.Prefixes.Add($"{Issuer}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>The issuer's name, which is its address.</summary>
    public string Issuer { get; }

    /// <summary>The subject that logs in.</summary>
    public string Subject { get; set; } = "somebody";

    /// <summary>The nonce of the current login.</summary>
    public string Nonce { get; set; } = "";

    /// <summary>The refresh token of each login; <c>null</c> if it gives none.</summary>
    public string? RefreshToken { get; set; }

    /// <summary>The provider's clock.</summary>
    public Func<DateTimeOffset> Now { get; set; } = () => DateTimeOffset.UtcNow;

    /// <summary>Changes the discovery document before it is sent.</summary>
    public Action<JsonObject> Discovery { get; set; } = _ => { };

    /// <summary>Changes the key before it is published.</summary>
    public Action<JsonObject> Key { get; set; } = _ => { };

    /// <summary>Changes the set of keys before it is published.</summary>
    public Action<JsonObject> KeySet { get; set; } = _ => { };

    /// <summary>Changes the claims of the id token before it is signed.</summary>
    public Action<JsonObject> IdToken { get; set; } = _ => { };

    /// <summary>Changes the header of the id token before it is signed.</summary>
    public Action<JsonObject> Header { get; set; } = _ => { };

    /// <summary>Changes the claims of the userinfo endpoint before they are sent.</summary>
    public Action<JsonObject> UserInfo { get; set; } = _ => { };

    /// <summary>Signs the id token. The default signs correctly.</summary>
    public Func<OidcStub, JsonObject, string> Signature { get; set; } = static (stub, claims) => stub.Sign(claims);

    /// <summary>Answers in place of an endpoint. Returns whether it did.</summary>
    public Func<string, HttpListenerResponse, Task<bool>> Instead { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>The requested paths.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>The forms that the endpoints got.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Forms { get; } = new();

    /// <summary>From now on signs with another key, and publishes only that key.</summary>
    public void RotateKey()
    {
        _key.Dispose();
        (_key, _keyId) = (RSA.Create(2048), "second");
    }

    /// <summary>A token of this provider.</summary>
    public string Sign(JsonObject claims) =>
        Join("RS256", _keyId, claims, text => _key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    /// <summary>A token that names this provider, but is signed with another key.</summary>
    public string Forge(JsonObject claims)
    {
        using var key = RSA.Create(2048);
        return Join("RS256", _keyId, claims, text => key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    /// <summary>A token that claims to need no signature.</summary>
    public string WithoutSignature(JsonObject claims) => Join("none", _keyId, claims, _ => []);

    /// <summary>A token that is signed with the public key as if the key were a shared secret.</summary>
    public string Confuse(JsonObject claims) =>
        Join("HS256", _keyId, claims, text => HMACSHA256.HashData(Encoding.UTF8.GetBytes(_key.ExportSubjectPublicKeyInfoPem()), text));

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
        _key.Dispose();
    }

    private string Join(string algorithm, string keyId, JsonObject claims, Func<byte[], byte[]> sign)
    {
        var header = Changed(
            new JsonObject
            {
                ["alg"] = algorithm,
                ["typ"] = "JWT",
                ["kid"] = keyId,
            },
            Header
        );
        var text = $"{Encode(header.ToJsonString())}.{Encode(claims.ToJsonString())}";
        return $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.GetContextAsync());
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The listener is closed.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        Asked.Enqueue(path);
        try
        {
            if (context.Request.HasEntityBody)
            {
                using var reader = new StreamReader(context.Request.InputStream);
                Forms.Enqueue(await reader.ReadToEndAsync());
            }

            if (!await Instead(path, context.Response))
            {
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Document(path).ToJsonString()));
            }

            context.Response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The client has closed the connection.
        }
    }

    private JsonObject Document(string path) =>
        path switch
        {
            "/keys" => Keys(),
            "/token" => Token(),
            "/userinfo" => Changed(new JsonObject { ["sub"] = Subject, ["name"] = "Somebody" }, UserInfo),
            _ => Changed(
                new JsonObject
                {
                    ["issuer"] = Issuer,
                    ["jwks_uri"] = $"{Issuer}/keys",
                    ["authorization_endpoint"] = $"{Issuer}/authorize",
                    ["token_endpoint"] = $"{Issuer}/token",
                    ["userinfo_endpoint"] = $"{Issuer}/userinfo",
                    ["response_types_supported"] = new JsonArray("code"),
                    ["subject_types_supported"] = new JsonArray("public"),
                    ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
                },
                Discovery
            ),
        };

    private JsonObject Token()
    {
        var now = Now().ToUnixTimeSeconds();
        var claims = Changed(
            new JsonObject
            {
                ["iss"] = Issuer,
                ["aud"] = ClientId,
                ["sub"] = Subject,
                ["nonce"] = Nonce,
                ["iat"] = now,
                ["exp"] = now + 300,
            },
            IdToken
        );
        var answer = new JsonObject
        {
            ["access_token"] = "access",
            ["token_type"] = "Bearer",
            ["id_token"] = Signature(this, claims),
        };
        if (RefreshToken is { } refreshToken)
        {
            answer["refresh_token"] = refreshToken;
        }

        return answer;
    }

    private JsonObject Keys()
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        var published = Changed(
            new JsonObject
            {
                ["kty"] = "RSA",
                ["use"] = "sig",
                ["alg"] = "RS256",
                ["kid"] = _keyId,
                ["n"] = Base64Url.EncodeToString(key.Modulus),
                ["e"] = Base64Url.EncodeToString(key.Exponent),
            },
            Key
        );
        return Changed(new JsonObject { ["keys"] = new JsonArray(published) }, KeySet);
    }

    private static JsonObject Changed(JsonObject json, Action<JsonObject> change)
    {
        change(json);
        return json;
    }
}
