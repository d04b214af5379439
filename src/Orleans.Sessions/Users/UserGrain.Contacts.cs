using Orleans.Sessions.Lockout;
using Orleans.Sessions.Otp;

namespace Orleans.Sessions.Users;

/// <content>E-mail address, phone number, invitation.</content>
internal sealed partial class UserGrain
{
    /// <inheritdoc/>
    public async Task<IssuedCode> SetEmailAsync(Caller caller, EmailAddress email, CodeRequest? code, bool? endOtherSessions)
    {
        string? returned = null;
        var act = UserAct.ChangeContact with { Vouches = email.IsVerified || code?.Delivery == CodeDelivery.Return };
        var known = (await AuthorizeAsync(caller, act)).Email;
        await EnsureMayVouchAsync(caller, known, UserInput.Email(email, known), code);
        var details = await EditAsync(
            caller,
            act,
            user =>
            {
                var next = UserInput.Update(user, new UpdateUser { Caller = caller, Email = email }, _services.Options.NameRule);
                if (next.Email == user.Email)
                {
                    throw new SessionException(SessionErrors.EmailUnchanged);
                }

                (next, returned) = WithContactCode(caller, next, UserCode.Email, code, OtpChannel.Email, isNew: true);
                return next;
            },
            endOtherSessions
        );
        return new IssuedCode(details, returned);
    }

    /// <inheritdoc/>
    public Task<IssuedCode> SendEmailCodeAsync(Caller caller, CodeRequest code, bool again) =>
        IssueAsync(caller, UserAct.ProveContact, UserCode.Email, OtpChannel.Email, code, user => user switch
            {
                { Email: null } => throw new SessionException(SessionErrors.UserNotFound),
                { Email.IsVerified: true } => throw new SessionException(SessionErrors.EmailVerifiedAlready),
                { EmailCode: null } when again => throw new SessionException(SessionErrors.EmailCodeMissing),
                _ => code with { UrlTemplate = code.UrlTemplate ?? (again ? user.EmailCode?.UrlTemplate : null) },
            });

    /// <inheritdoc/>
    public Task<UserDetails> VerifyEmailAsync(Caller caller, string code) =>
        UseCodeAsync(caller, UserAct.ProveContact, UserCode.Email, code, user =>
            user with
            {
                Email = user.Email! with { IsVerified = true },
            }
        );

    /// <inheritdoc/>
    public Task<UserDetails> RemovePhoneAsync(Caller caller, bool? endOtherSessions) =>
        EditAsync(
            caller,
            UserAct.ChangeContact,
            user =>
                GuessRules.Forgotten(
                    user with
                    {
                        Phone = null,
                        PhoneCode = null,
                        OtpSmsAddedAt = null,
                    },
                    OtpFactor.GuessesOf(OtpChannel.Sms)
                ),
            endOtherSessions
        );

    /// <inheritdoc/>
    public Task<IssuedCode> ResendPhoneCodeAsync(Caller caller, CodeRequest code) =>
        IssueAsync(caller, UserAct.ProveContact, UserCode.Phone, OtpChannel.Sms, code, user => user switch
            {
                { Phone: null } => throw new SessionException(SessionErrors.PhoneNotFound),
                { Phone.IsVerified: true } => throw new SessionException(SessionErrors.PhoneVerifiedAlready),
                { PhoneCode: null } => throw new SessionException(SessionErrors.PhoneCodeMissing),
                _ => code,
            });

    /// <inheritdoc/>
    public Task<UserDetails> VerifyPhoneAsync(Caller caller, string code) =>
        UseCodeAsync(caller, UserAct.ProveContact, UserCode.Phone, code, user =>
            user with
            {
                Phone = user.Phone! with { IsVerified = true },
            }
        );

    /// <inheritdoc/>
    public Task<IssuedCode> CreateInviteCodeAsync(Caller caller, CodeRequest code) =>
        IssueAsync(caller, UserAct.Invite with { BySelf = false }, UserCode.Invite, OtpChannel.Email, code, user =>
        {
            EnsureInvitable(user);
            return code;
        });

    /// <inheritdoc/>
    public async Task<UserDetails> ResendInviteCodeAsync(Caller caller)
    {
        var code = new CodeRequest(CodeDelivery.Send);
        var issued = await IssueAsync(caller, UserAct.Invite with { BySelf = false }, UserCode.Invite, OtpChannel.Email, code, user =>
        {
            EnsureInvitable(user);
            return user.InviteCode is { } earlier
                ? code with
                {
                    UrlTemplate = earlier.UrlTemplate,
                    ApplicationName = earlier.ApplicationName,
                }
                : throw new SessionException(SessionErrors.InviteCodeMissing);
        });
        return issued.Details;
    }

    /// <inheritdoc/>
    public Task<UserDetails> VerifyInviteCodeAsync(Caller caller, string code) =>
        UseCodeAsync(caller, UserAct.Invite, UserCode.Invite, code, user =>
            user with
            {
                Email = user.Email! with { IsVerified = true },
                EmailCode = null,
            }
        );

    private static void EnsureInvitable(UserRecord user)
    {
        if (user.Email is null)
        {
            throw new SessionException(SessionErrors.InviteUserNotFound);
        }

        if (!UserRules.Methods(user, domain: null).IsEmpty)
        {
            throw new SessionException(SessionErrors.InviteUserInitialised);
        }
    }

    /// <summary>Makes a code once <paramref name="request"/> has checked whether the user may have one, and with which options.</summary>
    private async Task<IssuedCode> IssueAsync(
        Caller caller,
        UserAct act,
        UserCode kind,
        OtpChannel channel,
        CodeRequest code,
        Func<UserRecord, CodeRequest> request
    )
    {
        string? returned = null;
        act = act with { Vouches = code.Delivery == CodeDelivery.Return };
        var known = (await AuthorizeAsync(caller, act)).Email;
        if (channel == OtpChannel.Email)
        {
            await EnsureMayVouchAsync(caller, known, known, code);
        }

        var details = await EditAsync(caller, act, user =>
        {
            if (channel == OtpChannel.Email && act.Vouches && user.Email?.Address != known?.Address)
            {
                // The code would be for an address that nobody has looked at.
                throw new SessionException(SessionErrors.ClusterAway);
            }

            (var next, returned) = Issue(caller, user, kind, request(user), channel);
            return next;
        });
        return new IssuedCode(details, returned);
    }
}
