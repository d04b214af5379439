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
}

/// <summary>A WebAuthn authenticator with one key, and its browser, in software.</summary>
public sealed class SoftwareKey : IDisposable
{
    private const byte UserPresentFlag = 0x01;
    private const byte UserVerifiedFlag = 0x04;
    private const byte BackupFlags = 0x18;
    private const byte AttestedFlag = 0x40;

    private readonly ECDsa _ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly RSA? _rsa;
    private string _rpId = "";
    private byte[] _handle = [];

    public SoftwareKey(bool useRsa = false) => _rsa = useRsa ? RSA.Create(2048) : null;

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
        var cbor = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cbor.WriteStartMap(3);
        cbor.WriteTextString("fmt");
        cbor.WriteTextString("none");
        cbor.WriteTextString("attStmt");
        cbor.WriteStartMap(0);
        cbor.WriteEndMap();
        cbor.WriteTextString("authData");
        cbor.WriteByteString(authenticatorData);
        cbor.WriteEndMap();
        return JsonSerializer.Serialize(
            new
            {
                id = EncodedId,
                rawId = EncodedId,
                type = "public-key",
                response = new
                {
                    clientDataJSON = Base64Url.EncodeToString(clientData),
                    attestationObject = Base64Url.EncodeToString(cbor.Encode()),
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
        var signature = _rsa is null
            ? _ecdsa.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
            : _rsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
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

    public void Dispose()
    {
        _ecdsa.Dispose();
        _rsa?.Dispose();
    }

    private static byte[] ClientData(JsonNode options, string type, Answer answer) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                type = answer.Type ?? type,
                challenge = answer.Challenge is { } other ? Base64Url.EncodeToString(other) : options["challenge"]!.GetValue<string>(),
                origin = answer.Origin,
                crossOrigin = answer.CrossOrigin,
            }
        );

    private byte[] AuthenticatorData(Answer answer, bool attested)
    {
        var flags =
            (answer.UserPresent ? UserPresentFlag : 0)
            | (answer.UserVerified ? UserVerifiedFlag : 0)
            | (answer.BackedUp ? BackupFlags : 0)
            | (attested ? AttestedFlag : 0);
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        byte[] head = [.. SHA256.HashData(Encoding.UTF8.GetBytes(answer.RpId ?? _rpId)), (byte)flags, .. count];
        return attested ? [.. head, .. new byte[16], (byte)(Id.Length >> 8), (byte)Id.Length, .. Id, .. PublicKey()] : head;
    }

    private byte[] PublicKey()
    {
        var cbor = new CborWriter(CborConformanceMode.Ctap2Canonical);
        if (_rsa is null)
        {
            var point = _ecdsa.ExportParameters(false).Q;
            Write(cbor, 5, (1, 2L), (3, -7L), (-1, 1L), (-2, point.X!), (-3, point.Y!));
        }
        else
        {
            var rsa = _rsa.ExportParameters(false);
            Write(cbor, 4, (1, 3L), (3, -257L), (-1, rsa.Modulus!), (-2, rsa.Exponent!));
        }

        return cbor.Encode();
    }

    private static void Write(CborWriter cbor, int members, params (int Label, object Value)[] map)
    {
        cbor.WriteStartMap(members);
        foreach (var (label, value) in map)
        {
            cbor.WriteInt32(label);
            if (value is byte[] bytes)
            {
                cbor.WriteByteString(bytes);
            }
            else
            {
                cbor.WriteInt64((long)value);
            }
        }

        cbor.WriteEndMap();
    }
}
