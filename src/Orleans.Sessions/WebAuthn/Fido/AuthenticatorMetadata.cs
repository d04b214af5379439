using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Fido2NetLib;

namespace Orleans.Sessions.WebAuthn.Fido;

/// <summary>The metadata of authenticators that was read last. Without a source there is none, and no authenticator is known.</summary>
internal sealed class AuthenticatorMetadata(TimeProvider clock)
{
    private volatile Known? _known;

    /// <summary>
    /// Whether the metadata may vouch for an authenticator: it was read, and its next edition is not overdue. Revocations in it count for
    /// longer.
    /// </summary>
    public bool IsCurrent => _known is { } known && clock.GetUtcNow() < known.ValidUntil;

    /// <summary>
    /// Takes over a verified edition. Returns <c>false</c> if a later one is known already: whoever can present an old edition must not be
    /// able to make a revocation unheard.
    /// </summary>
    public bool Take(MetadataBLOBPayload payload)
    {
        if (_known is { } known && payload.Number < known.Number)
        {
            return false;
        }

        // The edition counts until the end of that day.
        var validUntil = DateOnly.TryParseExact(
            payload.NextUpdate,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero)
            : DateTimeOffset.MinValue;
        _known = new Known(
            payload.Number,
            validUntil,
            payload
                .Entries.Where(entry => entry.AaGuid is not null)
                .DistinctBy(entry => entry.AaGuid!.Value)
                .ToDictionary(entry => entry.AaGuid!.Value),
            [.. payload.Entries.Where(entry => entry.AttestationCertificateKeyIdentifiers is { Length: > 0 })]
        );
        return true;
    }

    /// <summary>The entry of a model; <c>null</c> if there is none.</summary>
    public MetadataBLOBPayloadEntry? Find(Guid model) => _known?.ByModel.GetValueOrDefault(model);

    /// <summary>
    /// The entry of an authenticator without an AAGUID, by the certificate of its attestation; <c>null</c> if there is none.
    /// </summary>
    public MetadataBLOBPayloadEntry? Find(X509Certificate2 attestation) =>
        _known?.ByCertificate.FirstOrDefault(entry => entry.MatchesAttestationCertificate(attestation));

    private sealed record Known(
        int Number,
        DateTimeOffset ValidUntil,
        Dictionary<Guid, MetadataBLOBPayloadEntry> ByModel,
        List<MetadataBLOBPayloadEntry> ByCertificate
    );
}
