using Orleans.Sessions.Lockout;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Users;

/// <content>Changes of the password: by the person, with a code, and by others.</content>
internal sealed partial class UserGrain
{
    /// <inheritdoc/>
    public async Task<UserDetails> SetPasswordAsync(Caller caller, PasswordChange change, bool? endOtherSessions)
    {
        var act = ActOf(caller, change);
        var withPassword = await PreparePasswordAsync(caller, change, act);
        return await EditAsync(caller, act, withPassword, endOtherSessions);
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

    private UserAct ActOf(Caller caller, PasswordChange change) =>
        change.Current is not null ? UserAct.ChangePassword
        : !IsReset(change) ? UserAct.SetPasswordByCode
        : IsRenewal(caller) ? UserAct.RenewPassword
        : UserAct.SetPassword;

    /// <summary>
    /// Whether people set their own password in a session that has proved the present one. If that is too long ago, those who may set
    /// passwords anyway do so by that right.
    /// </summary>
    private bool IsRenewal(Caller caller) =>
        caller.UserId == Id
        && caller.PasswordProvedAt is { } provedAt
        && !_services.Options.RequirePresentPassword
        && (Now - provedAt <= _services.Options.MaxProofAge || !caller.May(Permission.UserCredentialWrite, caller.OrganizationId));

    /// <summary>
    /// Checks and hashes what a password change needs, and returns the change as a function of the record as it will be then.
    /// </summary>
    private async Task<Func<UserRecord, UserRecord>> PreparePasswordAsync(Caller caller, PasswordChange change, UserAct act)
    {
        var user = await AuthorizeAsync(caller, act);
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

        if (act == UserAct.RenewPassword)
        {
            return await PrepareRenewalAsync(user, change.New);
        }

        if (IsReset(change))
        {
            return await PrepareResetAsync(caller, user, change.New);
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

    /// <summary>
    /// A reset by somebody else ends all sessions. A login frontend acts for the person, who goes on in one of these sessions and proves
    /// the new password there. So the sessions live on, but nothing that they have proved counts any more.
    /// </summary>
    private async Task<Func<UserRecord, UserRecord>> PrepareResetAsync(Caller caller, UserRecord before, NewPassword password)
    {
        var isForPerson = IsFrontend(caller) && caller.UserId != Id;
        if (isForPerson)
        {
            await EnsureOtherAsync(before, password);
        }

        var hash = await HashAsync(before, password, IsChosen(caller));
        return user =>
        {
            var next = WithPassword(user, hash, password.ChangeRequired);
            return user.Password is null ? next
                : isForPerson ? UserRules.VoidProofs(next, Now)
                : UserRules.EndSessions(next, SessionEndReason.PasswordReset);
        };
    }

    private async Task<Func<UserRecord, UserRecord>> PrepareRenewalAsync(UserRecord before, NewPassword password)
    {
        await EnsureOtherAsync(before, password);
        var hash = await HashAsync(before, password, isChosen: true);
        return user =>
            user.Password?.ChangedAt == before.Password?.ChangedAt
                ? WithPassword(user, hash, password.ChangeRequired)
                : throw new SessionException(SessionErrors.BearerProofTooOld) { MaxProofAge = _services.Options.MaxProofAge };
    }

    /// <summary>
    /// Fails with <c>COMMAND-Aesh5</c> if the new password is the present one: a password that must be changed would stay. A hash that
    /// cannot be compared is no reason against a new password.
    /// </summary>
    private async Task EnsureOtherAsync(UserRecord user, NewPassword password)
    {
        if (password.Password is not { } chosen || user.Password is not { } present)
        {
            return;
        }

        try
        {
            if (await CompareAsync(chosen, present.Hash, CancellationToken.None) == PasswordVerification.Failed)
            {
                return;
            }
        }
        catch (SessionException exception)
            when (exception.Error == SessionErrors.PasswordHashUnusable || exception.Error == SessionErrors.PasswordHashTooCostly)
        {
            return;
        }

        throw new SessionException(SessionErrors.SetPasswordUnchanged);
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
                throw new SessionException(SessionErrors.PasswordUnclear);
        }
    }

    /// <summary>
    /// Whether the password is the person's own choice. Callers who act through a login frontend choose too: that is how people register.
    /// </summary>
    private bool IsChosen(Caller caller) => caller.UserId == Id || IsFrontend(caller);

    /// <summary>A caller who may do everything is an administrator, whatever other roles it has.</summary>
    private static bool IsFrontend(Caller caller) => caller.IsLoginFrontend && !caller.May(Permission.MemberWrite);

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
