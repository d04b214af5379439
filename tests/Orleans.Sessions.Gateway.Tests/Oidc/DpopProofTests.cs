using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Orleans.Sessions.Gateway.Oidc.Dpop;

namespace Orleans.Sessions.Gateway.Tests.Oidc;

/// <summary>A DPoP proof is good for one request, and says by which key (RFC 9449 §4.3).</summary>
public sealed class DpopProofTests : IDisposable
{
    private const string Address = "https://id.example.com/oauth/v2/token";
    private const string Token = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";

    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(1);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void The_example_of_the_standard_is_good()
    {
        // RFC 9449 §4.1; the thumbprint is in §6.1.
        const string Example =
            "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscE"
            + "JoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19"
            + ".eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwia"
            + "WF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg";
        var made = DateTimeOffset.FromUnixTimeSeconds(1562262616);

        var proof = DpopProof.Read(Example, new DpopUse("POST", "https://server.example.com/token"), s_lifetime, made);

        Assert.Equal(new DpopProof("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I", "-BwC3ESc6acc2lTc", made, null), proof);
        Assert.Equal("fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo", DpopKey.HashOf(Token));
    }

    [Fact]
    public void Every_accepted_algorithm_verifies_and_only_with_its_own_key()
    {
        using var large = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        Assert.NotNull(Read(Proof()));
        Assert.NotNull(
            Read(Proof(Header("ES384", Public(large, "P-384")), Claims(), data => large.SignData(data, HashAlgorithmName.SHA384)))
        );
        foreach (var (algorithm, padding) in new[] { ("RS256", RSASignaturePadding.Pkcs1), ("PS256", RSASignaturePadding.Pss) })
        {
            Assert.NotNull(
                Read(Proof(Header(algorithm, Public(rsa)), Claims(), data => rsa.SignData(data, HashAlgorithmName.SHA256, padding)))
            );
        }

        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        AssertRefused(SessionErrors.DpopSignatureInvalid, Proof(Header("ES256", Public(other, "P-256")), Claims()));
        AssertRefused(SessionErrors.DpopSignatureInvalid, Proof(sign: _ => []));
        AssertRefused(SessionErrors.DpopKeyInvalid, Proof(Header("RS256", Public(_key, "P-256")), Claims()));
        AssertRefused(SessionErrors.DpopKeyInvalid, Proof(Header("ES384", Public(_key, "P-256")), Claims()));
    }

