using System.Collections.Immutable;

namespace Orleans.Sessions.Saml.Logouts;

/// <summary>
/// A logout that service providers are told of, as it is stored: JSON, replaced as a whole by each change, growing only optional properties. The database reads
/// <c>expiresAt</c>, to know what to purge.
/// </summary>
public sealed record SamlLogoutRecord
{
    /// <summary>The service provider's request that is answered in the end; <c>null</c>: the browser goes to <see cref="ReturnTo"/>.</summary>
    public SamlLogoutRequest? Request { get; init; }

    /// <summary>The address that the browser goes to in the end.</summary>
    public string? ReturnTo { get; init; }

    /// <summary>Whom to tell, in this order.</summary>
    public required ImmutableArray<SamlLogoutNotice> Notices { get; init; }

    /// <summary>How many of them have answered.</summary>
    public int Answered { get; init; }

    /// <summary>Whether one could not be told or did not agree.</summary>
    public bool IsPartial { get; init; }

    /// <summary>The call that brought the last answer.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>Until when answers are taken.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
