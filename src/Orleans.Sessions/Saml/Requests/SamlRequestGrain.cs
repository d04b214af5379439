using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Sessions.Instance;
using Orleans.Sessions.Logins;
using Orleans.Sessions.Policies;
using Orleans.Sessions.Projects;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.State;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Saml.Requests;

/// <inheritdoc cref="ISamlRequestGrain"/>
[GrainType("saml-request")]
[CollectionAgeLimit(Minutes = 5)]
internal sealed class SamlRequestGrain : Grain, ISamlRequestGrain
{
    private readonly TimeProvider _clock;
    private readonly InstanceAccessor _instance;
    private readonly SamlRequestOptions _options;
    private readonly SubjectNames _names;
    private readonly SessionLogins _logins;
    private readonly DurableState<SamlRequestRecord> _state;

    /// <summary>Called by the runtime.</summary>
    public SamlRequestGrain(
        IGrainContext context,
        StateServices state,
        InstanceAccessor instance,
        SecretProtector secrets,
        IOptions<SamlRequestOptions> options,
        IOptions<LoginPolicyOptions> loginPolicy,
        TimeProvider clock
    )
    {
        (_clock, _instance, _options, _names) = (clock, instance, options.Value, new SubjectNames(secrets));
        _logins = new SessionLogins(GrainFactory, loginPolicy.Value.ToPolicy(), clock);
        _state = new(StateNames.SamlRequest, context, state);
    }

    /// <inheritdoc/>
    public async Task StartAsync(SamlRequest request, string attempt)
    {
        // An id is taken even if its request has ended. Its row is purged only after the request's own time stamp is too old to be
        // accepted.
        if (await _state.ReadAsync() is { } record)
        {
            if (record.StartedBy != attempt)
            {
                throw new SessionException(SessionErrors.SamlRequestRepeated);
            }

            return;
        }

        var now = _clock.GetMicroNow();
        await _state.ReplaceAsync(
            new SamlRequestRecord
            {
                Request = request,
                CreatedAt = now,
                ExpiresAt = now + _options.Lifetime,
                StartedBy = attempt,
            }
        );
    }

    /// <inheritdoc/>
    public async Task<PendingSamlRequest> GetRequestAsync(Caller caller)
    {
        var record = await LoadAsync();
        SessionLogins.EnsureMayComplete(caller, record?.Request.LoginClientId);
        return record is not null
            ? new PendingSamlRequest(record.Request, record.CreatedAt)
            {
                ExpiresAt = record.CompletedAt is null ? record.ExpiresAt : null,
                HandledAt = record.CompletedAt,
            }
            : throw new SessionException(SessionErrors.SamlRequestMissing);
    }

    /// <inheritdoc/>
    public async Task<SessionError?> FindRefusalAsync(string userId)
    {
        if (await LoadAsync() is not { CompletedAt: null, Request: var request })
        {
            return null;
        }

        var provider = await ExpectedAsync(request) ?? throw new SessionException(SessionErrors.ServiceProviderUnknown);
        return await RefusalAsync(request, provider, await UserAsync(userId));
    }

    /// <inheritdoc/>
    public async Task<SamlAnswer> CompleteAsync(SamlCompletion completion)
    {
        var record = await LoadAsync();
        SessionLogins.EnsureMayComplete(completion.Caller, record?.Request.LoginClientId);
        if (record is null)
        {
            throw new SessionException(SessionErrors.SamlRequestGone);
        }

        if (record.CompletedAt is not null)
        {
            return record.TicketHash is { } hash && TokenHash.Matches(hash.AsSpan(), completion.Ticket)
                ? Answer(record)
                : throw new SessionException(
                    completion.SessionId is null ? SessionErrors.SamlRequestFailedAlready : SessionErrors.SamlRequestHandled
                );
        }

        var provider = await ExpectedAsync(record.Request) ?? throw new SessionException(SessionErrors.ServiceProviderUnknown);

        var next = record with { CompletedAt = _clock.GetMicroNow(), TicketHash = [.. TokenHash.Of(completion.Ticket)] };
        next = completion.SessionId is null
            ? next with
            {
                Failure = new LoginFailure(completion.Error ?? "", completion.ErrorDescription),
            }
            : await LogInAsync(next, provider, completion, completion.SessionId);
        return Answer(await _state.ReplaceAsync(next));
    }

    /// <inheritdoc/>
    public async Task<SamlAnswer?> GetLoginAsync() => await _state.ReadAsync() is { Login: not null } record ? Answer(record) : null;

    /// <inheritdoc/>
    public async Task<SamlAnswer?> GetLiveLoginAsync()
    {
        if (
            await _state.ReadAsync() is not { Login: { SessionId: { } sessionId } login } record
            || await GrainFactory.GetGrain<ISessionLifecycle>(GrainKeys.Session(sessionId)).FindAsync() is not { } found
            || _logins.RefusalOf(found, login.Proofs) is not null
        )
        {
            return null;
        }

        var registry = GrainFactory.GetGrain<IServiceProvidersGrain>(GrainKeys.SamlServiceProviders);
        var (provider, user) = (await registry.FindAsync(record.Request.EntityId), found.User!);
        return
            provider is not null && await ProjectAccess.RefusalAsync(GrainFactory, provider.ProjectId, user.Id, user.OrganizationId) is null
            ? Answer(record)
            : null;
    }

