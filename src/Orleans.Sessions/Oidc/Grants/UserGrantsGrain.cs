using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Sessions.State;
using Orleans.Sessions.Storage;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Oidc.Grants;

/// <inheritdoc cref="IUserGrantsGrain"/>
[StatelessWorker]
[GrainType("user-grants")]
internal sealed class UserGrantsGrain(IGrantDirectory directory, TimeProvider clock) : Grain, IUserGrantsGrain
{
    private string UserId => GrainKeys.Id(this.GetPrimaryKeyString());

    /// <inheritdoc/>
    public async Task<UserGrantPage> ListAsync(Caller caller, UserGrantQuery query)
    {
        await EnsureMayAsync(caller, Permission.UserRead);
        query = query with { Limit = Math.Clamp(query.Limit, 1, UserGrantQuery.MaxLimit) };
        var found = await FindAsync(query);

        // The database only knows where to look; the authorizations and their sessions know which grants have ended.
        var standing = await Task.WhenAll(found.Select(position => Source(position.GrantId).DescribeAsync(UserId)));
        return new(await OfRegisteredClientsAsync(standing.OfType<StandingGrant>().ToList()), Next(query, found));
    }

    /// <inheritdoc/>
    public async Task<int> RevokeAsync(Caller caller, UserGrantSelection selection)
    {
        await EnsureMayAsync(caller, Permission.UserWrite);
        return selection switch
        {
            UserGrantSelection.Grant { GrantId: var grantId } => await Source(grantId).RevokeForAsync(UserId) ? 1 : 0,
            UserGrantSelection.Client { ClientId: var clientId } => await RevokeAllAsync(clientId),
            _ => throw new SessionException(SessionErrors.GrantUnnamed),
        };
    }

    private async Task<int> RevokeAllAsync(string clientId)
    {
        var revoked = 0;
        var query = new UserGrantQuery(clientId);
        while (true)
        {
            var found = await FindAsync(query);
            revoked += (await Task.WhenAll(found.Select(position => Source(position.GrantId).RevokeForAsync(UserId)))).Count(was => was);
            if (Next(query, found) is not { } next)
            {
                return revoked;
            }

            query = query with { After = next };
        }
    }

    private static UserGrantPosition? Next(UserGrantQuery query, IReadOnlyList<UserGrantPosition> found) =>
        found.Count < query.Limit ? null : found[^1];

    /// <summary>
    /// Grants of a deleted client have ended, and so have audiences that the client is no longer registered for. The audiences of its
    /// project and of its registration are its own, unless the login was for resources alone.
    /// </summary>
    private async Task<ImmutableArray<UserGrant>> OfRegisteredClientsAsync(List<StandingGrant> standing)
    {
        var registry = GrainFactory.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients);
        var clients = await Task.WhenAll(
            standing.Select(grant => grant.Grant.ClientId).Distinct(StringComparer.Ordinal).Select(registry.FindAsync)
        );
        var known = clients.OfType<OidcClient>().ToDictionary(client => client.Id, StringComparer.Ordinal);
        var projects = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var projectId in known.Values.Select(client => client.ProjectId).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            projects[projectId] = [.. await registry.ListOfProjectAsync(projectId), projectId];
        }

        return
        [
            .. from grant in standing
            let client = known.GetValueOrDefault(grant.Grant.ClientId)
            where client?.IsRegistration(grant.Grant.ClientId, grant.ClientRegisteredAt) == true
            let scopes = OidcScopes.Within(grant.Grant.Scopes, client)
            select grant.Grant with
            {
                ClientName = client.Name,
                Scopes = scopes,
                Audiences = grant.Resources is { } resources
                    ? [.. resources.Intersect(client.Resources ?? [], StringComparer.Ordinal)]
                    :
                    [
                        .. OidcScopes
                            .Audiences(client.Id, scopes)
                            .Union(client.ProjectId is { } id ? projects[id] : [], StringComparer.Ordinal)
                            .Union(client.Audiences ?? [], StringComparer.Ordinal),
                    ],
            },
        ];
    }

    private async Task<IReadOnlyList<UserGrantPosition>> FindAsync(UserGrantQuery query)
    {
        try
        {
            return await directory.FindAsync(UserId, query, clock.GetMicroNow(), CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            throw new SessionException(SessionErrors.StorageAway);
        }
    }

    private Task EnsureMayAsync(Caller caller, Permission permission) =>
        GrainFactory.GetGrain<IUserAuthority>(GrainKeys.User(UserId)).EnsureMayAsync(caller, permission);

    private IGrantSource Source(string grantId) => GrainFactory.GetGrain<IGrantSource>(GrainKeys.Authorization(grantId));
}
