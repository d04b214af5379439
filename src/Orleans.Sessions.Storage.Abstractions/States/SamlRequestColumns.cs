namespace Orleans.Sessions.States;

/// <summary>The columns of requests of SAML service providers.</summary>
/// <param name="ExpiresAt">When the row is deleted, unless a logout of its session needs it.</param>
public sealed record SamlRequestColumns(DateTimeOffset ExpiresAt) : StateColumns;
