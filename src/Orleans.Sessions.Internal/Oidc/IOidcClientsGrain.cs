using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// The registry of OpenID Connect clients (key <see cref="GrainKeys.OidcClients"/>), at most 1000. A change is durable when the method
/// returns, and every node knows it within a second.
/// </summary>
[Alias("sessions.IOidcClientsGrain")]
public interface IOidcClientsGrain : IGrainWithStringKey
{
    /// <summary>
    /// Finds a client, for the protocol endpoints. <c>null</c> if no client has this id, or if the client is inactive.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Find")]
    Task<OidcClient?> FindAsync(string clientId);

    /// <summary>Reads a client. Needs <c>oidc.client.read</c>. Fails with <c>OIDC-Cli01</c>.</summary>
    [AlwaysInterleave]
    [Alias("Get")]
    Task<OidcClient> GetAsync(Caller caller, string clientId);

    /// <summary>All clients, ordered by id. Needs <c>oidc.client.read</c>.</summary>
    [AlwaysInterleave]
    [Alias("List")]
    Task<ImmutableArray<OidcClient>> ListAsync(Caller caller);

    /// <summary>
    /// The whole registry, for the copies of the nodes. <c>null</c> if <paramref name="version"/> is still the current version. In-cluster
    /// only.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Snapshot")]
    Task<ClientRegistry?> SnapshotAsync(Guid version);

    /// <summary>Whether a client has this id, active or not. In-cluster only.</summary>
    [AlwaysInterleave]
    [Alias("Has")]
    Task<bool> HasAsync(string clientId);

    /// <summary>
    /// Whether a client, active or not, wants tokens that are signed by this algorithm (<see cref="OidcClient.Wants"/>). In-cluster only.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Wants")]
    Task<bool> WantsAsync(string algorithm);

    /// <summary>The client with this id, active or not; <c>null</c> if there is none. In-cluster only.</summary>
    [AlwaysInterleave]
    [Alias("TryGet")]
    Task<OidcClient?> TryGetAsync(string clientId);

    /// <summary>
    /// Whether a client has this id once the earlier calls of this grain are done. Whoever wants to give the id to something else first
    /// claims it (<see cref="Projects.IProjectsGrain.HasAsync"/>, <see cref="Saml.IServiceProvidersGrain.HasAsync"/>) and then asks: a
    /// client that is registered at the same time sees the claim, or it is seen here. In-cluster only.
    /// </summary>
    [Alias("IsTaken")]
    Task<bool> IsTakenAsync(string id);

    /// <summary>The ids of the clients of a project, ordered. In-cluster only.</summary>
    [AlwaysInterleave]
    [Alias("ListOfProject")]
    Task<ImmutableArray<string>> ListOfProjectAsync(string projectId);

    /// <summary>
    /// Registers a client. Registering exactly the same client again returns the same answer. Needs <c>oidc.client.write</c>. Fails with
    /// <c>OIDC-Cli02</c> (a client, project or service provider has the id), <c>OIDC-Cli03</c> (invalid value), <c>COMMAND-3M9sd</c> (no
    /// such project), <c>OIDC-Cli05</c> (1000 clients reached) or <c>APP-Mx001</c> (the share is used up).
    /// </summary>
    [Alias("Create")]
    Task<OidcClient> CreateAsync(Caller caller, OidcClient client, Projects.ApplicationShare? share = null);

    /// <summary>
    /// Replaces the settings of a client, except its project and what comes with it (<see cref="ChangeAsync"/>). An existing secret stays.
    /// The given secret hash is used only if the client had no secret before. If the new authentication method uses no secret, the secret
    /// is removed and the hash must be left out. Needs <c>oidc.client.write</c>. Fails with <c>OIDC-Cli01</c>, <c>OIDC-Cli03</c>, or
    /// <c>OIDC-Cli04</c> (the client comes from the configuration).
    /// </summary>
    [Alias("Update")]
    Task<OidcClient> UpdateAsync(Caller caller, OidcClient client);

    /// <summary>
    /// Changes some settings of a client. <paramref name="secretHash"/> is used if the client authenticates with a secret from now on and
    /// had none. A secret or keys that the new authentication method does not use are removed. Needs <c>oidc.client.write</c>. Fails as
    /// <see cref="UpdateAsync"/>, and with <c>COMMAND-3M9sd</c> (no such project).
    /// </summary>
    [Alias("Change")]
    Task<OidcClient> ChangeAsync(Caller caller, string clientId, ClientChange change, ImmutableArray<byte>? secretHash);

