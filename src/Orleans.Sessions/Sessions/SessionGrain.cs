using Orleans.Runtime;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.State;
using Orleans.Sessions.States;
using Orleans.Sessions.Tokens;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Sessions;

/// <summary>
/// The only writer of one session. A command loads, decides, writes once and then answers. Commands wait for each other, so
/// concurrent updates lose nothing. The write is in <c>SessionGrain.Commit.cs</c>. Reads interleave and see only what is durable; they are
/// in <c>SessionGrain.Reads.cs</c>. What happens to a session over time is in <c>SessionGrain.Lifecycle.cs</c>.
/// </summary>
[GrainType("session")]
[CollectionAgeLimit(Minutes = 5)]
internal sealed partial class SessionGrain : Grain, ISessionGrain, ISessionLifecycle, ILoginSession
{
    private readonly SessionServices _services;
    private readonly DurableState<SessionRecord> _state;
    private readonly SessionReader _reader;

    /// <summary>Called by the runtime.</summary>
    public SessionGrain(IGrainContext context, SessionServices services, StateServices state)
    {
        _services = services;
        _state = new(StateNames.Session, context, state, DoubtAsync);
        _reader = new SessionReader(services, _state.Registration);
    }

    private string Id => GrainKeys.Id(this.GetPrimaryKeyString());

    private DateTimeOffset Now => _services.Clock.GetMicroNow();

