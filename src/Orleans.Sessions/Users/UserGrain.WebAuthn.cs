using System.Collections.Immutable;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.State;
using Orleans.Sessions.WebAuthn;

namespace Orleans.Sessions.Users;

/// <content>Passkeys and security keys: their registration, and what they prove.</content>
internal sealed partial class UserGrain
{
    /// <inheritdoc/>
    public async Task<CreatedPasskeyCode> CreatePasskeyCodeAsync(Caller caller, CodeRequest request)
    {
        var code = new PasskeyCode(await _services.Ids.NextAsync(), WebAuthnRegistrationRules.NewCode());
        var isReturned = request.Delivery == CodeDelivery.Return;
        var details = await EditAsync(caller, UserAct.MakePasskeyCode, user =>
        {
            _services.Notifier.EnsureTemplate(caller, NotificationKind.PasskeyRegistration, request.UrlTemplate);
            var next = WebAuthnRegistrationRules.AddCode(WebAuthnRegistrationRules.Person(user), code, Now);
            return isReturned ? next : WithPasskeyLink(next, code, request.UrlTemplate);
        });
        return new CreatedPasskeyCode(details, isReturned ? code : null);
    }

    /// <summary>The code lets its holder log in later, so it is only sent to an address that is known to be the person's.</summary>
    private UserRecord WithPasskeyLink(UserRecord user, PasskeyCode code, string? urlTemplate)
    {
        if (user.Email is not { IsVerified: true })
        {
            throw new SessionException(SessionErrors.OtpEmailUnverified);
        }

        _services.Notifier.EnsureReaches(OtpChannel.Email);
        user = CountSend(user, OtpChannel.Email);
        var stored = user.PasskeyCodes!.Value[^1];
        return WithMessage(
            user,
            NotificationKind.PasskeyRegistration,
            new StoredCode(stored.Hash, stored.ExpiresAt, UrlTemplate: urlTemplate),
            OtpChannel.Email,
            code.Code,
            code.Id
        );
    }

    /// <inheritdoc/>
    public async Task<WebAuthnEnrolment> RegisterAsync(RegisterWebAuthn command)
    {
        var terms = RegistrationTerms(command.Kind, RelyingPartyId.Parse(command.Domain));
        var user = PermitRegistration(await _state.ReadAsync(), command);
        var ceremony = await _services.WebAuthn.BeginRegistrationAsync(
            terms,
            WebAuthnRules.Holder(user, command.Kind, terms.RpId),
            command.Attachment
        );
        var now = Now;
        var key = new StoredWebAuthnKey(await _services.Ids.NextAsync(), command.Kind, terms.RpId)
        {
            Pending = new PendingRegistration(ceremony.State, now + WebAuthnRules.CeremonyLifetime, ByCode: command.Code is not null),
        };
        var change = await DecideAsync(current =>
            new(Stamp(WebAuthnRegistrationRules.Begin(PermitRegistration(current, command), key, now)))
        );
        return new WebAuthnEnrolment(UserRules.Details(change.After), key.Id, ceremony.Options);
    }

    /// <inheritdoc/>
    public async Task<UserDetails> VerifyAsync(VerifyWebAuthn command)
    {
        var (user, pending) = PermitFinish(await _state.ReadAsync(), command);
        var answer = ClientCredential.ReadAttestation(command.Credential)
            ?? throw new SessionException(SessionErrors.WebAuthnRegistrationUnreadable);
        var credential = await _services.WebAuthn.FinishRegistrationAsync(
            RegistrationTerms(pending.Kind, pending.RpId),
            WebAuthnRules.Holder(user, pending.Kind, pending.RpId),
            pending.Pending!.State,
            answer
        ) ?? throw new SessionException(SessionErrors.WebAuthnRegistrationInvalid);
        var change = await DecideAsync(current =>
        {
            var next = WebAuthnRegistrationRules.Finish(PermitFinish(current, command).User, pending, credential, command.Name, Now);
            return new(Edited(current!, WithProvedKey(command.Caller, current!, next, pending)));
        });
        await PublishAsync(change);
        await EndOtherSessionsAsync(command.Caller, change, command.EndOtherSessions);
        return UserRules.Details(change.After);
    }

    /// <inheritdoc/>
    public Task<UserDetails> RemoveAsync(Caller caller, WebAuthnKind kind, string id, bool? endOtherSessions) =>
        EditAsync(
            caller,
            ActFor(kind) with
            {
                Missing = SessionErrors.WebAuthnKeyNotFound,
            },
            user => WebAuthnRegistrationRules.Remove(user, kind, id),
            endOtherSessions
        );

