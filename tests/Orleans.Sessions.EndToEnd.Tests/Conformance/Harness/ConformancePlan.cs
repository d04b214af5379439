namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <summary>A plan of the OpenID Foundation.</summary>
/// <param name="Name">The plan's name in the foundation's suite, and the variant if there are several.</param>
/// <param name="Modules">Its modules.</param>
/// <param name="ResponseMode">How answers come to the client; <c>null</c> means by the default.</param>
/// <param name="NeedsRegistration">Whether clients register themselves, which is off by default.</param>
public sealed record ConformancePlan(
    string Name,
    IReadOnlyList<ConformanceModule> Modules,
    string? ResponseMode = null,
    bool NeedsRegistration = false
)
{
    /// <summary>The setting that must be on for the plan; <c>null</c> if all settings may have their defaults.</summary>
    public string? Switch { get; init; }

    /// <summary>Whether clients have TLS certificates.</summary>
    public bool NeedsCertificates { get; init; }

    /// <summary>The plans.</summary>
    public static IReadOnlyList<ConformancePlan> All { get; } =
    [
        new("oidcc-config-certification-test-plan", ConfigModules.All),
        new("oidcc-basic-certification-test-plan", BasicModules.All),
        new("oidcc-formpost-basic-certification-test-plan", BasicModules.All, "form_post"),
        new("oidcc-rp-initiated-logout-certification-test-plan", LogoutModules.RelyingPartyInitiated),
        new("oidcc-backchannel-rp-initiated-logout-certification-test-plan", LogoutModules.BackChannel),
        new("oidcc-dynamic-certification-test-plan", DynamicModules.All, NeedsRegistration: true),
        new("oidcc-frontchannel-rp-initiated-logout-certification-test-plan", LogoutModules.FrontChannel),
        new("oidcc-session-management-certification-test-plan", SessionModules.All) { Switch = "Sessions__Oidc__SessionManagement" },
        new("fapi2-security-profile-final-test-plan", Fapi2Modules.OpenId),
        new("fapi2-security-profile-final-test-plan-plain_oauth", Fapi2Modules.PlainOAuth),
        new("fapi2-security-profile-final-test-plan-mtls", Fapi2Modules.OpenIdWithCertificates) { NeedsCertificates = true },
        new("fapi2-security-profile-final-test-plan-plain_oauth-mtls", Fapi2Modules.PlainOAuthWithCertificates)
        {
            NeedsCertificates = true,
        },
        new("fapi2-message-signing-final-test-plan-plain_response", MessageSigningModules.All),
        new("oidcc-client-basic-certification-test-plan", ProviderModules.All),
    ];
}
