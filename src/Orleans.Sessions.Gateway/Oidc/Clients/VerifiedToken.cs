using System.Diagnostics.CodeAnalysis;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Orleans.Sessions.Gateway.Oidc.Clients;

/// <summary>What came of the verification of an assertion or a request object: the signed token, or the rule that it breaks.</summary>
internal sealed record VerifiedToken
{
    /// <summary>The token; <c>null</c> if it is not good.</summary>
    public JsonWebToken? Token { get; private init; }

    /// <summary>The broken rule, as the client may be told; <c>null</c> if the token is good.</summary>
    public string? Fault { get; private init; }

    /// <summary>Whether the token is good.</summary>
    [MemberNotNullWhen(true, nameof(Token))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsGood => Token is not null;

    public static VerifiedToken Good(JsonWebToken token) => new() { Token = token };

    public static VerifiedToken Bad(string fault) => new() { Fault = fault };
}
