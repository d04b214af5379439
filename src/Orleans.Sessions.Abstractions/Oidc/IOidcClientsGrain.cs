using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// The registry of OpenID Connect clients (key <see cref="GrainKeys.OidcClients"/>), at most 1000. Every change is durable
/// when it is answered and known everywhere within a second.
/// </summary>
[Alias("sessions.IOidcClientsGrain")]
public interface IOidcClientsGrain : IGrainWithStringKey
{
    /// <summary>A client, for the protocol endpoints; <c>null</c>: there is none with this id.</summary>
    [AlwaysInterleave]
    [Alias("Find")]
    Task<OidcClient?> FindAsync(string clientId);

    /// <summary>A client. Needs <c>oidc.client.read</c>. Fails with <c>OIDC-Cli01</c>.</summary>
    [AlwaysInterleave]
    [Alias("Get")]
    Task<OidcClient> GetAsync(Caller caller, string clientId);

    /// <summary>All clients in the order of their ids. Needs <c>oidc.client.read</c>.</summary>
    [AlwaysInterleave]
    [Alias("List")]
    Task<ImmutableArray<OidcClient>> ListAsync(Caller caller);

    /// <summary>The whole registry, for copies of it; <c>null</c>: it is still the one of <paramref name="version"/>. In-cluster only.</summary>
    [AlwaysInterleave]
    [Alias("Snapshot")]
    Task<ClientRegistry?> SnapshotAsync(Guid version);

    /// <summary>
    /// Registers a client; registering the very same one again answers again. Needs <c>oidc.client.write</c>. Fails with <c>OIDC-Cli02</c> (id taken),
    /// <c>OIDC-Cli03</c> (a value that cannot work) or <c>OIDC-Cli05</c> (1000 reached).
    /// </summary>
    [Alias("Create")]
    Task<OidcClient> CreateAsync(Caller caller, OidcClient client);

    /// <summary>
    /// Replaces what is known of a client. Its secret stays, unless it had none, or is to prove itself without one from now on: the hash that comes along is for the former,
    /// and left out for the latter. Needs <c>oidc.client.write</c>. Fails with <c>OIDC-Cli01</c>, <c>OIDC-Cli03</c>, or
    /// <c>OIDC-Cli04</c> when it comes from the configuration.
    /// </summary>
    [Alias("Update")]
    Task<OidcClient> UpdateAsync(Caller caller, OidcClient client);

    /// <summary>Replaces a client's secret, of which SHA-256 is given. Needs <c>oidc.client.write</c>. Fails as <see cref="UpdateAsync"/>.</summary>
    [Alias("SetSecret")]
    Task<OidcClient> SetSecretAsync(Caller caller, string clientId, ImmutableArray<byte> secretHash);

    /// <summary>Removes a client: its tokens are inactive. Returns whether there was one. Needs <c>oidc.client.write</c>. Fails with <c>OIDC-Cli04</c>.</summary>
    [Alias("Delete")]
    Task<bool> DeleteAsync(Caller caller, string clientId);

    /// <summary>Takes over the clients of the configuration, in-cluster only; what they were before is replaced. Fails with <c>OIDC-Cli03</c>.</summary>
    [Alias("Configure")]
    Task ConfigureAsync(ImmutableArray<OidcClient> clients);
}

/// <summary>All clients at one time.</summary>
/// <param name="Version">Another one after each change, and after the grain has moved.</param>
/// <param name="Clients">In the order of their ids.</param>
[GenerateSerializer, Immutable, Alias("sessions.ClientRegistry")]
public sealed record ClientRegistry([property: Id(0)] Guid Version, [property: Id(1)] ImmutableArray<OidcClient> Clients);
