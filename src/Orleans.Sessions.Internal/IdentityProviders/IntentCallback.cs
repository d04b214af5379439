using System.Text;

namespace Orleans.Sessions;

/// <summary>The parameters with which the provider sent the browser back (RFC 6749 §4.1.2, RFC 9207).</summary>
[GenerateSerializer, Immutable, Alias("sessions.IntentCallback")]
public sealed record IntentCallback
{
    /// <summary>The parameter that has the state at providers of the kind <see cref="ProviderKind.Jwt"/>.</summary>
    public const string JwtState = "authRequestID";

    /// <summary>The <c>state</c> of the authorization request.</summary>
    [Id(0)]
    public required string State { get; init; }

    /// <summary>The authorization code.</summary>
    [Id(1)]
    public string? Code { get; init; }

    /// <summary>The error code, if the provider sent no code.</summary>
    [Id(2)]
    public string? Error { get; init; }

    /// <summary>The issuer of the answer, as the answer claims it.</summary>
    [Id(3)]
    public string? Issuer { get; init; }

    /// <summary>The secret of this login that the browser has; <c>null</c> if it has no such secret.</summary>
    [Id(4)]
    public string? Browser { get; init; }

    /// <summary>
    /// What Apple tells of the person in the browser's form: JSON, only at the first login. It is not signed, so it is good for names only.
    /// </summary>
    [Id(5)]
    public string? User { get; init; }

    /// <summary>The token in a header of the request, for providers of the kind <see cref="ProviderKind.Jwt"/>.</summary>
    [Id(6)]
    public string? Token { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Error = ").Append(Error);
        return true;
    }
}
