using System.Text;

namespace Orleans.Sessions.Oidc;

/// <summary>A login that completes a request: a session and its token, or a refusal.</summary>
[GenerateSerializer, Immutable, Alias("sessions.RequestCompletion")]
public sealed record RequestCompletion
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

    /// <summary>The OAuth error of a refusal, such as <c>access_denied</c>.</summary>
    [Id(3)]
    public string? Error { get; init; }

    /// <summary>
    /// The authorization code that the caller created for this completion (<see cref="OidcTokens.Code"/>). The grain recognizes a repeated
    /// call by it. For a refusal, the code only opens the page that posts the answer.
    /// </summary>
    [Id(4)]
    public required string Code { get; init; }

    /// <summary>The description of the refusal for the client.</summary>
    [Id(5)]
    public string? ErrorDescription { get; init; }

    /// <summary>The address of a page with more about the refusal.</summary>
    [Id(6)]
    public string? ErrorUri { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Caller = ").Append(Caller).Append(", SessionId = ").Append(SessionId).Append(", Error = ").Append(Error);
        return true;
    }
}
