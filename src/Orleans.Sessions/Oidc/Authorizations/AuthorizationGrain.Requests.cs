using Orleans.Sessions.Logins;
using Orleans.Sessions.Projects;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Oidc.Authorizations;

/// <content>A browser's request, until a person has logged in for it.</content>
internal sealed partial class AuthorizationGrain
{
    /// <summary>The longest life of a code under the FAPI 2.0 security profile (§5.3.2.1).</summary>
    private static readonly TimeSpan s_longestOfFapi = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public async Task StartAsync(AuthorizationRequest request)
    {
        // The id is random, so an existing record belongs to this same request.
        if (await _state.ReadAsync() is null)
        {
            var now = Now;
            await _state.ReplaceAsync(
                new AuthorizationRecord
                {
                    ClientId = request.ClientId,
                    ClientRegisteredAt = request.ClientRegisteredAt,
                    Issuer = request.Issuer,
                    Scopes = request.Scopes,
                    Request = request,
                    CreatedAt = now,
                    ExpiresAt = now + _options.Lifetime,
                }
            );
        }
    }

    /// <inheritdoc/>
    public async Task PushAsync(string clientId, string issuer, string request, TimeSpan lifetime)
    {
        // The id is random, so an existing record belongs to this same request.
        if (await _state.ReadAsync() is null)
        {
            var now = Now;
            await _state.ReplaceAsync(
                new AuthorizationRecord
                {
                    ClientId = clientId,
                    Issuer = issuer,
                    Scopes = [],
                    Pushed = request,
                    CreatedAt = now,
                    ExpiresAt = now + lifetime,
                }
            );
        }
    }

    /// <inheritdoc/>
    public async Task<string?> FindPushedAsync() => (await LoadAsync())?.Pushed;

    /// <inheritdoc/>
    public async Task<bool> StartPushedAsync(AuthorizationRequest request)
    {
        if (await LoadAsync() is not { Pushed: not null, CompletedAt: null } record || record.ClientId != request.ClientId)
        {
            return false;
        }

        if (record.Request is null)
        {
            var now = Now;
            await _state.ReplaceAsync(
                record with
                {
                    ClientRegisteredAt = request.ClientRegisteredAt,
                    Issuer = request.Issuer,
                    Scopes = request.Scopes,
                    Request = request,
                    CreatedAt = now,
                    ExpiresAt = now + _options.Lifetime,
                }
            );
        }

        return true;
    }

    /// <inheritdoc/>
    public async Task<PendingRequest> GetRequestAsync(Caller caller)
    {
        var record = await LoadAsync();
        SessionLogins.EnsureMayComplete(caller, record?.Request?.LoginClientId);
        return record is { Request: { } request }
            ? new PendingRequest(request, record.CreatedAt, record.RefusedAt is not null, record.MissingAcr)
            {
                ExpiresAt = record.CompletedAt is null ? record.ExpiresAt : null,
                HandledAt = record.CompletedAt,
            }
            : throw new SessionException(SessionErrors.AuthRequestUnknown);
    }

    /// <inheritdoc/>
    public async Task<SessionError?> FindRefusalAsync(string userId)
    {
        if (await LoadAsync() is not { CompletedAt: null } record)
        {
            return null;
        }

        var client = await ClientAsync(record);
        var user = await GrainFactory.GetGrain<IUserGrain>(GrainKeys.User(userId)).GetAsync(Caller.InCluster);
        return await ProjectAccess.RefusalAsync(GrainFactory, client.ProjectId, user.Id, user.Details.OrganizationId);
    }

