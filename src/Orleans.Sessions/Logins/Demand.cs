using System.Collections.Immutable;

namespace Orleans.Sessions.Logins;

/// <summary>The requirements for a login.</summary>
/// <param name="AskedAt">The time of the request.</param>
/// <param name="Login">Whether a factor must have been proved after the request (<c>prompt=login</c>).</param>
/// <param name="MaxAge">The maximum age of the newest proof.</param>
/// <param name="AcrValues">The requested levels; one of them is enough.</param>
/// <param name="MinimumAcr">The minimum level of the client's registration.</param>
/// <param name="UserId">The user who must log in; <c>null</c> means any user.</param>
/// <param name="ByFrontend">Whether a login frontend answers for the person, and not somebody who holds the session's token.</param>
internal sealed record Demand(
    DateTimeOffset AskedAt,
    bool Login,
    TimeSpan? MaxAge,
    ImmutableArray<string> AcrValues,
    string? MinimumAcr,
    string? UserId = null,
    bool ByFrontend = false
)
{
    /// <summary>Whether the request wants a proof, of whatever age or level.</summary>
    public bool WantsProof => Login || MaxAge is not null || MinimumAcr is not null || !AcrValues.IsEmpty;
}