    [Fact]
    public void The_key_is_public_and_strong()
    {
        using var weak = RSA.Create(1024);
        var secret = Public(_key, "P-256");
        secret["d"] = Base64Url.EncodeToString(_key.ExportParameters(includePrivateParameters: true).D);
        var offCurve = Public(_key, "P-256");
        offCurve["y"] = offCurve["x"]!.GetValue<string>();

        AssertRefused(SessionErrors.DpopKeyInvalid, Proof(Header("ES256", secret), Claims()));
        AssertRefused(SessionErrors.DpopKeyInvalid, Proof(Header("none", Public(_key, "P-256")), Claims(), _ => []));
        AssertRefused(
            SessionErrors.DpopKeyInvalid,
            Proof(Header("HS256", new JsonObject { ["kty"] = "oct", ["k"] = "c2VjcmV0" }), Claims())
        );
        AssertRefused(
            SessionErrors.DpopKeyInvalid,
            Proof(Header("RS256", Public(weak)), Claims(), data => weak.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
        );
        AssertRefused(SessionErrors.DpopKeyInvalid, Proof(new JsonObject { ["typ"] = "dpop+jwt", ["alg"] = "ES256" }, Claims()));
        AssertRefused(SessionErrors.DpopSignatureInvalid, Proof(Header("ES256", offCurve), Claims()));
    }

    [Theory]
    [InlineData("typ", "JWT")]
    [InlineData("crit", "exp")]
    public void The_header_is_that_of_a_proof(string name, string value)
    {
        var header = Header("ES256", Public(_key, "P-256"));
        header[name] = value;
        AssertRefused(SessionErrors.DpopProofUnreadable, Proof(header, Claims()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c")]
    [InlineData("..")]
    [InlineData("bnVsbA.bnVsbA.bnVsbA")]
    [InlineData("e30.e30.e30.e30")]
    [InlineData("e30=!.e30.e30")]
    public void What_is_no_token_is_refused(string text) => AssertRefused(SessionErrors.DpopProofUnreadable, text);

    [Fact]
    public void What_is_too_long_or_ambiguous_is_refused()
    {
        AssertRefused(SessionErrors.DpopProofUnreadable, Proof(claims: Claims(("more", new string('x', 4096)))));
        var twice = Base64Url.EncodeToString(Encoding.UTF8.GetBytes("""{"jti":"1","jti":"2"}"""));
        AssertRefused(SessionErrors.DpopProofUnreadable, $"{Proof().Split('.')[0]}.{twice}.x");
        var half = Base64Url.EncodeToString(Encoding.UTF8.GetBytes("""{"typ":"\ud800"}"""));
        AssertRefused(SessionErrors.DpopProofUnreadable, $"{half}.e30.e30");
    }

    [Theory]
    [InlineData("jti")]
    [InlineData("htm")]
    [InlineData("htu")]
    [InlineData("iat")]
    public void Claims_must_be_there_and_of_their_kind(string name)
    {
        AssertRefused(SessionErrors.DpopClaimMissing, Proof(claims: Claims((name, null))));
        AssertRefused(SessionErrors.DpopClaimMissing, Proof(claims: Claims((name, new JsonArray()))));
        AssertRefused(SessionErrors.DpopClaimMissing, Proof(claims: Claims(("jti", new string('x', 201)))));
        AssertRefused(SessionErrors.DpopClaimMissing, Proof(claims: Claims(("jti", ""))));
    }

    [Theory]
    [InlineData("https://ID.example.com:443/oauth/v2/token?a=b#c", true)]
    [InlineData("https://id.example.com/oauth/v2/token/", false)]
    [InlineData("https://id.example.com/oauth/v2/TOKEN", false)]
    [InlineData("http://id.example.com/oauth/v2/token", false)]
    [InlineData("https://id.example.com:8443/oauth/v2/token", false)]
    [InlineData("https://me@id.example.com/oauth/v2/token", false)]
    [InlineData("https://elsewhere.example/oauth/v2/token", false)]
    [InlineData("/oauth/v2/token", false)]
    [InlineData("urn:x", false)]
    public void The_address_is_that_of_the_request_without_its_query(string address, bool isRight)
    {
        var proof = Proof(claims: Claims(("htu", address)));
        if (isRight)
        {
            Assert.NotNull(Read(proof));
        }
        else
        {
            AssertRefused(SessionErrors.DpopOtherRequest, proof);
        }
    }

    [Fact]
    public void The_method_is_that_of_the_request()
    {
        AssertRefused(SessionErrors.DpopOtherRequest, Proof(claims: Claims(("htm", "GET"))));
        AssertRefused(SessionErrors.DpopOtherRequest, Proof(claims: Claims(("htm", "post"))));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-70, true)]
    [InlineData(10, true)]
    [InlineData(-71, false)]
    [InlineData(11, false)]
    [InlineData(1e300, false)]
    [InlineData(-1e300, false)]
    public void It_is_good_for_its_lifetime_with_some_tolerance_for_clocks(double age, bool isRight)
    {
        var proof = Proof(claims: Claims(("iat", s_now.ToUnixTimeSeconds() + age)));
        if (isRight)
        {
            Assert.NotNull(Read(proof));
        }
        else
        {
            AssertRefused(SessionErrors.DpopProofOld, proof);
        }
    }

    [Fact]
    public void With_a_token_it_has_the_hash_of_that_token()
    {
        Assert.NotNull(Read(Proof(claims: Claims(("ath", DpopKey.HashOf(Token)))), Token));
        AssertRefused(SessionErrors.DpopOtherToken, Proof(claims: Claims(("ath", DpopKey.HashOf("another")))), Token);
        AssertRefused(SessionErrors.DpopOtherToken, Proof(), Token);
    }

    private static DpopProof Read(string proof, string? token = null) =>
        DpopProof.Read(proof, new DpopUse("POST", Address, token), s_lifetime, s_now);

    private static void AssertRefused(SessionError error, string proof, string? token = null) =>
        Assert.Equal(error, Assert.Throws<SessionException>(() => Read(proof, token)).Error);

    private string Proof(JsonObject? header = null, JsonObject? claims = null, Func<byte[], byte[]>? sign = null)
    {
        var text = $"{Encode(header ?? Header("ES256", Public(_key, "P-256")))}.{Encode(claims ?? Claims())}";
        var signature = (sign ?? (data => _key.SignData(data, HashAlgorithmName.SHA256)))(Encoding.ASCII.GetBytes(text));
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    private static JsonObject Header(string algorithm, JsonObject key) =>
        new()
        {
            ["typ"] = "dpop+jwt",
            ["alg"] = algorithm,
            ["jwk"] = key,
        };

    private static JsonObject Claims(params (string Name, JsonNode? Value)[] changes)
    {
        var claims = new JsonObject
        {
            ["jti"] = "1",
            ["htm"] = "POST",
            ["htu"] = Address,
            ["iat"] = s_now.ToUnixTimeSeconds(),
        };
        foreach (var (name, value) in changes)
        {
            claims[name] = value;
        }

        return claims;
    }

    private static JsonObject Public(ECDsa key, string curve)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = curve,
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        };
    }

    private static JsonObject Public(RSA key)
    {
        var numbers = key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["n"] = Base64Url.EncodeToString(numbers.Modulus),
            ["e"] = Base64Url.EncodeToString(numbers.Exponent),
        };
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
