using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions;

/// <summary>
/// The texts of login pages that administrators have changed, by language: those of the installation (key
/// <see cref="GrainKeys.LoginTexts"/>) or of one organization (key <see cref="GrainKeys.LoginTextsOf"/>). When a method returns, its change
/// is durable.
/// </summary>
[Alias("sessions.ILoginTextsGrain")]
public interface ILoginTextsGrain : IGrainWithStringKey
{
    /// <summary>The maximum number of languages.</summary>
    const int MaxLocales = 50;

    /// <summary>The texts in these languages, as JSON objects. A language without texts is left out.</summary>
    [AlwaysInterleave]
    [Alias("Get")]
    Task<ImmutableArray<string>> GetAsync(ImmutableArray<string> locales);

    /// <summary>
    /// Replaces the texts in one language; <c>null</c> removes them. Needs <c>iam.policy.write</c>. Fails with <c>SETTINGS-Text3</c>, and
    /// with <c>AUTH-Bs7Ds</c> if the organization was deleted.
    /// </summary>
    [Alias("Set")]
    Task SetAsync(Caller caller, string locale, string? texts);

    /// <summary>Removes the texts in all languages, because the organization is deleted. In-cluster only.</summary>
    [Alias("Remove")]
    Task RemoveAsync();
}
