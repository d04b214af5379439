using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Orleans.Runtime;
using Orleans.Sessions.Logins;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.State;
using Orleans.Sessions.States;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Saml.Logouts;

/// <inheritdoc cref="ISamlLogoutGrain"/>
[GrainType("saml-logout")]
[CollectionAgeLimit(Minutes = 5)]
internal sealed class SamlLogoutGrain(IGrainContext context, StateServices state, ISamlLoginDirectory logins, TimeProvider clock)
    : Grain,
        ISamlLogoutGrain
{
    /// <summary>
    /// The maximum number of notices: a browser cannot follow more redirects in a row. Further service providers count as not notified.
    /// </summary>
    private const int MaxNotices = 30;

    private readonly DurableState<SamlLogoutRecord> _state = new(StateNames.SamlLogout, context, state);

    /// <inheritdoc/>
    public async Task<SamlLogoutStep> EndForAsync(SamlLogoutRequest request)
    {
        var found = await AskAsync(() => logins.FindAsync(request.EntityId, request.NameId, CancellationToken.None));
        var meant = found.Where(login =>
            request.SessionIndexes.IsEmpty || request.SessionIndexes.Contains(login.SessionIndex, StringComparer.Ordinal)
        );
        return await EndAsync([.. meant.Select(login => login.SessionId).Distinct()], request, returnTo: null);
    }

    /// <inheritdoc/>
    public Task<SamlLogoutStep> EndAsync(string sessionId, string returnTo) => EndAsync([sessionId], request: null, returnTo);

    /// <inheritdoc/>
    public async Task<SamlLogoutStep> ContinueAsync(SamlLogoutAnswer answer)
    {
        var record = await _state.ReadAsync();
        if (record is null || clock.GetMicroNow() >= record.ExpiresAt)
        {
            throw this.Forget(SessionErrors.SamlLogoutNotWaiting);
        }

        if (record.AnsweredBy == answer.Attempt)
        {
            return Step(record);
        }

        return Step(record).Next is { } told && told.EntityId == answer.EntityId && IsSame(told.RequestId, answer.RequestId)
            ? Step(
                await _state.ReplaceAsync(
                    record with
                    {
                        Answered = record.Answered + 1,
                        AnsweredBy = answer.Attempt,
                        IsPartial = record.IsPartial || !answer.IsDone,
                    }
                )
            )
            : throw new SessionException(SessionErrors.SamlLogoutNotWaiting);
    }

    private async Task<SamlLogoutStep> EndAsync(ImmutableArray<string> sessionIds, SamlLogoutRequest? request, string? returnTo)
    {
        if (await _state.ReadAsync() is { } known)
        {
            // The first call may have failed between the two steps.
            await EndAsync(known.SessionIds ?? []);
            return Step(known);
        }

        // Service providers of a session that is over were told then, or know it from the assertion.
        var alive = await AliveAsync(sessionIds);
        var (notices, isPartial) = await NoticesAsync(alive, except: request?.EntityId);
        var record = new SamlLogoutRecord
        {
            Request = request,
            ReturnTo = returnTo,
            SessionIds = alive,
            Notices = notices,
            IsPartial = isPartial,
            ExpiresAt = clock.GetMicroNow() + BrowserLogout.Lifetime,
        };
        if (!notices.IsEmpty || isPartial)
        {
            // Nobody finds the participants of a session that has ended, so they are written down before it ends. A repeated call, too,
            // must tell that some of them cannot be notified.
            record = await _state.ReplaceAsync(record);
        }
        else
        {
            // There is nothing to store, and no service provider will answer.
            DeactivateOnIdle();
        }

        await EndAsync(alive);
        return Step(record);
    }

    private async Task EndAsync(ImmutableArray<string> sessionIds)
    {
        foreach (var sessionId in sessionIds)
        {
            // The session may have ended meanwhile, which is the desired result.
            await GrainFactory.GetGrain<ISessionGrain>(GrainKeys.Session(sessionId)).DeleteAsync(Caller.InCluster, token: null);
        }
    }

    private async Task<ImmutableArray<string>> AliveAsync(ImmutableArray<string> sessionIds)
    {
        var found = await Task.WhenAll(
            sessionIds.Select(sessionId => GrainFactory.GetGrain<ISessionLifecycle>(GrainKeys.Session(sessionId)).FindAsync())
        );
        var now = clock.GetMicroNow();
        return [.. found.OfType<FoundSession>().Where(session => !session.Session.IsExpired(now)).Select(session => session.Session.Id)];
    }

    /// <summary>
    /// The notices to the service providers of these sessions, one for each name of the person there, and whether some provider cannot be
    /// notified.
    /// </summary>
    private async Task<(ImmutableArray<SamlLogoutNotice> Notices, bool IsPartial)> NoticesAsync(
        ImmutableArray<string> sessionIds,
        string? except
    )
    {
        var participants = new List<SamlParticipant>();
        foreach (var sessionId in sessionIds)
        {
            participants.AddRange(
                (await AskAsync(() => logins.OfSessionAsync(sessionId, CancellationToken.None))).Where(participant =>
                    participant.EntityId != except
                )
            );
        }

        var found = await Task.WhenAll(
            participants.Select(participant => GrainFactory.GetGrain<ISamlRequestGrain>(participant.RequestKey).GetLoginAsync())
        );
        var told = found
            .OfType<SamlAnswer>()
            .GroupBy(login => (login.Request.EntityId, login.Subject!.NameId))
            .Select(same =>
                (
                    Login: same.MaxBy(login => login.CompletedAt)!,
                    SessionIndexes: same.Select(login => login.Subject!.SessionIndex).ToImmutableArray()
                )
            )
            .ToList();
        var registry = GrainFactory.GetGrain<IServiceProvidersGrain>(GrainKeys.SamlServiceProviders);
        var notices = ImmutableArray.CreateBuilder<SamlLogoutNotice>();
        foreach (var (login, sessionIndexes) in told)
        {
            // A redirect is preferred, because it needs neither scripts nor a click.
            var endpoint = (await registry.FindAsync(login.Request.EntityId))
                ?.LogoutEndpoints.OrderByDescending(endpoint => endpoint.Binding == SamlBindingUris.Redirect)
                .FirstOrDefault();
            if (endpoint is not null && notices.Count < MaxNotices)
            {
                notices.Add(
                    new SamlLogoutNotice
                    {
                        EntityId = login.Request.EntityId,
                        Endpoint = endpoint,
                        Origin = login.Request.Origin,
                        NameId = login.Subject!.NameId,
                        NameIdFormat = login.Request.NameIdFormat,
                        SessionIndexes = sessionIndexes,
                        RequestId = SamlLogoutIds.NewRequest(GrainKeys.Id(this.GetPrimaryKeyString())),
                    }
                );
            }
        }

        return (notices.ToImmutable(), notices.Count < told.Count);
    }

    private static SamlLogoutStep Step(SamlLogoutRecord record) =>
        new()
        {
            Next = record.Answered < record.Notices.Length ? record.Notices[record.Answered] : null,
            Request = record.Request,
            ReturnTo = record.ReturnTo,
            IsPartial = record.IsPartial,
        };

    /// <summary>
    /// Compares request ids in constant time: for a service provider without keys the id is the only proof of its answer.
    /// </summary>
    private static bool IsSame(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (StoreUnavailableException)
        {
            throw new SessionException(SessionErrors.StorageAway);
        }
    }
}