    /// <inheritdoc/>
    public async Task<ImmutableArray<PasskeyView>> ListPasskeysAsync(Caller caller) =>
        [.. WebAuthnRules.Passkeys(await AuthorizeAsync(caller, UserAct.Read))];

    /// <inheritdoc/>
    public async Task<Authenticators> ListAuthenticatorsAsync(Caller caller) =>
        WebAuthnRules.AuthenticatorsOf(await AuthorizeAsync(caller, UserAct.Read));

    /// <inheritdoc/>
    public async Task<WebAuthnCeremony> ChallengeWebAuthnAsync(WebAuthnTerms terms)
    {
        var holder = WebAuthnRules.Holder(await ActiveAsync(), terms.Kind, terms.RpId);
        return holder.Credentials.IsEmpty
            ? throw new SessionException(SessionErrors.WebAuthnNoCredential)
            : await _services.WebAuthn.BeginAssertionAsync(terms, holder);
    }

    /// <inheritdoc/>
    public async Task<RightWebAuthn> VerifyWebAuthnAsync(WebAuthnTerms terms, string state, string credential)
    {
        var user = await ActiveAsync();
        var answer = ClientCredential.ReadAssertion(credential) ?? throw new SessionException(SessionErrors.WebAuthnUnreadable);
        var key = WebAuthnRules
            .Ready(user, terms.Kind, terms.RpId)
            .FirstOrDefault(known => known.Credential!.Id.AsSpan().SequenceEqual(answer.Id))
            ?? throw new SessionException(SessionErrors.WebAuthnCredentialUnknown);
        var verified = await _services.WebAuthn.FinishAssertionAsync(
            terms,
            WebAuthnRules.Holder(user, terms.Kind, terms.RpId),
            state,
            answer
        ) ?? throw new SessionException(SessionErrors.WebAuthnInvalid);
        if (WebAuthnRules.IsBehind(key.Credential!, verified.SignCount))
        {
            UserLog.CloneSuspected(_services.Log, key.Id, Id);
            throw new SessionException(SessionErrors.WebAuthnInvalid);
        }

        return new RightWebAuthn(key.Id, verified.SignCount, verified.IsBackedUp, verified.UserVerified)
        {
            IsHardwareBound = verified.IsHardwareBound,
        };
    }

    /// <summary>Making a key proves it, and a passkey is only made by an authenticator that has verified the person.</summary>
    private UserRecord WithProvedKey(Caller caller, UserRecord before, UserRecord after, StoredWebAuthnKey key) =>
        key.Pending is { ByCode: false }
            ? OwnChangeRules.Proved(
                caller,
                after,
                ProvedFactor.WebAuthn,
                Proving(before),
                key.Id,
                userVerified: key.Kind == WebAuthnKind.Passkey
            )
            : after;

    private static UserAct ActFor(WebAuthnKind kind) => kind == WebAuthnKind.Passkey ? UserAct.ChangePasskey : UserAct.ChangeFactor;

    private static WebAuthnTerms RegistrationTerms(WebAuthnKind kind, string rpId) =>
        new(rpId, kind == WebAuthnKind.Passkey ? UserVerification.Required : UserVerification.Discouraged);

    private async ValueTask<UserRecord> ActiveAsync()
    {
        var user = await _state.ReadAsync();
        if (user is null)
        {
            // A passkey's answer may name any user id.
            this.Forget();
        }

        return WebAuthnRules.Active(user);
    }

    /// <summary>The user, if the caller may begin this registration; the code is used up if it stands for the permission.</summary>
    private UserRecord PermitRegistration(UserRecord? current, RegisterWebAuthn command)
    {
        if (command is { Kind: WebAuthnKind.Passkey, Code: { } code })
        {
            return WebAuthnRegistrationRules.UseCode(current, code, Now);
        }

        return WebAuthnRegistrationRules.Person(Authorize(current, command.Caller, ActFor(command.Kind)));
    }

    /// <summary>
    /// The user and the pending registration, if the caller may finish it. A caller without the permission does not learn whether there is
    /// one.
    /// </summary>
    private (UserRecord User, StoredWebAuthnKey Pending) PermitFinish(UserRecord? current, VerifyWebAuthn command)
    {
        var key = WebAuthnRegistrationRules.Find(current, command.Kind, command.Id);
        if (key is not { Pending.ByCode: true })
        {
            Authorize(current, command.Caller, command.Kind == WebAuthnKind.Passkey ? UserAct.FinishPasskey : UserAct.FinishFactor);
        }

        return key?.Pending is { } pending && pending.ExpiresAt > Now
            ? (current!, key)
            : throw new SessionException(SessionErrors.WebAuthnKeyNotFound);
    }
}
