using System.Security.Cryptography.X509Certificates;
using Fido2NetLib;
using Fido2NetLib.Cbor;
using Fido2NetLib.Objects;

namespace Orleans.Sessions.WebAuthn.Fido;

/// <summary>
/// Judges what an authenticator says about itself, after the library has verified the statement as such (WebAuthn §7.1, steps 21 to 24).
/// The library's own judgement fetches lists of revoked certificates from addresses that the certificates name; this one fetches nothing.
/// </summary>
internal sealed class AttestationRules(AuthenticatorMetadata metadata, TimeProvider clock)
{
    /// <summary>
    /// The formats that are accepted. Google no longer serves android-safetynet, and apple-appattest is for apps, not for keys.
    /// </summary>
    private static readonly HashSet<string> s_formats = ["none", "packed", "tpm", "android-key", "apple", "fido-u2f"];

    private const int MaxCertificates = 8;

    /// <summary>Whether statements of this format are accepted.</summary>
    public static bool Knows(string format) => s_formats.Contains(format);

    /// <summary>The attestation object as an authenticator makes it that says nothing about itself (WebAuthn §8.7).</summary>
    public static byte[] WithoutStatement(AuthenticatorData data) =>
        new CborMap
        {
            { "fmt", "none" },
            { "attStmt", new CborMap() },
            { "authData", data.ToByteArray() },
        }.Encode();

    /// <summary>
    /// What the statement shows. Fails with <c>COMMAND-Wan51</c> if the relying party does not accept the authenticator: its model is
    /// blocked, not allowed, revoked or compromised, or it lacks an attestation that leads to a trusted certificate.
    /// </summary>
    public KeyAttestation Judge(AuthenticatorAttestationResponse answer, RegisteredPublicKeyCredential key, RelyingPartyOptions party)
    {
        var now = clock.GetUtcNow();
        var path = Path(answer.AttestationObject.AttStmt);
        try
        {
            var entry = metadata.Find(key.AaGuid) ?? (path.Count > 0 && key.AaGuid == Guid.Empty ? metadata.Find(path[0]) : null);
            var isTrusted = path.Count > 0 && entry is not null && metadata.IsCurrent && Vouches(entry, path, now);
            return
                !party.Admits(key.AaGuid)
                || (entry is not null && ModelStatus.IsCompromised(entry, now))
                || (party.RequireTrustedAttestation && !isTrusted)
                ? throw new SessionException(SessionErrors.WebAuthnAuthenticatorRefused)
                : new KeyAttestation(
                    key.AaGuid,
                    key.AttestationFormat,
                    key.AttestationType,
                    isTrusted,
                    entry?.MetadataStatement?.Description
                );
        }
        finally
        {
            foreach (var certificate in path)
            {
                certificate.Dispose();
            }
        }
    }

    /// <summary>Whether keys that were registered with such an attestation may still log in.</summary>
    public bool IsRevoked(KeyAttestation? attestation) =>
        attestation is not null && metadata.Find(attestation.Model) is { } entry && ModelStatus.IsRevoked(entry, clock.GetUtcNow());

    /// <summary>
    /// Whether the key is known to be only in the hardware of a certified authenticator: by its attestation when it was registered, and by
    /// what the metadata says about the model now.
    /// </summary>
    public bool IsHardwareBound(WebAuthnCredential key) =>
        key is { IsBackupEligible: false, IsBackedUp: false, Attestation: { IsTrusted: true } attestation }
        && metadata.IsCurrent
        && metadata.Find(attestation.Model) is { } entry
        && ModelStatus.IsCertifiedHardware(entry, clock.GetUtcNow());

    private static bool Vouches(MetadataBLOBPayloadEntry entry, List<X509Certificate2> path, DateTimeOffset now)
    {
        var anchors = new List<X509Certificate2>();
        try
        {
            foreach (var encoded in entry.MetadataStatement?.AttestationRootCertificates ?? [])
            {
                anchors.Add(X509CertificateLoader.LoadCertificate(Convert.FromBase64String(encoded)));
            }

            return CertificateTrust.Leads(path, anchors, now);
        }
        finally
        {
            foreach (var anchor in anchors)
            {
                anchor.Dispose();
            }
        }
    }

    private static List<X509Certificate2> Path(CborMap statement) =>
        statement["x5c"] is CborArray { Length: <= MaxCertificates } certificates
            ? [.. certificates.OfType<CborByteString>().Select(one => X509CertificateLoader.LoadCertificate(one.Value))]
            : [];
}
