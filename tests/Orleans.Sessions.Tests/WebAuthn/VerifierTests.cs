using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Sessions.State;
using Orleans.Sessions.Users;
using Orleans.Sessions.WebAuthn;

namespace Orleans.Sessions.Tests.WebAuthn;

/// <summary>What the verifier accepts and what it refuses, field by field.</summary>
public sealed class VerifierTests
{
    private const byte BackedUpOnly = 0x10;
    private const byte Extensions = 0x80;

    /// <summary>A key as ASP.NET Core's verifier had it stored, with the private key that belongs to it.</summary>
    private const string StoredKey = """
        [{"id":"1","kind":1,"rpId":"login.example.com","name":"My key","credential":{"id":"AQIDBA==","publicKey":"pQECAyYgASFYIMWNJ8bGhyfd9k3KNnIH8D1C4I1vvcQcomCk1kYDsCPJIlgg3o7QAO78ml0ueJD0Fi3bVvuXieH/24ALg90FLxA52nM=","signCount":7,"isBackupEligible":false,"isBackedUp":false,"transports":["usb","cable"]},"createdAt":1767323045000000}]
        """;

    private const string StoredPrivateKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgAtG7Kzk19ctPwGBM
        FR7MxM2r9mGs9XRd1S13EHM0hg+hRANCAATFjSfGxocn3fZNyjZyB/A9QuCNb73E
        HKJgpNZGA7Ajyd6O0ADu/JpdLniQ9BYt21b7l4nh/9uAC4PdBS8QOdpz
        -----END PRIVATE KEY-----
        """;

    [Theory]
    [InlineData(KeyAlgorithm.Es256)]
    [InlineData(KeyAlgorithm.Rs256)]
    [InlineData(KeyAlgorithm.EdDsa)]
    [InlineData(KeyAlgorithm.Es256K)]
    public async Task Keys_of_each_algorithm_register_and_log_in(KeyAlgorithm algorithm)
    {
        var bench = new VerifierBench();
        using var key = new SoftwareKey(algorithm);

        var stored = await bench.RegisterAsync(key);

        Assert.Equal(key.Id, stored!.Id.ToArray());
        Assert.NotNull(await bench.AssertAsync(key, stored));
        Assert.Null(await bench.AssertAsync(key, stored, new Answer { SpoilSignature = true }));
    }

    [Fact]
    public async Task A_key_that_was_stored_before_goes_on_working()
    {
        var row = JsonNode.Parse(GoldenFile.Read("stored/earlier/UserRecord.0001.json")!)!;
        row["webAuthnKeys"] = JsonNode.Parse(StoredKey);
        var user = new StateSerializer([UserJsonContext.Default]).Deserialize<UserRecord>(JsonSerializer.SerializeToUtf8Bytes(row));
        var stored = Assert.Single(user.WebAuthnKeys!.Value).Credential!;
        using var key = new SoftwareKey(SigningPair.FromPem(StoredPrivateKey)) { Id = [1, 2, 3, 4], Count = 7 };
        var answer = new Answer { RpId = VerifierBench.RpId, Handle = "user-1"u8.ToArray() };

        var proven = await new VerifierBench().AssertAsync(key, stored, answer);

        Assert.Equal(new VerifiedAssertion(8, IsBackedUp: false, UserVerified: true, IsHardwareBound: false), proven);
        Assert.Null(await new VerifierBench().AssertAsync(key, stored, answer with { SpoilSignature = true }));
    }

    [Theory]
    [InlineData("android:apk-key-hash:7d1043473d55bfa90e8530d35801d4e381bc69f0")]
    [InlineData("https://login.example.net")]
    public async Task A_further_origin_may_use_the_keys_of_its_relying_party_only(string origin)
    {
        var from = new Answer { Origin = origin };
        using var key = new SoftwareKey();
        var bench = new VerifierBench(party => party.Origins.Add(origin));

        var stored = await bench.RegisterAsync(key, from);

        Assert.NotNull(await bench.AssertAsync(key, stored!, from));
        Assert.Null(await bench.AssertAsync(key, stored!, new Answer { Origin = origin + "x" }));
        Assert.Null(await new VerifierBench().AssertAsync(key, stored!, from));
        using var elsewhere = new SoftwareKey();
        Assert.Null(await bench.RegisterAsync(elsewhere, from, rpId: "other.example.com"));
    }

    [Fact]
    public async Task The_configuration_may_name_a_relying_party_in_capitals()
    {
        var bench = new VerifierBench(party => party.Id = "Login.Example.com");
        using var key = new SoftwareKey();

        var stored = await bench.RegisterAsync(key);

        Assert.NotNull(await bench.AssertAsync(key, stored!));
    }

    [Fact]
    public async Task A_key_stays_what_it_was_about_backups()
    {
        var bench = new VerifierBench();
        using var key = new SoftwareKey();
        using var synchronised = new SoftwareKey();
        var hardware = await bench.RegisterAsync(key);
        var copied = await bench.RegisterAsync(synchronised, new Answer { BackedUp = true });

        Assert.False(hardware!.IsBackupEligible);
        Assert.True(copied is { IsBackupEligible: true, IsBackedUp: true });
        Assert.Null(await bench.AssertAsync(key, hardware, new Answer { BackedUp = true }));
        Assert.Null(await bench.AssertAsync(synchronised, copied!));
        Assert.Null(await bench.AssertAsync(key, hardware, new Answer { MoreFlags = BackedUpOnly }));
        Assert.NotNull(await bench.AssertAsync(synchronised, copied!, new Answer { BackedUp = true }));
    }

    [Fact]
    public async Task A_counter_is_told_and_not_judged()
    {
        var bench = new VerifierBench();
        using var key = new SoftwareKey();
        var stored = await bench.RegisterAsync(key);

        key.Count = 0;
        Assert.Equal(1u, (await bench.AssertAsync(key, stored! with { SignCount = 5 }))!.SignCount);
    }

    private static readonly Dictionary<string, Func<byte[], byte[]>> s_broken = new()
    {
        ["no CBOR"] = _ => [0xff],
        ["an empty map"] = _ => [0xa0],
        ["an array"] = _ => [0x80],
        ["a text"] = _ => [0x61, 0x61],
        ["cut off"] = right => right[..^1],
        ["nested deeply"] = _ => [.. Enumerable.Repeat((byte)0x81, 30_000), 0x80],
        ["a format that is not accepted"] = right => Rebuilt(right, format: "android-safetynet"),
        ["an unknown format"] = right => Rebuilt(right, format: "mine"),
        ["a statement where none may be"] = right => Rebuilt(right, statement: true),
        ["no authenticator data"] = right => Rebuilt(right, change: _ => []),
        ["authenticator data cut off"] = right => Rebuilt(right, change: data => data[..36]),
        ["no key"] = right => Rebuilt(right, change: data => data[..37]),
        ["a key cut off"] = right => Rebuilt(right, change: data => data[..^1]),
        ["a key with something behind it"] = right => Rebuilt(right, change: data => [.. data, 0]),
        ["a key that is no map"] = right => Rebuilt(right, change: data => [.. data[..(55 + 32)], 0x01]),
        ["a key nested deeply"] = right =>
            Rebuilt(right, change: data => [.. data[..(55 + 32)], .. Enumerable.Repeat((byte)0x81, 30_000), 0x80]),
        ["a point that is not on the curve"] = right => Rebuilt(right, change: data => [.. data[..^1], (byte)(data[^1] ^ 1)]),
        ["an unknown algorithm"] = right => Rebuilt(right, change: data => Changed(data, 55 + 32 + 4, 0x37)),
        ["another credential id"] = right => Rebuilt(right, change: data => Changed(data, 60, (byte)(data[60] ^ 1))),
        ["a credential id that is too long"] = right => Rebuilt(right, change: data => Changed(Changed(data, 53, 0x7f), 54, 0xff)),
        ["another relying party"] = right => Rebuilt(right, change: data => Changed(data, 0, (byte)(data[0] ^ 1))),
        ["nobody present"] = right => Rebuilt(right, change: data => Changed(data, 32, (byte)(data[32] & ~0x01))),
        ["nobody verified"] = right => Rebuilt(right, change: data => Changed(data, 32, (byte)(data[32] & ~0x04))),
        ["no attested key"] = right => Rebuilt(right, change: data => Changed(data, 32, (byte)(data[32] & ~0x40))),
        ["backed up but not eligible"] = right => Rebuilt(right, change: data => Changed(data, 32, (byte)(data[32] | BackedUpOnly))),
        ["extensions that are not there"] = right => Rebuilt(right, change: data => Changed(data, 32, (byte)(data[32] | Extensions))),
    };

    public static TheoryData<string> Broken => [.. s_broken.Keys];

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_registration_with_one_broken_field_is_refused(string what)
    {
        using var key = new SoftwareKey();

        Assert.Null(await new VerifierBench().RegisterAsync(key, new Answer { Attestation = s_broken[what] }));
        Assert.NotNull(await new VerifierBench().RegisterAsync(key, new Answer { Attestation = right => Rebuilt(right) }));
    }

    [Theory]
    [InlineData("""{"type":"webauthn.get","challenge":"{0}","origin":"https://login.example.com","crossOrigin":"no"}""")]
    [InlineData("""{"type":"webauthn.get","challenge":"{0}","origin":"https://login.example.com","origin":"https://login.example.com"}""")]
    [InlineData("""{"type":"webauthn.get","challenge":"{0}","origin":7}""")]
    [InlineData("""{"type":"webauthn.get","challenge":"{0}","origin":"\ud800"}""")]
    [InlineData("""{"type":"webauthn.get","challenge":"{0}"}""")]
    [InlineData("""{"type":"webauthn.get","origin":"https://login.example.com"}""")]
    [InlineData("""{"challenge":"{0}","origin":"https://login.example.com"}""")]
    [InlineData("""["webauthn.get"]""")]
    [InlineData("""{""")]
    public async Task Client_data_with_one_broken_field_is_refused(string clientData)
    {
        var bench = new VerifierBench();
        using var key = new SoftwareKey();
        var stored = await bench.RegisterAsync(key);

        Assert.Null(await bench.AssertAsync(key, stored!, new Answer { ClientData = clientData }));
        Assert.NotNull(
            await bench.AssertAsync(
                key,
                stored!,
                new Answer { ClientData = """{"type":"webauthn.get","challenge":"{0}","origin":"https://login.example.com"}""" }
            )
        );
    }

    [Theory]
    [InlineData("""{"type":"\ud800","id":"AQID","response":{}}""")]
    [InlineData("""{"type":"public-key","id":"\udc00","response":{}}""")]
    [InlineData("""{"type":"public-key","id":"AQID","response":{"\ud800":1,"clientDataJSON":"AQID"}}""")]
    [InlineData("""{"type":"public-key","id":"AQID","response":{"clientDataJSON":"AQID\ud800"}}""")]
    public void An_answer_with_half_of_a_surrogate_pair_is_unreadable(string json)
    {
        Assert.Null(ClientCredential.ReadAttestation(json));
        Assert.Null(ClientCredential.ReadAssertion(json));
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("AAAA")]
    [InlineData("""{"challenge":"AAAA"}""")]
    public async Task A_challenge_that_is_not_ours_is_refused(string state)
    {
        var bench = new VerifierBench();
        using var key = new SoftwareKey();
        var stored = await bench.RegisterAsync(key);
        var terms = new WebAuthnTerms(VerifierBench.RpId, UserVerification.Required);
        var holder = new KeyHolder("user-1", "minnie", "Minnie", [stored!]);
        var begun = await bench.Verifier.BeginAssertionAsync(terms, holder);
        var answer = ClientCredential.ReadAssertion(key.Assert(begun.Options))!;

        Assert.Null(await bench.Verifier.FinishAssertionAsync(terms, holder, state, answer));
        Assert.NotNull(await bench.Verifier.FinishAssertionAsync(terms, holder, begun.State, answer));
    }

    private static byte[] Changed(byte[] data, int at, byte value) => [.. data[..at], value, .. data[(at + 1)..]];

    /// <summary>The attestation object with other parts.</summary>
    private static byte[] Rebuilt(byte[] right, string format = "none", bool statement = false, Func<byte[], byte[]>? change = null)
    {
        var reader = new CborReader(right);
        reader.ReadStartMap();
        for (var member = 0; member < 2; member++)
        {
            reader.ReadTextString();
            reader.SkipValue();
        }

        reader.ReadTextString();
        var data = reader.ReadByteString();
        var cbor = new CborWriter(CborConformanceMode.Lax);
        cbor.WriteStartMap(3);
        cbor.WriteTextString("fmt");
        cbor.WriteTextString(format);
        cbor.WriteTextString("attStmt");
        cbor.WriteStartMap(statement ? 1 : 0);
        if (statement)
        {
            cbor.WriteTextString("sig");
            cbor.WriteByteString(RandomNumberGenerator.GetBytes(8));
        }

        cbor.WriteEndMap();
        cbor.WriteTextString("authData");
        cbor.WriteByteString(change is null ? data : change(data));
        cbor.WriteEndMap();
        return cbor.Encode();
    }
}