    /// <inheritdoc/>
    public async Task<RequestAnswer> CompleteAsync(RequestCompletion completion)
    {
        var record = await LoadAsync();
        SessionLogins.EnsureMayComplete(completion.Caller, record?.Request?.LoginClientId);
        if (record is not { Request: { } request })
        {
            throw new SessionException(SessionErrors.AuthRequestMissing);
        }

        if (record.CompletedAt is not null)
        {
            return record.CodeHash is { } hash && TokenHash.Matches(hash.AsSpan(), completion.Code)
                ? Answer(record)
                : throw new SessionException(
                    completion.SessionId is null ? SessionErrors.AuthRequestFailedAlready : SessionErrors.AuthRequestHandled
                );
        }

        var client = await ClientAsync(record);
        if (!RedirectUris.AreOf(client, request.RedirectUri))
        {
            throw new SessionException(SessionErrors.AuthRequestWithdrawn);
        }

        var login = completion.SessionId is null ? null : await LoginAsync(record, request, completion);
        if (login is not null)
        {
            await EnsureAccessAsync(client.ProjectId, login);
        }

        var now = Now;
        var codeExpiresAt = now + (client.IsFapi() && _options.CodeLifetime > s_longestOfFapi ? s_longestOfFapi : _options.CodeLifetime);
        return Answer(
            await _state.ReplaceAsync(
                record with
                {
                    CompletedAt = now,
                    Login = login is null ? null : Assurance.Login(login.Session, login.User!),
                    Failure = login is null
                        ? new LoginFailure(completion.Error ?? "access_denied", completion.ErrorDescription, completion.ErrorUri)
                        : null,
                    CodeHash = [.. TokenHash.Of(completion.Code)],
                    CodeExpiresAt = codeExpiresAt,
                    ExpiresAt = codeExpiresAt > record.ExpiresAt ? codeExpiresAt : record.ExpiresAt,
                }
            )
        );
    }

    /// <summary>
    /// The session that logs in. A refusal for the age or the level of the login is kept, because the login page must ask for another
    /// login: a page that only looks for a session would offer the same one again.
    /// </summary>
    private async Task<FoundSession> LoginAsync(AuthorizationRecord record, AuthorizationRequest request, RequestCompletion completion)
    {
        try
        {
            return await _logins.LoginAsync(
                completion.SessionId!,
                completion.SessionToken ?? "",
                new Demand(
                    record.CreatedAt,
                    request.Prompts.Contains("login"),
                    request.MaxAge,
                    request.AcrValues,
                    request.MinimumAcr,
                    request.HintUserId,
                    ByFrontend: completion.Caller.IsLoginFrontend
                )
            );
        }
        catch (SessionException refusal) when (Assurance.IsForAgeOrLevel(refusal.Error))
        {
            var missing = Assurance.MissingLevel(refusal.Error);
            if (record.RefusedAt is null || record.MissingAcr != missing)
            {
                await _state.ReplaceAsync(record with { RefusedAt = record.RefusedAt ?? Now, MissingAcr = missing });
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<RequestAnswer> GetAnswerAsync(string code) =>
        await LoadAsync() is { Request: not null, CodeHash: { } hash, CodeUsedAt: null, RevokedAt: null } record
        && TokenHash.Matches(hash.AsSpan(), code)
        && Now < record.CodeExpiresAt
            ? Answer(record)
            : throw new SessionException(SessionErrors.AuthRequestCodeUsed);

    private IOidcClientsGrain Clients => GrainFactory.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients);

    /// <summary>The client. It may have been deleted while the person logged in.</summary>
    private async Task<OidcClient> ClientAsync(AuthorizationRecord record) =>
        await Clients.FindAsync(record.ClientId) is { } client && client.IsRegistration(record.ClientId, record.ClientRegisteredAt)
            ? client
            : throw new SessionException(SessionErrors.ClientUnknown);

    /// <summary>Fails unless the user may log in at the applications of the client's project.</summary>
    private async Task EnsureAccessAsync(string? projectId, FoundSession login)
    {
        var user = login.User!;
        if (await ProjectAccess.RefusalAsync(GrainFactory, projectId, user.Id, user.OrganizationId) is { } refusal)
        {
            throw new SessionException(refusal);
        }
    }

    private RequestAnswer Answer(AuthorizationRecord record) =>
        new()
        {
            Request = record.Request!,
            CompletedAt = record.CompletedAt!.Value,
            Error = record.Failure?.Error,
            ErrorDescription = record.Failure?.Description,
            ErrorUri = record.Failure?.Uri,
            ResourceOwner = _instance.Identity.InstanceId,
            SessionId = record.Login?.SessionId,
        };
}