    /// <inheritdoc/>
    public async Task<SessionChange> CreateAsync(CreateSession command, CancellationToken cancellationToken)
    {
        command.Caller.Require(Permission.SessionWrite);
        SessionChecks.EnsureSound(_services.Notifier, command.Caller, command.Challenges);
        var repeated = new RepeatedRequest(_services, Id, command.Caller, command.Idempotency, command.Token);

        // The id is new, so the row is read only if the request has a key. A state that is already in memory must not be replaced, though.
        if ((command.Idempotency is null ? _state.Value : await LoadAsync()) is { } earlier)
        {
            return await AnswerAgainAsync(earlier, repeated)
                ?? throw new SessionException(command.Idempotency is null ? SessionErrors.ClusterAway : SessionErrors.IdempotencyKeyReused);
        }

        var now = Now;
        var token = repeated.NextToken();
        var draft = new SessionDraft(
            new SessionRecord
            {
                Id = Id,
                CreatorId = command.Caller.UserId,
                UserAgent = command.UserAgent,
            },
            _services,
            command.Caller,
            now,
            command.Token,
            cancellationToken
        );
        draft.Apply(record => record with { CreatedAt = now });
        try
        {
            await SessionChecks.RunAsync(draft, command.Checks, command.Challenges);
            draft.MergeMetadata(command.Metadata);
            draft.SetLifetime(command.Lifetime, command.IdleTimeout);
            draft.BoundUnproved(command.UnprovedLifetime);
            draft.Apply(record => record with { Token = StoredToken.First(token) });
            return await CommitAsync(draft, token, repeated);
        }
        catch (StateConflictException)
        {
            // The row exists. Either the answer to an earlier try of this request was lost or, very rarely, the id is taken.
            return await AnswerEarlierTryAsync(repeated) ?? throw new SessionException(SessionErrors.ClusterAway);
        }
        catch (SessionException) when (command.Token is not null)
        {
            // A single-use item such as a recovery code may have been used up by an earlier try whose answer was lost.
            if (await AnswerEarlierTryAsync(repeated) is { } answer)
            {
                return answer;
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<SessionChange> SetAsync(SetSession command, CancellationToken cancellationToken)
    {
        var current = await LoadAsync();
        command.Caller.Require(Permission.SessionWrite, current?.OrganizationId);
        SessionChecks.EnsureSound(_services.Notifier, command.Caller, command.Challenges);
        if (current is null)
        {
            throw this.Forget(SessionErrors.SessionNotFound);
        }

        var repeated = new RepeatedRequest(_services, Id, command.Caller, command.Idempotency, command.Token);
        if (await AnswerAgainAsync(current, repeated) is { } answer)
        {
            return answer;
        }

        var now = Now;
        await TellLockAsync(current, command);
        EnsureUsable(current, now);
        if (command.ExpectedSequence is { } expected && expected != current.Sequence)
        {
            throw new SessionException(SessionErrors.SessionChanged);
        }

        var draft = new SessionDraft(
            RepeatedRequest.BeforeChange(current, now) with
            {
                Events = null,
                Outbox = null,
            },
            _services,
            command.Caller,
            now,
            command.Token,
            cancellationToken
        );
        if (command.Checks != Checks.None && await _reader.UserAsync(current) is { } user)
        {
            draft.Heed(user);
        }

        await SessionChecks.RunAsync(draft, command.Checks, command.Challenges);
        draft.MergeMetadata(command.Metadata);
        draft.SetLifetime(command.Lifetime, command.IdleTimeout);
        if (draft.Events == 0)
        {
            return new SessionChange { SessionId = Id, Details = SessionRules.Details(current, _services.InstanceId) };
        }

        var token = repeated.NextToken();
        draft.Apply(record =>
            record with
            {
                Token = current.Token.RotateTo(token, now, _services.Options.Tokens.Grace, ProvedLevel.Of(current), ProvedLevel.Of(record)),
            }
        );
        try
        {
            return await CommitAsync(draft, token, repeated);
        }
        catch (StateConflictException)
        {
            throw new SessionException(SessionErrors.ClusterAway);
        }
    }

    /// <inheritdoc/>
    public async Task<SessionDetails?> DeleteAsync(Caller caller, string? token)
    {
        var session = await LoadAsync();
        if (session is null)
        {
            this.Forget();
            if (token is not null)
            {
                throw new SessionException(SessionErrors.SessionTokenInvalid);
            }

            caller.Require(Permission.SessionDelete);
            return null;
        }

        if (token is not null)
        {
            AsSeenWith(token, session, SessionErrors.SessionTokenInvalid);
        }
        else if (!SessionRules.MayDelete(session, caller) || !await CoversUserAsync(session, caller))
        {
            throw new SessionException(SessionErrors.PermissionMissing);
        }

        if (session.EndedAt is null)
        {
            session = await EndAsync(session, SessionEndReason.Deleted);
        }
        else if (session.UserId is not null)
        {
            // The first call may have failed between the two steps.
            await UserSessions(session.UserId).RecordAsync(session);
        }

        return SessionRules.Details(session, _services.InstanceId);
    }

    /// <summary>
    /// Whether the caller is the session's user or has at least that user's rights. This is the rule for acting on other people.
    /// </summary>
    private async ValueTask<bool> CoversUserAsync(SessionRecord session, Caller caller) =>
        session.UserId is not { } userId
        || userId == caller.UserId
        || await _services.Users.Get(GrainKeys.User(userId)).IsCoveredByAsync(caller);

    /// <summary>
    /// A lock ends the sessions of its user. Whoever tries another password in one of them wants to know of the lock, not of its
    /// consequence: fails with <c>COMMAND-JLK35</c> and the number of failed attempts. Nothing is checked or counted for a locked user.
    /// </summary>
    private async Task TellLockAsync(SessionRecord session, SetSession command)
    {
        if (session is not { EndedAt: not null, UserId: { } id } || command.Checks.Password is not { } password)
        {
            return;
        }

        var user = _services.Users.Get(GrainKeys.User(id));
        if (await user.TryIdentifyAsync() is { State: UserState.Locked })
        {
            try
            {
                await user.VerifyPasswordAsync(password);
            }
            catch (SessionException failure)
            {
                _services.FailedLogins.Count(AuditKinds.LoginPassword, session, failure.Error);
                if (PasswordCheck.HidesAttempts(failure, _services.LoginPolicy, session))
                {
                    throw PasswordCheck.WithoutAttempts(failure);
                }

                throw;
            }
        }
    }

    private static void EnsureUsable(SessionRecord session, DateTimeOffset now)
    {
        if (session.EndedAt is not null)
        {
            throw new SessionException(SessionErrors.SessionTerminated);
        }

        if (session.IsExpired(now))
        {
            throw new SessionException(SessionErrors.SessionExpired);
        }
    }

    /// <summary>The session, unless it is past its retention: the row may still exist, or this activation may outlive it.</summary>
    private async ValueTask<SessionRecord?> LoadAsync()
    {
        if (await _state.ReadAsync() is not { } session || session.IsGone(Now, _services.Options.Retention))
        {
            return null;
        }

        NoteStay();
        return HardwareProof.At(session, Now);
    }
}
