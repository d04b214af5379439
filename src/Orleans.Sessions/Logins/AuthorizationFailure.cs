namespace Orleans.Sessions.Logins;

/// <summary>Why a login did not come about: an OAuth error, or a status of SAML, with its description.</summary>
internal sealed record AuthorizationFailure(string Error, string? Description = null, string? Uri = null);
