using System.Formats.Cbor;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace Orleans.Sessions.Tests.Harness;

/// <summary>The key pair of an authenticator's credential.</summary>
public sealed class SigningPair : IDisposable
{
    private readonly KeyAlgorithm _algorithm;
    private readonly ECDsa? _ecdsa;
    private readonly RSA? _rsa;
    private readonly Key? _ed25519;

    public SigningPair(KeyAlgorithm algorithm)
    {
        _algorithm = algorithm;
        switch (algorithm)
        {
            case KeyAlgorithm.Rs256:
                _rsa = RSA.Create(2048);
                break;
            case KeyAlgorithm.EdDsa:
                _ed25519 = Key.Create(SignatureAlgorithm.Ed25519);
                break;
            case KeyAlgorithm.Es256K:
                _ecdsa = ECDsa.Create(ECCurve.CreateFromFriendlyName("secP256k1"));
                break;
            default:
                _ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                break;
        }
    }

    private SigningPair(ECDsa ecdsa) => (_algorithm, _ecdsa) = (KeyAlgorithm.Es256, ecdsa);

    /// <summary>A pair whose private key is known.</summary>
    public static SigningPair FromPem(string pem)
    {
        var ecdsa = ECDsa.Create();
        ecdsa.ImportFromPem(pem);
        return new SigningPair(ecdsa);
    }

    public byte[] Sign(byte[] data) =>
        _rsa?.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        ?? _ecdsa?.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
        ?? SignatureAlgorithm.Ed25519.Sign(_ed25519!, data);

    /// <summary>The public key, COSE.</summary>
    public byte[] PublicKey()
    {
        var cbor = new CborWriter(CborConformanceMode.Ctap2Canonical);
        if (_rsa is not null)
        {
            var rsa = _rsa.ExportParameters(false);
            Write(cbor, 4, (1, 3L), (3, -257L), (-1, rsa.Modulus!), (-2, rsa.Exponent!));
        }
        else if (_ed25519 is not null)
        {
            Write(cbor, 4, (1, 1L), (3, -8L), (-1, 6L), (-2, _ed25519.PublicKey.Export(KeyBlobFormat.RawPublicKey)));
        }
        else
        {
            var point = _ecdsa!.ExportParameters(false).Q;
            var (algorithm, curve) = _algorithm == KeyAlgorithm.Es256K ? (-47L, 8L) : (-7L, 1L);
            Write(cbor, 5, (1, 2L), (3, algorithm), (-1, curve), (-2, point.X!), (-3, point.Y!));
        }

        return cbor.Encode();
    }

    public void Dispose()
    {
        _ecdsa?.Dispose();
        _rsa?.Dispose();
        _ed25519?.Dispose();
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
