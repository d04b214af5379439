using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// What applications hold in a person's name (key <see cref="GrainKeys.User"/>; any number of activations): the logins whose codes or tokens are still good. What a service
/// account gets for itself is no such thing.
/// </summary>
[Alias("sessions.IUserGrantsGrain")]
public interface IUserGrantsGrain : IGrainWithStringKey
{
    /// <summary>
    /// A page in the order of the clients' ids. For oneself, or with <c>user.read</c>. Fails with <c>AUTH-AWfge</c>, <c>QUERY-Dfbg2</c> when there is no such user, or
    /// <c>SESSION-Store</c>.
    /// </summary>
    [AlwaysInterleave]
    [Alias("List")]
    Task<UserGrantPage> ListAsync(Caller caller, UserGrantQuery query);

    /// <summary>
    /// Revokes one grant, or all of a client: their codes, access and refresh tokens are dead when this is answered. For oneself, or with <c>user.write</c> and all rights
    /// that the user has. Returns how many were revoked, which is none for what is unknown or was revoked before. Fails as <see cref="ListAsync"/>.
    /// </summary>
    [Alias("Revoke")]
    Task<int> RevokeAsync(Caller caller, UserGrantSelection selection);
}

/// <summary>Which grants.</summary>
/// <param name="ClientId">Of one client; <c>null</c>: of all.</param>
/// <param name="Limit">How many are looked at, 1 to 100.</param>
/// <param name="After">The <see cref="UserGrantPage.Next"/> of the page before; <c>null</c>: the first page.</param>
[GenerateSerializer, Immutable, Alias("sessions.UserGrantQuery")]
public sealed record UserGrantQuery(
    [property: Id(0)] string? ClientId = null, [property: Id(1)] int Limit = UserGrantQuery.MaxLimit, [property: Id(2)] UserGrantPosition? After = null)
{
    /// <summary>The most that are looked at for one page.</summary>
    public const int MaxLimit = 100;
}

/// <summary>A place among a person's grants.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="GrantId">The grant among those of the client.</param>
[GenerateSerializer, Immutable, Alias("sessions.UserGrantPosition")]
public sealed record UserGrantPosition([property: Id(0)] string ClientId, [property: Id(1)] string GrantId);

/// <summary>Some grants.</summary>
/// <param name="Grants">Perhaps fewer than the limit, although more follow: what has ended is left out.</param>
/// <param name="Next">Where the next page begins; <c>null</c>: this is the last one.</param>
[GenerateSerializer, Immutable, Alias("sessions.UserGrantPage")]
public sealed record UserGrantPage([property: Id(0)] ImmutableArray<UserGrant> Grants, [property: Id(1)] UserGrantPosition? Next);

/// <summary>What is to be revoked: one grant, or all of a client.</summary>
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
