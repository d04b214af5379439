using System.Text;
using Fido2NetLib;
using Fido2NetLib.Objects;
using PlatformAttachment = Fido2NetLib.Objects.AuthenticatorAttachment;

namespace Orleans.Sessions.WebAuthn.Fido;

/// <summary>What browsers are asked for (WebAuthn §5.4, §5.5). Pure functions.</summary>
internal static class CeremonyOptions
{
    /// <summary>The algorithms of keys, the preferred ones first.</summary>
    private static readonly PubKeyCredParam[] s_algorithms =
    [
        PubKeyCredParam.ES256,
        PubKeyCredParam.Ed25519,
        PubKeyCredParam.RS256,
        PubKeyCredParam.PS256,
        PubKeyCredParam.ES384,
        PubKeyCredParam.RS384,
        PubKeyCredParam.PS384,
        PubKeyCredParam.ES512,
        PubKeyCredParam.RS512,
        PubKeyCredParam.PS512,
        new(COSE.Algorithm.ES256K),
    ];

    /// <summary>
    /// The library's configuration for a ceremony of this relying party, whose answer comes from <paramref name="origin"/>.
    /// </summary>
    public static Fido2Configuration Configuration(WebAuthnTerms terms, string? origin = null) =>
        new()
        {
            RPID = terms.RpId,
            RPName = terms.RpId,
            Timeout = (uint)WebAuthnRules.CeremonyLifetime.TotalMilliseconds,
            Origins = origin is null ? [] : new HashSet<string>(StringComparer.Ordinal) { origin },
        };

    /// <summary>The options of a registration.</summary>
    public static CredentialCreateOptions Registration(
        WebAuthnTerms terms,
        KeyHolder holder,
        AttestationConveyance attestation,
        AuthenticatorAttachment attachment,
        byte[] challenge
    ) =>
        CredentialCreateOptions.Create(
            Configuration(terms),
            challenge,
            new Fido2User
            {
                Id = Encoding.UTF8.GetBytes(holder.Handle),
                Name = holder.Name,
                DisplayName = holder.DisplayName,
            },
            new AuthenticatorSelection
            {
                ResidentKey = terms.Kind == WebAuthnKind.Passkey ? ResidentKeyRequirement.Required : ResidentKeyRequirement.Discouraged,
                UserVerification = VerificationOf(terms),
                AuthenticatorAttachment = attachment switch
                {
                    AuthenticatorAttachment.Platform => PlatformAttachment.Platform,
                    AuthenticatorAttachment.CrossPlatform => PlatformAttachment.CrossPlatform,
                    _ => null,
                },
            },
            attestation switch
            {
                AttestationConveyance.Indirect => AttestationConveyancePreference.Indirect,
                AttestationConveyance.Direct => AttestationConveyancePreference.Direct,
                AttestationConveyance.Enterprise => AttestationConveyancePreference.Enterprise,
                _ => AttestationConveyancePreference.None,
            },
            Descriptors(holder),
            extensions: null,
            s_algorithms
        );

    /// <summary>The options of a login; without a <paramref name="holder"/> any discoverable key may answer.</summary>
    public static AssertionOptions Assertion(WebAuthnTerms terms, KeyHolder? holder, byte[] challenge) =>
        AssertionOptions.Create(
            Configuration(terms),
            challenge,
            holder is null ? [] : Descriptors(holder),
            VerificationOf(terms),
            extensions: null
        );

    private static UserVerificationRequirement VerificationOf(WebAuthnTerms terms) =>
        terms.UserVerification switch
        {
            UserVerification.Required => UserVerificationRequirement.Required,
            UserVerification.Preferred => UserVerificationRequirement.Preferred,
            _ => UserVerificationRequirement.Discouraged,
        };

    private static PublicKeyCredentialDescriptor[] Descriptors(KeyHolder holder) =>
        [
            .. holder.Credentials.Select(key => new PublicKeyCredentialDescriptor(
                PublicKeyCredentialType.PublicKey,
                [.. key.Id],
                [.. key.Transports.Select(TransportOf).OfType<AuthenticatorTransport>()]
            )),
        ];

    /// <summary>The transport of this name; <c>null</c> if the library does not know it.</summary>
    private static AuthenticatorTransport? TransportOf(string name) =>
        name switch
        {
            "usb" => AuthenticatorTransport.Usb,
            "nfc" => AuthenticatorTransport.Nfc,
            "ble" => AuthenticatorTransport.Ble,
            "smart-card" => AuthenticatorTransport.SmartCard,
            "hybrid" => AuthenticatorTransport.Hybrid,
            "internal" => AuthenticatorTransport.Internal,
            _ => null,
        };
}
