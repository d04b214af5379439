using System.Globalization;
using Fido2NetLib;

namespace Orleans.Sessions.WebAuthn.Fido;

/// <summary>What the metadata says about a model of authenticators (FIDO Metadata Service 3.1, section 3.1.4). Pure functions.</summary>
internal static class ModelStatus
{
    /// <summary>Whether the model was revoked: no key of it may be used any more.</summary>
    public static bool IsRevoked(MetadataBLOBPayloadEntry entry, DateTimeOffset now) =>
        InEffect(entry, now).Any(report => report.Status == AuthenticatorStatus.REVOKED);

    /// <summary>
    /// Whether no new key of the model is accepted: it was revoked, or a report says that its keys, its attestation or its verification of
    /// people is broken. Only a later certification puts that right. An update that is available may not be on the device that answers.
    /// </summary>
    public static bool IsCompromised(MetadataBLOBPayloadEntry entry, DateTimeOffset now) =>
        IsRevoked(entry, now)
        || (
            InEffect(entry, now).LastOrDefault(report => IsBroken(report.Status) || IsConfirmed(report.Status)) is { } last
            && IsBroken(last.Status)
        );

    /// <summary>
    /// Whether the model is certified by the FIDO Alliance, at level 1 or above, to keep keys in hardware, and only there. A status that is
    /// not known may say the contrary.
    /// </summary>
    public static bool IsCertifiedHardware(MetadataBLOBPayloadEntry entry, DateTimeOffset now) =>
        !IsCompromised(entry, now)
        && InEffect(entry, now).Any(report => IsCertified(report.Status))
        && InEffect(entry, now).All(report => report.Status != StatusConverter.Unknown)
        && entry.MetadataStatement?.KeyProtection is { } protection
        && protection.Any(kind => kind is "hardware" or "secure_element")
        && !protection.Contains("software");

    private static bool IsBroken(AuthenticatorStatus status) =>
        status
            is AuthenticatorStatus.ATTESTATION_KEY_COMPROMISE
                or AuthenticatorStatus.USER_VERIFICATION_BYPASS
                or AuthenticatorStatus.USER_KEY_REMOTE_COMPROMISE
                or AuthenticatorStatus.USER_KEY_PHYSICAL_COMPROMISE;

    private static bool IsConfirmed(AuthenticatorStatus status) => status == AuthenticatorStatus.FIDO_CERTIFIED || IsCertified(status);

    private static bool IsCertified(AuthenticatorStatus status) =>
        status
            is AuthenticatorStatus.FIDO_CERTIFIED_L1
                or AuthenticatorStatus.FIDO_CERTIFIED_L1plus
                or AuthenticatorStatus.FIDO_CERTIFIED_L2
                or AuthenticatorStatus.FIDO_CERTIFIED_L2plus
                or AuthenticatorStatus.FIDO_CERTIFIED_L3
                or AuthenticatorStatus.FIDO_CERTIFIED_L3plus;

    /// <summary>The reports that count by now, the latest last. One without a date is the oldest.</summary>
    private static IEnumerable<StatusReport> InEffect(MetadataBLOBPayloadEntry entry, DateTimeOffset now) =>
        (entry.StatusReports ?? [])
            .Select(report => (Report: report, From: DateOf(report.EffectiveDate)))
            .Where(one => one.From <= now)
            .OrderBy(one => one.From)
            .Select(one => one.Report);

    private static DateTimeOffset DateOf(string? date) =>
        DateTimeOffset.TryParse(
            date,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var from
        )
            ? from
            : DateTimeOffset.MinValue;
}
