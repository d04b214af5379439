using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Protocol.AccountV1;

namespace Orleans.Sessions.Gateway.Sessions;

/// <summary>The pages of a person's own sessions, applications and keys.</summary>
internal sealed class AccountService(Grains grains, ClientDirectory clients) : Protocol.AccountV1.AccountService.AccountServiceBase
{
    public override async Task<ListSessionApplicationsResponse> ListSessionApplications(
        ListSessionApplicationsRequest request,
        ServerCallContext context
    )
    {
        var response = new ListSessionApplicationsResponse();
        foreach (var client in (await GrantsAsync(request.SessionId, clientId: null, context)).Grants.GroupBy(grant => grant.ClientId))
        {
            var registered = await clients.FindAsync(client.Key, context.CancellationToken);
            response.Applications.Add(
                new SessionApplication
                {
                    ClientId = client.Key,
                    Name = client.First().ClientName,
                    LogoUri = registered?.LogoUri ?? "",
                    FirstLogin = Timestamps.Of(client.Min(grant => grant.GrantedAt)),
                    LastUsed = Timestamps.Of(client.Max(grant => grant.LastUsedAt)),
                    Refreshable = client.Any(grant => grant.IsRefreshable),
                }
            );
        }

        return response;
    }

    public override async Task<EndSessionApplicationResponse> EndSessionApplication(
        EndSessionApplicationRequest request,
        ServerCallContext context
    )
    {
        var caller = context.Caller();
        var (userId, grants) = await GrantsAsync(request.SessionId, request.ClientId, context);
        var ended = 0;
        foreach (var grant in grants)
        {
            ended += await grains.CallAsync(
                () => grains.UserGrants(userId).RevokeAsync(caller, new UserGrantSelection.Grant(grant.Id)),
                context.CancellationToken
            );
        }

        return new EndSessionApplicationResponse { Ended = (uint)ended };
    }

    public override async Task<SetDeviceNameResponse> SetDeviceName(SetDeviceNameRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        await grains.CallAsync(
            () => grains.LoginSession(request.SessionId).SetDeviceNameAsync(caller, request.Name),
            context.CancellationToken
        );
        return new SetDeviceNameResponse();
    }

    public override async Task<ListAuthenticatorsResponse> ListAuthenticators(ListAuthenticatorsRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var found = await grains.CallAsync(
            () => grains.WebAuthnKeys(request.UserId).ListAuthenticatorsAsync(caller),
            context.CancellationToken
        );
        return new ListAuthenticatorsResponse
        {
            UserHandle = found.UserHandle,
            Authenticators =
            {
                found.Keys.Select(key => new Authenticator
                {
                    Id = key.Id,
                    Name = key.Name,
                    Passkey = key.Kind == WebAuthnKind.Passkey,
                    Domain = key.RpId,
                    CredentialId = key.CredentialId,
                    Aaguid = key.Model?.ToString() ?? "",
                    Model = key.ModelName,
                    AttestationFormat = key.Format,
                    AttestationKind = key.Attestation,
                    AttestationTrusted = key.IsTrusted,
                    BackupEligible = key.IsBackupEligible,
                    BackedUp = key.IsBackedUp,
                    CreationDate = key.CreatedAt is { } createdAt ? Timestamps.Of(createdAt) : null,
                    LastUsedDate = key.LastUsedAt is { } usedAt ? Timestamps.Of(usedAt) : null,
                }),
            },
        };
    }

    /// <summary>What applications got for this session. The grants of a user are few, so they are all looked through.</summary>
    private async Task<(string UserId, List<UserGrant> Grants)> GrantsAsync(string sessionId, string? clientId, ServerCallContext context)
    {
        var caller = context.Caller();
        var session = await grains.CallAsync(() => grains.Session(sessionId).GetAsync(caller, token: null), context.CancellationToken);
        if (session.Factors?.User.Id is not { } userId)
        {
            return ("", []);
        }

        var found = new List<UserGrant>();
        var query = new UserGrantQuery(clientId);
        while (true)
        {
            var page = await grains.CallAsync(() => grains.UserGrants(userId).ListAsync(caller, query), context.CancellationToken);
            found.AddRange(page.Grants.Where(grant => grant.SessionId == sessionId));
            if (page.Next is not { } next)
            {
                return (userId, found);
            }

            query = query with { After = next };
        }
    }
}
