using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions;

/// <summary>
/// The settings of this installation that are changed at run time (key <see cref="GrainKeys.Instance"/>). They are one record with one
/// version. When a method returns, its change is durable. Every node follows within a second. The configuration has priority over this
/// grain, which does not know the configuration: callers must apply it.
/// </summary>
[Alias("sessions.IInstanceSettingsGrain")]
public interface IInstanceSettingsGrain : IGrainWithStringKey
{
    /// <summary>The settings.</summary>
    [AlwaysInterleave]
    [Alias("Get")]
    Task<InstanceSettings> GetAsync();

    /// <summary>
    /// Sets the origins whose pages may show the pages of this service in a frame; none: no page may. Needs <c>iam.policy.write</c>. Fails
    /// with <c>SETTINGS-Fram1</c>.
    /// </summary>
    [Alias("SetFrameOrigins")]
    Task<InstanceSettings> SetFrameOriginsAsync(Caller caller, ImmutableArray<string> origins);

    /// <summary>
    /// Sets the login page at one level. <c>null</c> removes the level's own value, and an empty text says that the level has the page of
    /// the configuration. Needs <c>iam.feature.write</c>. Fails with <c>FEATURE-Login</c>.
    /// </summary>
    [Alias("SetLoginPage")]
    Task<InstanceSettings> SetLoginPageAsync(Caller caller, SettingsLevel level, string? page);

    /// <summary>
    /// Sets whether login pages offer an identity provider, and whether logins at it can begin. Needs <c>iam.idp.write</c>. Fails with
    /// <c>COMMAND-idpNf</c>, or with <c>COMMAND-idpCf</c> for a provider of the configuration, which is always offered.
    /// </summary>
    [Alias("OfferProvider")]
    Task<InstanceSettings> OfferProviderAsync(Caller caller, string providerId, bool isOffered);
}
