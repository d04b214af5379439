namespace Orleans.Sessions.WebAuthn;

/// <summary>What one relying party asks of passkeys and security keys; entries of <c>Sessions:WebAuthn:RelyingParties</c>.</summary>
internal sealed class RelyingPartyOptions
{
    /// <summary>The relying party id: the host of its login pages, or a parent domain of it.</summary>
    public string Id { get; set; } = "";

    /// <summary>
    /// Further origins whose pages and apps may use its keys, compared character by character: related origins such as
    /// <c>https://login.example.net</c>, which <c>/.well-known/webauthn</c> of the id shows to browsers, and apps such as
    /// <c>android:apk-key-hash:…</c>. At most 20.
    /// </summary>
    public IList<string> Origins { get; } = [];

    /// <summary>
    /// How much authenticators say about themselves: <c>None</c>, <c>Indirect</c>, <c>Direct</c> or <c>Enterprise</c>. Level
    /// <c>aal3</c> needs <c>Direct</c> or <c>Enterprise</c>.
    /// </summary>
    public AttestationConveyance Attestation { get; set; }

    /// <summary>
    /// Whether a key is only registered if its attestation leads to a certificate that the metadata names for its model. Needs
    /// <c>Attestation</c> and <c>Sessions:WebAuthn:Metadata</c>.
    /// </summary>
    public bool RequireTrustedAttestation { get; set; }

    /// <summary>
    /// The AAGUIDs of the models that may be registered. Empty: any. Without <c>RequireTrustedAttestation</c> an AAGUID is only a claim.
    /// </summary>
    public IList<string> AllowedModels { get; } = [];

    /// <summary>The AAGUIDs of models that may not be registered.</summary>
    public IList<string> BlockedModels { get; } = [];

    /// <summary>Whether keys of a model may be registered.</summary>
    internal bool Admits(Guid model) => (AllowedModels.Count == 0 || Names(AllowedModels, model)) && !Names(BlockedModels, model);

    private static bool Names(IList<string> models, Guid model) => models.Any(text => Guid.TryParse(text, out var one) && one == model);
}
