using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// The authorizations that applications hold for a person: the logins whose codes or tokens are still valid. The key is
/// <see cref="GrainKeys.User"/>; there may be any number of activations. Tokens that a service account gets for itself are not included.
/// </summary>
[Alias("sessions.IUserGrantsGrain")]
public interface IUserGrantsGrain : IGrainWithStringKey
{
    /// <summary>
    /// A page of grants, ordered by client id. Users may list their own grants; other callers need <c>user.read</c>. Fails with
    /// <c>AUTH-AWfge</c>, <c>QUERY-Dfbg2</c> (no such user) or <c>SESSION-Store</c>.
    /// </summary>
    [AlwaysInterleave]
    [Alias("List")]
    Task<UserGrantPage> ListAsync(Caller caller, UserGrantQuery query);

    /// <summary>
    /// Revokes one grant, or all grants of a client. When the method returns, their codes, access tokens and refresh tokens are no longer
    /// valid. Users may revoke their own grants; other callers need <c>user.write</c> and all rights that the user has. Returns the number
    /// of revoked grants, which is 0 for grants that do not exist or were already revoked. Fails as <see cref="ListAsync"/>.
    /// </summary>
    [Alias("Revoke")]
    Task<int> RevokeAsync(Caller caller, UserGrantSelection selection);
}

/// <summary>The grants to list.</summary>
/// <param name="ClientId">The client whose grants are listed; <c>null</c> lists those of all clients.</param>
/// <param name="Limit">The number of grants to look at, 1 to 100.</param>
/// <param name="After">The <see cref="UserGrantPage.Next"/> of the previous page; <c>null</c> for the first page.</param>
[GenerateSerializer, Immutable, Alias("sessions.UserGrantQuery")]
public sealed record UserGrantQuery(
    [property: Id(0)] string? ClientId = null,
    [property: Id(1)] int Limit = UserGrantQuery.MaxLimit,
    [property: Id(2)] UserGrantPosition? After = null
)
{
    /// <summary>The maximum number of grants to look at for one page.</summary>
    public const int MaxLimit = 100;
}

/// <summary>A position in the list of a person's grants.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="GrantId">The grant of that client.</param>
[GenerateSerializer, Immutable, Alias("sessions.UserGrantPosition")]
public sealed record UserGrantPosition([property: Id(0)] string ClientId, [property: Id(1)] string GrantId);

/// <summary>A page of grants.</summary>
/// <param name="Grants">The grants. They may be fewer than the limit although more follow, because grants that have ended are left
/// out.</param>
/// <param name="Next">Where the next page begins; <c>null</c> if this is the last page.</param>
[GenerateSerializer, Immutable, Alias("sessions.UserGrantPage")]
public sealed record UserGrantPage([property: Id(0)] ImmutableArray<UserGrant> Grants, [property: Id(1)] UserGrantPosition? Next);

/// <summary>What to revoke: one grant, or all grants of a client.</summary>
[GenerateSerializer, Immutable, Alias("sessions.UserGrantSelection")]
public abstract record UserGrantSelection
{
    /// <summary>One grant.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.UserGrantSelection.Grant")]
    public sealed record Grant([property: Id(0)] string GrantId) : UserGrantSelection;

    /// <summary>All grants of a client.</summary>
    [GenerateSerializer, Immutable, Alias("sessions.UserGrantSelection.Client")]
    public sealed record Client([property: Id(0)] string ClientId) : UserGrantSelection;
}