    /// <summary>
    /// Adds a public key; a key with the same id is replaced. Needs <c>oidc.client.write</c>. Fails as <see cref="UpdateAsync"/>, with
    /// <c>APP-Key01</c> (the client has no keys) or <c>APP-Key03</c> (20 keys).
    /// </summary>
    [Alias("AddKey")]
    Task<OidcClient> AddKeyAsync(Caller caller, string clientId, ApplicationKey key);

    /// <summary>
    /// Removes a public key. Returns whether it existed. Needs <c>oidc.client.write</c>. Fails as <see cref="UpdateAsync"/>.
    /// </summary>
    [Alias("RemoveKey")]
    Task<bool> RemoveKeyAsync(Caller caller, string clientId, string keyId);

    /// <summary>
    /// Replaces a client's secret. The caller passes the SHA-256 of the secret. Needs <c>oidc.client.write</c>. Fails as
    /// <see cref="UpdateAsync"/>.
    /// </summary>
    [Alias("SetSecret")]
    Task<OidcClient> SetSecretAsync(Caller caller, string clientId, ImmutableArray<byte> secretHash);

    /// <summary>
    /// Removes a client and makes its tokens inactive. Returns whether the client existed. Needs <c>oidc.client.write</c>. Fails with
    /// <c>OIDC-Cli04</c>.
    /// </summary>
    [Alias("Delete")]
    Task<bool> DeleteAsync(Caller caller, string clientId);

    /// <summary>
    /// Adds a token with which applications register themselves; expired ones are removed. Needs <c>oidc.client.write</c>. Fails with
    /// <c>OIDC-Cli03</c> or <c>OIDC-Cli06</c> (100 tokens).
    /// </summary>
    [Alias("AddInitialToken")]
    Task AddInitialTokenAsync(Caller caller, InitialAccessToken token);

    /// <summary>The tokens with which applications may still register, oldest first. Needs <c>oidc.client.read</c>.</summary>
    [AlwaysInterleave]
    [Alias("ListInitialTokens")]
    Task<ImmutableArray<InitialAccessToken>> ListInitialTokensAsync(Caller caller);

    /// <summary>Removes such a token. Returns whether it existed. Needs <c>oidc.client.write</c>.</summary>
    [Alias("DeleteInitialToken")]
    Task<bool> DeleteInitialTokenAsync(Caller caller, string tokenId);

    /// <summary>
    /// Registers a client that brings an initial access token. A repeated call returns the same answer and uses the token once. In-cluster
    /// only. Fails with <c>AUTH-7fs1e</c> (the token is not good), and as <see cref="CreateAsync"/>.
    /// </summary>
    [Alias("Register")]
    Task<OidcClient> RegisterAsync(string initialToken, OidcClient client);

    /// <summary>
    /// The client that registered itself and got this registration token. In-cluster only. Fails with <c>AUTH-7fs1e</c> if there is none,
    /// or if the client is inactive.
    /// </summary>
    [AlwaysInterleave]
    [Alias("GetRegistered")]
    Task<OidcClient> GetRegisteredAsync(string clientId, string registrationToken);

    /// <summary>
    /// Replaces what the client itself may set. What administrators set stays. The secret hash is used as in <see cref="ChangeAsync"/>.
    /// In-cluster only. Fails as <see cref="GetRegisteredAsync"/>, and with <c>OIDC-Cli03</c>.
    /// </summary>
    [Alias("ReplaceRegistered")]
    Task<OidcClient> ReplaceRegisteredAsync(string registrationToken, OidcClient client);

    /// <summary>Removes the client. In-cluster only. Fails as <see cref="GetRegisteredAsync"/>.</summary>
    [Alias("DeleteRegistered")]
    Task DeleteRegisteredAsync(string clientId, string registrationToken);

    /// <summary>The number of clients of these projects. In-cluster only.</summary>
    [AlwaysInterleave]
    [Alias("CountOfProjects")]
    Task<int> CountOfProjectsAsync(ImmutableArray<string> projectIds);

    /// <summary>Removes the clients of a project that were created until <paramref name="until"/>. In-cluster only.</summary>
    [Alias("DeleteOfProject")]
    Task DeleteOfProjectAsync(string projectId, DateTimeOffset until);

    /// <summary>
    /// Replaces the clients of the configuration with <paramref name="clients"/>. In-cluster only. Fails with <c>OIDC-Cli03</c>.
    /// </summary>
    [Alias("Configure")]
    Task ConfigureAsync(ImmutableArray<OidcClient> clients);
}
