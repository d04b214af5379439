namespace Orleans.Sessions.Oidc.Authorizations;

/// <summary>An OAuth error with its description.</summary>
internal sealed record AuthorizationFailure(string Error, string? Description = null, string? Uri = null);
