using Orleans.Sessions.Lockout;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Users;

/// <content>
/// Passwords. Comparing a hash takes a tenth of a second of processor time, so a pool does it while other calls continue. The
/// result is then judged by the record as it is by that time.
/// </content>
internal sealed partial class UserGrain
{
    private const int MaxComparisons = 3;

    /// <inheritdoc/>
    public Task VerifyPasswordAsync(string password, CheckOrigin? origin = null, CancellationToken cancellationToken = default) =>
        CheckPasswordAsync(password, NoteSource(origin), mayRehash: true, cancellationToken);

    /// <inheritdoc/>
    public async Task<UserDetails> SetPasswordAsync(Caller caller, PasswordChange change, bool? endOtherSessions)
    {
        var withPassword = await PreparePasswordAsync(caller, change);
        return await EditAsync(caller, ActOf(change), withPassword, endOtherSessions);
    }

    /// <inheritdoc/>
    public async Task<IssuedCode> RequestPasswordResetAsync(Caller caller, CodeRequest code, OtpChannel channel)
    {
        var isReturned = code.Delivery == CodeDelivery.Return;
        string? returned = null;
        var details = await EditAsync(caller, isReturned ? UserAct.ShowReset : UserAct.SendReset, user =>
        {
            (var next, returned) = user switch
            {
                { Kind: not UserKind.Human } => throw new SessionException(SessionErrors.PasswordResetUserNotFound),
                { State: UserState.Initial } => throw new SessionException(SessionErrors.PasswordResetUserInitial),
                { Phone: not { IsVerified: true } } when !isReturned && channel == OtpChannel.Sms => throw new SessionException(
                    SessionErrors.PhoneNotFound
                ),
                _ => Issue(caller, user, UserCode.Password, code, channel),
            };
            return next;
        });
        return new IssuedCode(details, returned);
    }

    /// <summary>
    /// Whether the change needs the rights of another caller, because neither the current password nor a code proves the user.
    /// </summary>
    private static bool IsReset(PasswordChange change) => change.Current is null && change.VerificationCode is null;

    private static UserAct ActOf(PasswordChange change) =>
        change.Current is not null ? UserAct.ChangePassword
        : IsReset(change) ? UserAct.SetPassword
        : UserAct.SetPasswordByCode;

    /// <summary>
    /// Checks and hashes what a password change needs, and returns the change as a function of the record as it will be then.
    /// </summary>
    private async Task<Func<UserRecord, UserRecord>> PreparePasswordAsync(Caller caller, PasswordChange change)
    {
        var user = await AuthorizeAsync(caller, ActOf(change));
        if (user.Kind != UserKind.Human)
        {
            throw new SessionException(SessionErrors.SetPasswordUserNotFound);
        }

        EnsureAcceptable(change.New);
        if (change.New.Hash is not null)
        {
            // Nobody can check whether a hash follows the password rules, so people may not set a hash for themselves.
            caller.Require(Permission.UserCredentialWrite, user.OrganizationId);
        }

        if (IsReset(change))
        {
            return await PrepareResetAsync(user, change.New, IsChosen(caller, change));
        }

        if (user.State == UserState.Initial)
        {
            throw new SessionException(SessionErrors.SetPasswordUserInitial);
        }

        if (change.VerificationCode is { } code)
        {
            return await PrepareByCodeAsync(user, code, change.New);
        }

        return user.Password is null
            ? throw new SessionException(SessionErrors.SetPasswordNotSet)
            : await PrepareOwnChangeAsync(caller, user, change.Current!, change.New);
    }

    private async Task<Func<UserRecord, UserRecord>> PrepareResetAsync(UserRecord before, NewPassword password, bool isChosen)
    {
        var hash = await HashAsync(before, password, isChosen);
        return user =>
        {
            var next = WithPassword(user, hash, password.ChangeRequired);
            return user.Password is null ? next : UserRules.EndSessions(next, SessionEndReason.PasswordReset);
        };
    }

    /// <summary>
    /// The code is checked before the hash is computed, and used up together with the password. If several calls use it at the same time,
    /// only one succeeds. A person who resets a stolen password wants the thief out, together with everything that was proved until now.
    /// </summary>
    private async Task<Func<UserRecord, UserRecord>> PrepareByCodeAsync(UserRecord before, string code, NewPassword password)
    {
        var look = await DecideAsync(user =>
            JudgeCode(user!, UserCode.Password, code) is { Failure: not null } wrong ? wrong : new Verdict(user!)
        );
        if (look.Failure is not null)
        {
            throw look.Failure;
        }

        var hash = await HashAsync(before, password, isChosen: true);
        return user =>
            JudgeCode(user, UserCode.Password, code) is { Failure: { } failure }
                ? throw failure
                : UserRules.EndProvedSessions(WithPassword(user, hash, password.ChangeRequired), Now, SessionEndReason.PasswordReset);
    }

    private async Task<Func<UserRecord, UserRecord>> PrepareOwnChangeAsync(
        Caller caller,
        UserRecord before,
        string current,
        NewPassword password
    )
    {
        var known = await CheckPasswordAsync(
            current,
            AnswerSource.Of(caller, Id, _services.Secrets),
            mayRehash: false,
            CancellationToken.None
        );
        if (password.Password == current)
        {
            throw new SessionException(SessionErrors.SetPasswordUnchanged);
        }

        var hash = await HashAsync(before, password, isChosen: true);
        return user =>
        {
            // A change based on the old password must not undo an administrator's reset that came in between.
            var stored = PasswordFactor.Of(user, SessionErrors.PasswordLockedMeanwhile);
            return stored.ChangedAt == known.ChangedAt
                ? WithOwnPassword(caller, user, hash, password.ChangeRequired)
                : throw new SessionException(SessionErrors.PasswordInvalid)
                {
                    FailedAttempts = GuessRules.CountOf(user, PasswordFactor.Guesses),
                };
        };
    }

