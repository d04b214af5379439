namespace Orleans.Sessions.Saml;

/// <summary>The next step of a browser during a logout.</summary>
[GenerateSerializer, Immutable, Alias("sessions.SamlLogoutStep")]
public sealed record SamlLogoutStep
{
    /// <summary>
    /// The next notification; <c>null</c> if no service provider is left to notify, so that the browser goes back to where it came from.
    /// </summary>
    [Id(0)]
    public SamlLogoutNotice? Next { get; init; }

    /// <summary>The request to answer at the end; <c>null</c> if <see cref="ReturnTo"/> is set.</summary>
    [Id(1)]
    public SamlLogoutRequest? Request { get; init; }

    /// <summary>The address to return to at the end; <c>null</c> if <see cref="Request"/> is set.</summary>
    [Id(2)]
    public string? ReturnTo { get; init; }

    /// <summary>Whether a service provider could not be notified or did not log the person out.</summary>
    [Id(3)]
    public bool IsPartial { get; init; }
}
