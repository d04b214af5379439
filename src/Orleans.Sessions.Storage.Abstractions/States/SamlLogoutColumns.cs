namespace Orleans.Sessions.States;

/// <summary>The columns of logouts with SAML service providers.</summary>
/// <param name="ExpiresAt">When the row is deleted.</param>
public sealed record SamlLogoutColumns(DateTimeOffset ExpiresAt) : StateColumns;
