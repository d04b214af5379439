namespace Orleans.Sessions.Gateway.Oidc.Dpop;

/// <summary>The request that a DPoP proof must be for.</summary>
/// <param name="Method">The method of the request.</param>
/// <param name="Address">The public address of the request, without query.</param>
/// <param name="AccessToken">The access token that the request presents; <c>null</c> if it asks for one.</param>
internal sealed record DpopUse(string Method, string Address, string? AccessToken = null);