    /// <summary>The person has just proved the present password, so the session with which it is changed has proved the new one.</summary>
    private UserRecord WithOwnPassword(Caller caller, UserRecord user, string hash, bool changeRequired)
    {
        var next = WithPassword(user, hash, changeRequired);
        return OwnChangeRules.Proved(caller, next, ProvedFactor.Password, Proving(next));
    }

    private UserRecord WithPassword(UserRecord user, string hash, bool changeRequired) =>
        GuessRules.Forgotten(
            user with
            {
                Password = new StoredPassword(hash, Now, changeRequired),
                PasswordCode = null,
            },
            PasswordFactor.Guesses
        );

    /// <summary>
    /// Fails unless the password is right, with the failure counted; otherwise returns the stored password.
    /// </summary>
    private async Task<StoredPassword> CheckPasswordAsync(
        string password,
        AnswerSource from,
        bool mayRehash,
        CancellationToken cancellationToken
    )
    {
        var user = await _state.ReadAsync();
        var stored = PasswordFactor.Of(user, SessionErrors.PasswordUserLocked);
        GuessRules.EnsureOpen(user!, PasswordFactor.Guesses, from, _services.Lockout, Now);
        for (var comparison = 0; comparison < MaxComparisons; comparison++)
        {
            var compared = stored;
            var result = await CompareAsync(password, compared.Hash, cancellationToken);

            // Parallel guesses all pass the first check; this second check holds them to the limit.
            var change = await DecideAsync(current =>
            {
                var present = PasswordFactor.Of(current, SessionErrors.PasswordLockedMeanwhile);
                GuessRules.EnsureOpen(
                    current!,
                    PasswordFactor.Guesses,
                    from,
                    _services.Lockout,
                    Now,
                    SessionErrors.PasswordLockedMeanwhile
                );
                return present.Hash == compared.Hash && result == PasswordVerification.Failed
                    ? GuessRules.Wrong(current!, PasswordFactor.Guesses, from, _services.Lockout, Now, SessionErrors.PasswordInvalid)
                    : new Verdict(current!);
            });
            FailIfWrong(change);

            stored = change.After.Password!;
            if (stored.Hash == compared.Hash)
            {
                if (mayRehash && result == PasswordVerification.VerifiedNeedsRehash)
                {
                    _ = RehashAsync(password, compared.Hash);
                }

                return stored;
            }
        }

        throw new SessionException(SessionErrors.ClusterAway);
    }

    /// <summary>A hash that cannot be used is the service's fault and not a wrong password, so it must not count as one.</summary>
    private async Task<PasswordVerification> CompareAsync(string password, string hash, CancellationToken cancellationToken)
    {
        try
        {
            return await _services.Hashing.VerifyAsync(Id, hash, password, cancellationToken);
        }
        catch (Exception exception) when (exception is not (SessionException or OperationCanceledException))
        {
            UserLog.HashUnusable(_services.Log, Id, exception);
            throw new SessionException(SessionErrors.PasswordHashUnusable);
        }
    }

    /// <summary>Rehashes a right password with the present settings in the background: the answer does not wait for it.</summary>
    private async Task RehashAsync(string password, string hash)
    {
        try
        {
            var better = await _services.Hashing.HashAsync(Id, password, CancellationToken.None);
            await DecideAsync(user => new Verdict(
                user?.Password is { } stored && stored.Hash == hash ? user with { Password = stored with { Hash = better } } : user!
            ));
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.HashingBusy)
        {
            // The next login tries again.
        }
        catch (Exception exception)
        {
            UserLog.RehashFailed(_services.Log, Id, exception);
        }
    }

    private void EnsureAcceptable(NewPassword password)
    {
        switch (password)
        {
            case { Password: { Length: > 0 } plain, Hash: null }:
                _services.PasswordPolicy.Ensure(plain);
                break;
            case { Password: null, Hash: { Length: > 0 } hash }:
                _services.Hashing.EnsureImportable(hash);
                break;
            default:
                throw new SessionException(SessionErrors.UserInputInvalid);
        }
    }

    /// <summary>
    /// Whether the password is the person's own choice. Callers who act through a login frontend choose too: that is how people register. A
    /// caller who may do everything is an administrator, whatever other roles it has.
    /// </summary>
    private bool IsChosen(Caller caller, PasswordChange? change = null) =>
        caller.UserId == Id || (change is not null && !IsReset(change)) || (caller.IsLoginFrontend && !caller.May(Permission.MemberWrite));

    /// <summary>
    /// The hash to store. The check whether the password is easy to guess comes after all other checks, because it may call
    /// another service.
    /// </summary>
    private async Task<string> HashAsync(UserRecord user, NewPassword password, bool isChosen)
    {
        if (password.Hash is { } imported)
        {
            return imported;
        }

        if (_services.Guessable.Concern(isChosen))
        {
            var organization = await GrainFactory.GetGrain<IOrganizationsGrain>(GrainKeys.Instance).NameOfAsync(user.OrganizationId);
            await _services.Guessable.RefuseAsync(password.Password!, user, organization);
        }

        return await _services.Hashing.HashAsync(Id, password.Password!, CancellationToken.None);
    }
}
