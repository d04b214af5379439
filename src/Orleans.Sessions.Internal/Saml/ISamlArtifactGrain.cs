namespace Orleans.Sessions.Saml;

/// <summary>
/// An answer that a service provider fetches by an artifact (key <see cref="GrainKeys.SamlArtifact"/>, derived from the artifact by
/// <see cref="SamlArtifactIds"/>; SAML bindings §3.6). Any node can resolve it, once and for a short time.
/// </summary>
[Alias("sessions.ISamlArtifactGrain")]
public interface ISamlArtifactGrain : IGrainWithStringKey
{
    /// <summary>Stores the answer. The key is random, so a repeated call stores nothing new. In-cluster only.</summary>
    [Alias("Keep")]
    Task KeepAsync(SamlAnswer answer);

    /// <summary>
    /// The answer, the first time that the service provider asks for which it was made; otherwise <c>null</c>. It is also <c>null</c> if it
    /// is a login that the person could not use any more (<see cref="ISamlRequestGrain.GetLiveLoginAsync"/>).
    /// <paramref name="attempt"/> is a random value by which the grain recognizes a repeated call. In-cluster only.
    /// </summary>
    [Alias("Resolve")]
    Task<SamlAnswer?> ResolveAsync(string entityId, string attempt);
}
