namespace Orleans.Sessions.States;

/// <summary>The columns by which OpenID Connect authorizations are found.</summary>
/// <param name="SessionKey">The key of the session's grain; <c>null</c> before the login.</param>
/// <param name="UserId">The user; <c>null</c> before the login.</param>
/// <param name="ClientId">The client.</param>
/// <param name="ExpiresAt">When its last part expires. After that the row is deleted.</param>
public sealed record AuthorizationColumns(string? SessionKey, string? UserId, string ClientId, DateTimeOffset ExpiresAt) : StateColumns;
