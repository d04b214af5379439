namespace Orleans.Sessions.IdentityProviders.Upstream;

/// <summary>A code that is exchanged for tokens (RFC 6749 §4.1.3).</summary>
internal sealed record CodeExchange
{
    /// <summary>The client id of this service.</summary>
    public required string ClientId { get; init; }

    /// <summary>Its secret; empty if it has none.</summary>
    public required string Secret { get; init; }

    /// <summary>Where the secret goes.</summary>
    public required SecretPlace Place { get; init; }

    /// <summary>The code.</summary>
    public required string Code { get; init; }

    /// <summary>The address to which the browser brought it.</summary>
    public required string CallbackUrl { get; init; }

    /// <summary>The verifier of PKCE; <c>null</c> without PKCE.</summary>
    public string? CodeVerifier { get; init; }

    public override string ToString() => nameof(CodeExchange);
}
