using System.Buffers.Text;
using System.Text.Json.Nodes;
using Orleans.Sessions.WebAuthn;

namespace Orleans.Sessions.Tests.WebAuthn;

/// <summary>
/// The test vectors of WebAuthn Level 3 (§16), which others have made. Those of the formats tpm, android-key, apple and fido-u2f are not
/// here: they have no manufacturer, no list of authorizations, no certificate of Apple's, and an AAGUID, for which they are refused.
/// </summary>
public sealed class SpecVectorTests
{
    private static readonly WebAuthnTerms s_terms = new("example.org", UserVerification.Preferred);
    private static readonly KeyHolder s_nobody = new("user-1", "minnie", "Minnie", []);
    private static readonly JsonNode s_all = Read();

    [Theory]
    [InlineData("none-es256", "none", "none", true)]
    [InlineData("none-es256-long-credential-id", "none", "none", true)]
    [InlineData("packed-self-es256", "packed", "self", true)]
    [InlineData("packed-es256", "packed", "attca", true)]
    [InlineData("packed-es384", "packed", "attca", true)]
    [InlineData("packed-rs256", "packed", "attca", true)]
    [InlineData("packed-eddsa", "packed", "attca", false)]
    public async Task A_vector_registers_and_logs_in(string name, string format, string kind, bool isEligible)
    {
        var vector = s_all["vectors"]![name]!;
        var bench = NewBench();

        var stored = await RegisterAsync(bench, vector);

        Assert.Equal((format, kind, false), (stored!.Attestation!.Format, stored.Attestation.Kind, stored.Attestation.IsTrusted));
        Assert.Equal(isEligible, stored.IsBackupEligible);
        Assert.NotNull(await AssertAsync(bench, vector, stored, Text(vector, "signature")));
        Assert.Null(await AssertAsync(bench, vector, stored, Spoiled(Text(vector, "signature"))));
    }

    [Theory]
    [InlineData("packed-es256", true)]
    [InlineData("packed-es384", true)]
    [InlineData("packed-rs256", true)]
    [InlineData("packed-eddsa", true)]
    [InlineData("packed-self-es256", false)]
    [InlineData("none-es256", false)]
    public async Task The_root_of_the_vectors_makes_their_attestation_trusted(string name, bool isTrusted)
    {
        var vector = s_all["vectors"]![name]!;
        var bench = NewBench();
        var model = (await RegisterAsync(bench, vector))!.Attestation!.Model;
        await bench.PublishAsync([TestBlob.Entry(model, Bytes(s_all, "root"), [("FIDO_CERTIFIED_L1", "2025-01-01")], "hardware")]);

        Assert.Equal(isTrusted, (await RegisterAsync(bench, vector))!.Attestation!.IsTrusted);
    }

    [Theory]
    [InlineData("none-es256-crossOrigin")]
    [InlineData("none-es256-topOrigin")]
    [InlineData("packed-ed448")]
    public async Task A_frame_of_another_site_and_an_algorithm_that_was_not_offered_are_refused(string name) =>
        Assert.Null(await RegisterAsync(NewBench(), s_all["vectors"]![name]!));

    private static VerifierBench NewBench() => new(party => party.Id = s_terms.RpId);

    private static Task<WebAuthnCredential?> RegisterAsync(VerifierBench bench, JsonNode vector)
    {
        var answer = new JsonObject
        {
            ["id"] = Text(vector, "credentialId"),
            ["type"] = "public-key",
            ["response"] = new JsonObject
            {
                ["clientDataJSON"] = Text(vector, "clientDataJSON"),
                ["attestationObject"] = Text(vector, "attestationObject"),
            },
        };
        return bench.Verifier.FinishRegistrationAsync(
            s_terms,
            s_nobody,
            Text(vector, "challenge"),
            ClientCredential.ReadAttestation(answer.ToJsonString())!
        );
    }

    private static Task<VerifiedAssertion?> AssertAsync(VerifierBench bench, JsonNode vector, WebAuthnCredential stored, string signature)
    {
        var answer = new JsonObject
        {
            ["id"] = Text(vector, "credentialId"),
            ["type"] = "public-key",
            ["response"] = new JsonObject
            {
                ["clientDataJSON"] = Text(vector, "authClientDataJSON"),
                ["authenticatorData"] = Text(vector, "authenticatorData"),
                ["signature"] = signature,
            },
        };
        return bench.Verifier.FinishAssertionAsync(
            s_terms,
            s_nobody with
            {
                Credentials = [stored],
            },
            Text(vector, "authChallenge"),
            ClientCredential.ReadAssertion(answer.ToJsonString())!
        );
    }

    private static string Spoiled(string signature)
    {
        var bytes = Base64Url.DecodeFromChars(signature);
        bytes[^1] ^= 1;
        return Base64Url.EncodeToString(bytes);
    }

    private static string Text(JsonNode vector, string member) => vector[member]!.GetValue<string>();

    private static byte[] Bytes(JsonNode vector, string member) => Base64Url.DecodeFromChars(Text(vector, member));

    private static JsonNode Read()
    {
        using var stream = typeof(SpecVectorTests).Assembly.GetManifestResourceStream("spec-vectors.json")!;
        return JsonNode.Parse(stream)!;
    }
}
