using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.WebAuthn;

/// <summary>
/// Passkeys and security keys; configuration section <c>Sessions:WebAuthn</c>. This file is part of the grains and of the gateway, which
/// shows related origins to browsers.
/// </summary>
internal sealed class WebAuthnOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:WebAuthn";

    private const int MaxOrigins = 20;

    /// <summary>Relying parties with rules of their own. All others ask for no attestation and have no further origins.</summary>
    public IList<RelyingPartyOptions> RelyingParties { get; } = [];

    /// <summary>Where the metadata of authenticators comes from.</summary>
    public MetadataOptions Metadata { get; set; } = new();

    /// <summary>Whether there is metadata to read.</summary>
    internal bool HasMetadata => Metadata.File is not null || Metadata.Url is not null;

    /// <summary>The rules of a relying party.</summary>
    internal RelyingPartyOptions Find(string rpId) =>
        RelyingParties.FirstOrDefault(party => string.Equals(party.Id, rpId, StringComparison.OrdinalIgnoreCase))
        ?? new RelyingPartyOptions { Id = rpId };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var party in RelyingParties)
        {
            if (Uri.CheckHostName(party.Id) != UriHostNameType.Dns)
            {
                yield return Refused(nameof(RelyingParties), "every entry needs an Id that is a host name.");
            }

            if (party.Origins.Count > MaxOrigins || !party.Origins.All(IsOrigin))
            {
                yield return Refused(nameof(RelyingParties), $"Origins are at most {MaxOrigins} absolute addresses without a path.");
            }

            if (!party.AllowedModels.Concat(party.BlockedModels).All(model => Guid.TryParse(model, out _)))
            {
                yield return Refused(nameof(RelyingParties), "AllowedModels and BlockedModels are AAGUIDs.");
            }

            if (party.RequireTrustedAttestation && (party.Attestation == AttestationConveyance.None || !HasMetadata))
            {
                yield return Refused(nameof(RelyingParties), "RequireTrustedAttestation needs Attestation and Sessions:WebAuthn:Metadata.");
            }
        }

        if (RelyingParties.DistinctBy(party => party.Id, StringComparer.OrdinalIgnoreCase).Count() != RelyingParties.Count)
        {
            yield return Refused(nameof(RelyingParties), "two entries have the same Id.");
        }

        if (Metadata is { File: not null, Url: not null })
        {
            yield return Refused(nameof(Metadata), "it has a File or a Url, not both.");
        }

        if (HasMetadata && Metadata.Roots is null)
        {
            yield return Refused(nameof(Metadata), "it needs Roots.");
        }

        if (
            Metadata.Url is { } url
            && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp))
        )
        {
            yield return Refused(nameof(Metadata), "Url must be an absolute http or https URL.");
        }

        if (Uri.CheckHostName(Metadata.Signer) != UriHostNameType.Dns)
        {
            yield return Refused(nameof(Metadata), "Signer must be a host name.");
        }

        var results = new List<ValidationResult>();
        Validator.TryValidateObject(Metadata, new ValidationContext(Metadata), results, validateAllProperties: true);
        foreach (var result in results)
        {
            yield return result;
        }
    }

    /// <summary>Browsers send origins in lower case and without a path, so that any other text would never match.</summary>
    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (!text.Contains("://", StringComparison.Ordinal) || uri.GetLeftPart(UriPartial.Authority) == text);

    private static ValidationResult Refused(string member, string rule) => new($"{Section}:{member}: {rule}", [member]);
}