    /// <summary>The record with the login of a session, or with the reason why the service provider cannot get it.</summary>
    private async Task<SamlRequestRecord> LogInAsync(
        SamlRequestRecord record,
        ServiceProvider provider,
        SamlCompletion completion,
        string sessionId
    )
    {
        var request = record.Request;
        var (session, identity) = await _logins.LoginAsync(
            sessionId,
            completion.SessionToken ?? "",
            new Demand(
                record.CreatedAt,
                request.ForceAuthn,
                MaxAge: null,
                request.AcrValues,
                request.MinimumAcr,
                ByFrontend: completion.Caller.IsLoginFrontend
            )
        );
        var user = await UserAsync(identity!.Id);
        if (await RefusalAsync(request, provider, user) is { } refusal)
        {
            throw new SessionException(refusal);
        }

        if (_names.NameId(request, user) is not var (format, name))
        {
            return record with { Failure = new LoginFailure("InvalidNameIDPolicy", "The person has no verified e-mail address") };
        }

        return record with
        {
            Request = request with { NameIdFormat = format },
            CompletedAt = _clock.GetMicroNow(),
            Login = Assurance.Login(session, identity),
            NameId = name,
            SessionIndex = _names.SessionIndex(request.EntityId, session.Id),
            SessionExpiresAt = SessionExpiry.DependentEnd(session),
        };
    }

    /// <summary>
    /// The service provider, if the answer may still be sent: it, or its address, may have been removed while the person logged in.
    /// </summary>
    private async Task<ServiceProvider?> ExpectedAsync(SamlRequest request) =>
        await GrainFactory.GetGrain<IServiceProvidersGrain>(GrainKeys.SamlServiceProviders).FindAsync(request.EntityId) is { } provider
        && provider.AssertionConsumers.Any(consumer =>
            consumer.Location == request.AssertionConsumer && consumer.Binding == request.Binding
        )
            ? provider
            : null;

    private Task<UserView> UserAsync(string userId) => GrainFactory.GetGrain<IUserGrain>(GrainKeys.User(userId)).GetAsync(Caller.InCluster);

    /// <summary>
    /// Why the user cannot log in at the service provider, whatever the login proves: the project, the name, or a request that wants
    /// somebody else; <c>null</c> if nothing is in the way. Where the user has no name in the wanted format, the answer says so.
    /// </summary>
    private async Task<SessionError?> RefusalAsync(SamlRequest request, ServiceProvider provider, UserView user)
    {
        if (await ProjectAccess.RefusalAsync(GrainFactory, provider.ProjectId, user.Id, user.Details.OrganizationId) is { } refusal)
        {
            return refusal == SessionErrors.LoginNeedsAccess ? SessionErrors.SamlLoginNeedsAccess
                : refusal == SessionErrors.LoginNeedsAuthorization ? SessionErrors.SamlLoginNeedsAuthorization
                : SessionErrors.ServiceProviderUnknown;
        }

        if (!SubjectNames.CanBeTold(user.UserName))
        {
            return SessionErrors.SamlNameUnclear;
        }

        return request.SubjectNameId is { } wanted && _names.NameId(request, user) is not null && !_names.Means(wanted, request, user)
            ? SessionErrors.LinkOtherUser
            : null;
    }

    /// <summary>The record, unless it has expired: the row may still exist.</summary>
    private async ValueTask<SamlRequestRecord?> LoadAsync()
    {
        if (await _state.ReadAsync() is { } record && _clock.GetMicroNow() < record.ExpiresAt)
        {
            return record;
        }

        this.Forget();
        return null;
    }

    private SamlAnswer Answer(SamlRequestRecord record) =>
        new()
        {
            Request = record.Request,
            CompletedAt = record.CompletedAt!.Value,
            Error = record.Failure?.Error,
            ErrorDescription = record.Failure?.Description,
            Subject = record.Login is not { } login
                ? null
                : new SamlSubject
                {
                    UserId = login.UserId,
                    NameId = record.NameId!,
                    SessionIndex = record.SessionIndex!,
                    // SAML needs a time. If nothing was proved, it is when the user was named.
                    AuthenticatedAt = login.AuthenticatedAt ?? login.Proofs[0].At,
                    SessionExpiresAt = record.SessionExpiresAt,
                    Acr = login.Acr ?? AuthenticationContext.Aal1,
                    HasPassword = login.Methods.Contains("pwd"),
                },
            ResourceOwner = _instance.Identity.InstanceId,
            RequestKey = this.GetPrimaryKeyString(),
        };
}
