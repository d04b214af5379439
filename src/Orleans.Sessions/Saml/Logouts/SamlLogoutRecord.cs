using System.Collections.Immutable;

namespace Orleans.Sessions.Saml.Logouts;

/// <summary>
/// A logout that service providers are notified of, in its stored form: JSON, replaced as a whole by each change. New versions only add
/// optional properties.
/// </summary>
internal sealed record SamlLogoutRecord
{
    /// <summary>
    /// The service provider's request that is answered at the end; <c>null</c> if the browser goes to <see cref="ReturnTo"/>.
    /// </summary>
    public SamlLogoutRequest? Request { get; init; }

    /// <summary>The address that the browser goes to at the end.</summary>
    public string? ReturnTo { get; init; }

    /// <summary>The sessions that it ends.</summary>
    public ImmutableArray<string>? SessionIds { get; init; }

    /// <summary>The notices, in this order.</summary>
    public required ImmutableArray<SamlLogoutNotice> Notices { get; init; }

    /// <summary>How many of them are answered.</summary>
    public int Answered { get; init; }

    /// <summary>Whether some service provider could not be notified or did not agree.</summary>
    public bool IsPartial { get; init; }

    /// <summary>The call that brought the last answer.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>Until when answers are accepted.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
