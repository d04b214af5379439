namespace Orleans.Sessions.Saml;

/// <summary>The answer to the service provider.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SamlAnswer")]
public sealed record SamlAnswer
{
    /// <summary>The request that is answered.</summary>
    [Id(0)]
    public required SamlRequest Request { get; init; }

    /// <summary>When it was completed.</summary>
    [Id(1)]
    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>The person who logged in; <c>null</c> if the request was refused.</summary>
    [Id(2)]
    public SamlSubject? Subject { get; init; }

    /// <summary>The reason of the refusal (<see cref="SamlCompletion.Error"/>).</summary>
    [Id(3)]
    public string? Error { get; init; }

    /// <summary>The description of the refusal.</summary>
    [Id(4)]
    public string? ErrorDescription { get; init; }

    /// <summary>The installation's id.</summary>
    [Id(5)]
    public required string ResourceOwner { get; init; }

    /// <summary>
    /// The key of the request's grain (<see cref="ISamlRequestGrain"/>); <c>null</c> if the request was refused before it was stored.
    /// </summary>
    [Id(6)]
    public string? RequestKey { get; init; }
}
