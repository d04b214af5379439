namespace Orleans.Sessions.Logins;

/// <summary>Why an application's login failed, in the words of its protocol: an OAuth error or a SAML status.</summary>
internal sealed record LoginFailure(string Error, string? Description = null, string? Uri = null);
