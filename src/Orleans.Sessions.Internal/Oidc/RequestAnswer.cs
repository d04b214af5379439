namespace Orleans.Sessions.Oidc;

/// <summary>The answer to an authorization request, which the browser takes to the client.</summary>
[GenerateSerializer, Immutable, Alias("sessions.RequestAnswer")]
public sealed record RequestAnswer
{
    /// <summary>The request that is answered.</summary>
    [Id(0)]
    public required AuthorizationRequest Request { get; init; }

    /// <summary>When it was completed.</summary>
    [Id(1)]
    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>The OAuth error; <c>null</c> if the request succeeded and the answer is the code.</summary>
    [Id(2)]
    public string? Error { get; init; }

    /// <summary>The description of the error.</summary>
    [Id(3)]
    public string? ErrorDescription { get; init; }

    /// <summary>The address of a page with more about the error.</summary>
    [Id(4)]
    public string? ErrorUri { get; init; }

    /// <summary>The installation's id.</summary>
    [Id(5)]
    public required string ResourceOwner { get; init; }

    /// <summary>The session that logged in; <c>null</c> if the request failed.</summary>
    [Id(6)]
    public string? SessionId { get; init; }
}
