namespace Orleans.Sessions.States;

/// <summary>The columns of answers that SAML service providers fetch by an artifact.</summary>
/// <param name="ExpiresAt">When the row is deleted.</param>
public sealed record SamlArtifactColumns(DateTimeOffset ExpiresAt) : StateColumns;
