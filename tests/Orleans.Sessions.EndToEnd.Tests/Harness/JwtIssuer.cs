using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>A small OpenID issuer. It publishes its keys and signs anything that a test asks for.</summary>
public sealed class JwtIssuer : IAsyncDisposable
{
    public const string AccessToken = "at+jwt";

    private RSA _key = RSA.Create(2048);
    private int _keyNumber = 1;
    private int _requests;
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public JwtIssuer()
    {
        Address = $"http://localhost:{Ports.Next()}";
        _listener.Prefixes.Add($"{Address}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>The issuer's name, which is its address.</summary>
    public string Address { get; }

    /// <summary>How many requests it has received.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Its key, as in its published list.</summary>
    public object PublicKey => Key();

    private string KeyId => $"key-{_keyNumber}";

    /// <summary>From now on signs with another key, and publishes only that key.</summary>
    public void ChangeKey()
    {
        using var before = Interlocked.Exchange(ref _key, RSA.Create(2048));
        _keyNumber++;
    }

    /// <summary>An access token signed by this issuer.</summary>
    public string Sign(object claims) => Sign(AccessToken, claims);

    /// <summary>A token with this header, which may be changed, signed by this issuer.</summary>
    public string Sign(string type, object claims, params (string Name, object? Value)[] header)
    {
        var all = new Dictionary<string, object?>
        {
            ["alg"] = "RS256",
            ["typ"] = type,
            ["kid"] = KeyId,
        };
        foreach (var (name, value) in header)
        {
            all[name] = value;
        }

        return Sign(all, claims, text => _key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    /// <summary>A token that names this issuer, but is signed with another key.</summary>
    public string Forge(object claims)
    {
        using var key = RSA.Create(2048);
        return Sign(
            new
            {
                alg = "RS256",
                typ = AccessToken,
                kid = KeyId,
            },
            claims,
            text => key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        );
    }

    /// <summary>A token that claims to need no signature.</summary>
    public static string WithoutSignature(object claims) => Sign(new { alg = "none", typ = AccessToken }, claims, _ => []);

    /// <summary>A token that is signed with the issuer's public key as if the key were a shared secret.</summary>
    public string Confused(object claims) =>
        Sign(
            new
            {
                alg = "HS256",
                typ = AccessToken,
                kid = KeyId,
            },
            claims,
            text => HMACSHA256.HashData(Encoding.UTF8.GetBytes(_key.ExportSubjectPublicKeyInfoPem()), text)
        );

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
        _key.Dispose();
    }

    private static string Sign(object header, object claims, Func<byte[], byte[]> sign)
    {
        var text = $"{Encode(JsonSerializer.SerializeToUtf8Bytes(header))}.{Encode(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{text}.{Encode(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                Interlocked.Increment(ref _requests);
                object document =
                    context.Request.Url!.AbsolutePath == "/keys"
                        ? Keys()
                        : new
                        {
                            issuer = Address,
                            jwks_uri = $"{Address}/keys",
                            authorization_endpoint = $"{Address}/authorize",
                            token_endpoint = $"{Address}/token",
                            response_types_supported = new[] { "code" },
                            subject_types_supported = new[] { "public" },
                            id_token_signing_alg_values_supported = new[] { "RS256" },
                        };
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(document));
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The listener is closed.
        }
    }

    private object Keys() => new { keys = new[] { Key() } };

    private object Key()
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        return new
        {
            kty = "RSA",
            use = "sig",
            alg = "RS256",
            kid = KeyId,
            n = Encode(key.Modulus!),
            e = Encode(key.Exponent!),
        };
    }
}
