using System.Text;

namespace Orleans.Sessions.Saml;

/// <summary>A login that completes a request: a session and its token, or a refusal.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SamlCompletion")]
public sealed record SamlCompletion
{
    /// <summary>The caller who completes the request.</summary>
    [Id(0)]
    public required Caller Caller { get; init; }

    /// <summary>The session that logs in; <c>null</c> if the request is refused.</summary>
    [Id(1)]
    public string? SessionId { get; init; }

    /// <summary>The token of that session.</summary>
    [Id(2)]
    public string? SessionToken { get; init; }

    /// <summary>The reason of the refusal: the last part of a second-level status code, such as <c>AuthnFailed</c>.</summary>
    [Id(3)]
    public string? Error { get; init; }

    /// <summary>The description of the refusal for the service provider.</summary>
    [Id(4)]
    public string? ErrorDescription { get; init; }

    /// <summary>A random value by which the grain recognizes a repeated call.</summary>
    [Id(5)]
    public required string Ticket { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Caller = ").Append(Caller).Append(", SessionId = ").Append(SessionId).Append(", Error = ").Append(Error);
        return true;
    }
}
