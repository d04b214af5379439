using System.Formats.Asn1;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Orleans.Sessions.Tests.Harness;

/// <summary>A certificate authority: it attests authenticators, as a manufacturer does, and certifies who signs metadata.</summary>
public sealed class TestAuthority : IDisposable
{
    private const string ModelExtension = "1.3.6.1.4.1.45724.1.1.4";
    private static readonly DateTimeOffset s_from = new(2016, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_until = new(2046, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestAuthority()
    {
        var request = new CertificateRequest("CN=Test Root", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        Root = request.CreateSelfSigned(s_from, s_until);
    }

    /// <summary>The root certificate.</summary>
    public X509Certificate2 Root { get; }

    /// <summary>A certificate of this authority for a key.</summary>
    public X509Certificate2 Certify(ECDsa key, string subject, DateTimeOffset? until = null, params X509Extension[] extensions)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        foreach (var extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        return request.Create(Root, s_from, until ?? s_until, RandomNumberGenerator.GetBytes(8));
    }

    /// <summary>Writes a statement of the format <c>packed</c> (WebAuthn §8.2).</summary>
    public void Attest(CborWriter cbor, Guid model, byte[] data, bool spoil = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new AsnWriter(AsnEncodingRules.DER);
        names.WriteOctetString(model.ToByteArray(bigEndian: true));
        using var certificate = Certify(
            key,
            "CN=Test Key, OU=Authenticator Attestation, O=Test, C=CH",
            until: null,
            new X509Extension(ModelExtension, names.Encode(), critical: false)
        );
        var signature = key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        if (spoil)
        {
            signature[^1] ^= 1;
        }

        cbor.WriteStartMap(3);
        cbor.WriteTextString("alg");
        cbor.WriteInt32(-7);
        cbor.WriteTextString("sig");
        cbor.WriteByteString(signature);
        cbor.WriteTextString("x5c");
        cbor.WriteStartArray(1);
        cbor.WriteByteString(certificate.RawData);
        cbor.WriteEndArray();
        cbor.WriteEndMap();
    }

    public void Dispose()
    {
        Root.Dispose();
        _key.Dispose();
    }
}
