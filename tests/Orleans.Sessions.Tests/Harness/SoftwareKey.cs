using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orleans.Sessions.Tests.Harness;

/// <summary>The answer of a key and its browser. Everything that is not set is right.</summary>
public sealed record Answer
{
    public static readonly Answer Right = new();

    public string Origin { get; init; } = "https://login.example.com";

    /// <summary>The relying party id that the authenticator signs; <c>null</c> means the one for which the key was made.</summary>
    public string? RpId { get; init; }

    public bool UserPresent { get; init; } = true;

    public bool UserVerified { get; init; } = true;

    public bool CrossOrigin { get; init; }

    public bool BackedUp { get; init; }

    /// <summary>The type; <c>null</c> means the type that the ceremony requires.</summary>
    public string? Type { get; init; }

    /// <summary>The challenge; <c>null</c> means the challenge in the options.</summary>
    public byte[]? Challenge { get; init; }

    /// <summary>The user handle; <c>null</c> means the user for whom the key was made, and empty means no user.</summary>
    public byte[]? Handle { get; init; }

    public bool SpoilSignature { get; init; }

    /// <summary>The browser's data as it is, with <c>{0}</c> for the challenge.</summary>
    public string? ClientData { get; init; }

    /// <summary>Flags that the authenticator sets besides.</summary>
    public byte MoreFlags { get; init; }

    /// <summary>Changes the attestation object before it is sent.</summary>
    public Func<byte[], byte[]>? Attestation { get; init; }
}

/// <summary>A WebAuthn authenticator with one key, and its browser, in software.</summary>
public sealed class SoftwareKey : IDisposable
{
    private const byte UserPresentFlag = 0x01;
    private const byte UserVerifiedFlag = 0x04;
    private const byte BackupFlags = 0x18;
    private const byte AttestedFlag = 0x40;

    private readonly SigningPair _pair;
    private string _rpId = "";
    private byte[] _handle = [];

    public SoftwareKey(bool useRsa = false)
        : this(useRsa ? KeyAlgorithm.Rs256 : KeyAlgorithm.Es256) { }

    public SoftwareKey(KeyAlgorithm algorithm)
        : this(new SigningPair(algorithm)) { }

    public SoftwareKey(SigningPair pair) => _pair = pair;

    /// <summary>The model of the authenticator.</summary>
    public Guid Model { get; init; }

    /// <summary>Who attests the authenticator; <c>null</c> if it says nothing about itself.</summary>
    public TestAuthority? Authority { get; init; }

    /// <summary>The credential id.</summary>
    public byte[] Id { get; init; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>The signature counter. Each use adds one, if uses count.</summary>
    public uint Count { get; set; }

    /// <summary>Whether uses increase the counter. Synchronised passkeys do not.</summary>
    public bool Counts { get; init; } = true;

    public string EncodedId => Base64Url.EncodeToString(Id);

    /// <summary>Answers a registration.</summary>
    public string Register(string options, Answer? answer = null)
    {
        answer ??= Answer.Right;
        var asked = JsonNode.Parse(options)!;
        _rpId = asked["rp"]!["id"]!.GetValue<string>();
        _handle = Base64Url.DecodeFromChars(asked["user"]!["id"]!.GetValue<string>());
        var clientData = ClientData(asked, "webauthn.create", answer);
        var authenticatorData = AuthenticatorData(answer, attested: true);
        var attestation = AttestationObject(authenticatorData, clientData, answer);
        return JsonSerializer.Serialize(
            new
            {
                id = EncodedId,
                rawId = EncodedId,
                type = "public-key",
                response = new
                {
                    clientDataJSON = Base64Url.EncodeToString(clientData),
                    attestationObject = Base64Url.EncodeToString(answer.Attestation?.Invoke(attestation) ?? attestation),
                },
            }
        );
    }

    /// <summary>Answers a login challenge.</summary>
    public string Assert(string options, Answer? answer = null)
    {
        answer ??= Answer.Right;
        Count += Counts ? 1u : 0;
        var clientData = ClientData(JsonNode.Parse(options)!, "webauthn.get", answer);
        var authenticatorData = AuthenticatorData(answer, attested: false);
        byte[] signed = [.. authenticatorData, .. SHA256.HashData(clientData)];
        var signature = _pair.Sign(signed);
        if (answer.SpoilSignature)
        {
            signature[^1] ^= 1;
        }

        return JsonSerializer.Serialize(
            new
            {
                id = EncodedId,
                rawId = EncodedId,
                type = "public-key",
                response = new
                {
                    clientDataJSON = Base64Url.EncodeToString(clientData),
                    authenticatorData = Base64Url.EncodeToString(authenticatorData),
                    signature = Base64Url.EncodeToString(signature),
                    userHandle = Base64Url.EncodeToString(answer.Handle ?? _handle),
                },
            }
        );
    }

    public void Dispose() => _pair.Dispose();

    private byte[] AttestationObject(byte[] authenticatorData, byte[] clientData, Answer answer)
    {
        var cbor = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cbor.WriteStartMap(3);
        cbor.WriteTextString("fmt");
        cbor.WriteTextString(Authority is null ? "none" : "packed");
        cbor.WriteTextString("attStmt");
        if (Authority is null)
        {
            cbor.WriteStartMap(0);
            cbor.WriteEndMap();
        }
        else
        {
            Authority.Attest(cbor, Model, [.. authenticatorData, .. SHA256.HashData(clientData)], answer.SpoilSignature);
        }

        cbor.WriteTextString("authData");
        cbor.WriteByteString(authenticatorData);
        cbor.WriteEndMap();
        return cbor.Encode();
    }

    private static byte[] ClientData(JsonNode options, string type, Answer answer)
    {
        var challenge = answer.Challenge is { } other ? Base64Url.EncodeToString(other) : options["challenge"]!.GetValue<string>();
        return answer.ClientData is { } text
            ? Encoding.UTF8.GetBytes(text.Replace("{0}", challenge, StringComparison.Ordinal))
            : JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    type = answer.Type ?? type,
                    challenge,
                    origin = answer.Origin,
                    crossOrigin = answer.CrossOrigin,
                }
            );
    }

    private byte[] AuthenticatorData(Answer answer, bool attested)
    {
        var flags =
            (answer.UserPresent ? UserPresentFlag : 0)
            | (answer.UserVerified ? UserVerifiedFlag : 0)
            | (answer.BackedUp ? BackupFlags : 0)
            | answer.MoreFlags
            | (attested ? AttestedFlag : 0);
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        byte[] head = [.. SHA256.HashData(Encoding.UTF8.GetBytes(answer.RpId ?? _rpId)), (byte)flags, .. count];
        return attested
            ? [.. head, .. Model.ToByteArray(bigEndian: true), (byte)(Id.Length >> 8), (byte)Id.Length, .. Id, .. _pair.PublicKey()]
            : head;
    }
}
