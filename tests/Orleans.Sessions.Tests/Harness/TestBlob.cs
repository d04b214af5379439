using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Orleans.Sessions.Tests.Harness;

/// <summary>The signed metadata of authenticators, as the FIDO metadata service publishes it.</summary>
internal static class TestBlob
{
    public const string Signer = "mds.fidoalliance.org";

    /// <summary>The entry of a model whose attestation leads to the authority.</summary>
    public static object Entry(Guid model, TestAuthority authority, (string Status, string Date)[] reports, params string[] protection) =>
        Entry(model, authority.Root.RawData, reports, protection);

    /// <summary>The entry of a model whose attestation leads to this certificate.</summary>
    public static object Entry(Guid model, byte[] root, (string Status, string Date)[] reports, params string[] protection) =>
        new
        {
            aaguid = model,
            timeOfLastStatusChange = "2025-01-01",
            statusReports = reports.Select(report => new { status = report.Status, effectiveDate = report.Date }),
            metadataStatement = new
            {
                aaguid = model,
                description = "Test Key 5",
                attestationTypes = new[] { "basic_full" },
                keyProtection = protection,
                attestationRootCertificates = new[] { Convert.ToBase64String(root) },
            },
        };

    /// <summary>The text of an edition.</summary>
    public static string Sign(
        TestAuthority authority,
        object[] entries,
        int number = 1,
        string nextUpdate = "2099-01-01",
        string signer = Signer,
        DateTimeOffset? until = null,
        string algorithm = "ES256"
    )
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = authority.Certify(key, $"CN={signer}", until);
        var header = new
        {
            alg = algorithm,
            typ = "JWT",
            x5c = new[] { Convert.ToBase64String(certificate.RawData) },
        };
        var payload = new
        {
            no = number,
            nextUpdate,
            entries,
        };
        var signed = $"{Part(header)}.{Part(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
