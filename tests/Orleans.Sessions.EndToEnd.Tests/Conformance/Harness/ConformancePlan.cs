namespace Orleans.Sessions.EndToEnd.Conformance.Harness;

/// <summary>A plan of the OpenID Foundation.</summary>
/// <param name="Name">The plan's name in the foundation's suite.</param>
/// <param name="Modules">Its modules.</param>
/// <param name="ResponseMode">How answers come to the client; <c>null</c> means by the default.</param>
public sealed record ConformancePlan(string Name, IReadOnlyList<ConformanceModule> Modules, string? ResponseMode = null)
{
    /// <summary>The setting that must be on for the plan; <c>null</c> if all settings may have their defaults.</summary>
    public string? Switch { get; init; }

    /// <summary>The plans.</summary>
    public static IReadOnlyList<ConformancePlan> All { get; } =
    [
        new("oidcc-config-certification-test-plan", ConfigModules.All),
        new("oidcc-basic-certification-test-plan", BasicModules.All),
        new("oidcc-formpost-basic-certification-test-plan", BasicModules.All, "form_post"),
        new("oidcc-rp-initiated-logout-certification-test-plan", LogoutModules.RelyingPartyInitiated),
        new("oidcc-backchannel-rp-initiated-logout-certification-test-plan", LogoutModules.BackChannel),
        new("oidcc-dynamic-certification-test-plan", SkippedModules.Dynamic),
        new("oidcc-frontchannel-rp-initiated-logout-certification-test-plan", SkippedModules.FrontChannel),
        new("oidcc-session-management-certification-test-plan", SessionModules.All) { Switch = "Sessions__Oidc__SessionManagement" },
        new("fapi2-security-profile-final-test-plan", [.. FapiModules.RequestObjects, .. SkippedModules.Fapi2]),
    ];
}
