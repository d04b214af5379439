using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Sessions.WebAuthn;
using Orleans.Sessions.WebAuthn.Fido;

namespace Orleans.Sessions.Tests.Harness;

/// <summary>The verifier of WebAuthn by itself, with its settings, its metadata and its clock.</summary>
internal sealed class VerifierBench
{
    public const string RpId = "login.example.com";
    private int _number;

    public VerifierBench(Action<RelyingPartyOptions>? party = null)
    {
        var options = new WebAuthnOptions();
        var asked = new RelyingPartyOptions { Id = RpId, Attestation = AttestationConveyance.Direct };
        party?.Invoke(asked);
        options.RelyingParties.Add(asked);
        Metadata = new AuthenticatorMetadata(Clock);
        Attestations = new AttestationRules(Metadata, Clock);
        Verifier = new Fido2Verifier(Attestations, Options.Create(options), NullLogger<Fido2Verifier>.Instance);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public AuthenticatorMetadata Metadata { get; }

    public AttestationRules Attestations { get; }

    public Fido2Verifier Verifier { get; }

    /// <summary>Publishes metadata with these entries, which nobody has to fetch.</summary>
    public async Task PublishAsync(object[] entries, string nextUpdate = "2099-01-01")
    {
        using var authority = new TestAuthority();
        var text = TestBlob.Sign(authority, entries, ++_number, nextUpdate);
        Assert.True(Metadata.Take(await MetadataBlob.ReadAsync(text, [authority.Root], TestBlob.Signer, Clock.GetUtcNow())));
    }

    public async Task<WebAuthnCredential?> RegisterAsync(SoftwareKey key, Answer? answer = null, string rpId = RpId)
    {
        var terms = new WebAuthnTerms(rpId, UserVerification.Required);
        var begun = await Verifier.BeginRegistrationAsync(terms, Holder(), AuthenticatorAttachment.Any);
        return await Verifier.FinishRegistrationAsync(
            terms,
            Holder(),
            begun.State,
            ClientCredential.ReadAttestation(key.Register(begun.Options, answer))!
        );
    }

    public async Task<VerifiedAssertion?> AssertAsync(SoftwareKey key, WebAuthnCredential stored, Answer? answer = null, string rpId = RpId)
    {
        var terms = new WebAuthnTerms(rpId, UserVerification.Required);
        var begun = await Verifier.BeginAssertionAsync(terms, Holder(stored));
        return await Verifier.FinishAssertionAsync(
            terms,
            Holder(stored),
            begun.State,
            ClientCredential.ReadAssertion(key.Assert(begun.Options, answer))!
        );
    }

    private static KeyHolder Holder(params WebAuthnCredential[] credentials) => new("user-1", "minnie", "Minnie", [.. credentials]);
}
