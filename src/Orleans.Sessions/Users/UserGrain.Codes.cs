using Orleans.Sessions.Codes;
using Orleans.Sessions.Notifications;

namespace Orleans.Sessions.Users;

/// <content>
/// Codes that prove something about the user. Only a keyed hash of a code is stored. The message with the code is written in the same
/// transaction, encrypted, and delivered later.
/// </content>
internal sealed partial class UserGrain
{
    /// <summary>
    /// The user with a new code of this kind, and the code if it is to be returned. Without a channel the user is unchanged, unless the
    /// caller insists on a code.
    /// </summary>
    private (UserRecord User, string? Returned) Issue(
        Caller caller,
        UserRecord user,
        UserCode kind,
        CodeRequest request,
        OtpChannel channel
    )
    {
        // The code can be sent again by another caller than the one who chose the link template.
        _services.Notifier.EnsureTemplate(
            request.UrlTemplate == kind.Get(user)?.UrlTemplate ? Caller.InCluster : caller,
            kind.Notification,
            request.UrlTemplate
        );
        UserInput.EnsureApplicationName(request.ApplicationName);
        var isReturned = request.Delivery == CodeDelivery.Return;
        if (request.Delivery == CodeDelivery.SendIfPossible && !_services.Notifier.Reaches(channel))
        {
            return (user, null);
        }

        if (!isReturned)
        {
            _services.Notifier.EnsureReaches(channel);
            user = CountSend(user, channel);
        }

        var code = OneTimeCode.NewText();
        var stored = new StoredCode(
            OneTimeCode.Hash(_services.Secrets, CodePurpose(kind), code),
            Now + kind.Lifetime(_services.Codes),
            UrlTemplate: request.UrlTemplate,
            ApplicationName: request.ApplicationName
        );
        var next = kind.Set(user, stored);
        return isReturned ? (next, code) : (WithMessage(next, kind.Notification, stored, channel, code), null);
    }

    private UserRecord WithMessage(
        UserRecord user,
        NotificationKind kind,
        StoredCode stored,
        OtpChannel channel,
        string code,
        string codeId = ""
    )
    {
        var recipient = UserRules.Recipient(user);
        if (kind == NotificationKind.PasswordReset && ContactRules.RecoveryEmail(user) is { } trusted)
        {
            recipient = recipient with { Email = trusted.Address, IsEmailVerified = trusted.IsVerified };
        }

        var link = new Dictionary<string, string>
        {
            ["Code"] = code,
            ["CodeID"] = codeId,
            ["UserID"] = user.Id,
            ["OrgID"] = user.OrganizationId,
        };
        var content = new NotificationContent
        {
            User = recipient,
            Channel = channel,
            Recipient = channel == OtpChannel.Email ? recipient.Email! : recipient.Phone!,
            Code = code,
            ExpiresAt = stored.ExpiresAt,
            Url = channel == OtpChannel.Email ? _services.Notifier.Link(kind, stored.UrlTemplate, link) : null,
            ApplicationName = stored.ApplicationName,
        };
        return user with { Outbox = [.. user.Outbox ?? [], _services.Notifier.Message(kind, content, Now)] };
    }

    /// <summary>
    /// Uses up a code. <paramref name="accept"/> applies what it proves in the same write. If several calls use it at the same time, only
    /// one succeeds.
    /// </summary>
    private async Task<UserDetails> UseCodeAsync(
        Caller caller,
        UserAct act,
        UserCode kind,
        string code,
        Func<UserRecord, UserRecord> accept
    )
    {
        var change = await DecideAsync(current =>
        {
            var verdict = JudgeCode(Authorize(current, caller, act), kind, code);
            return verdict.Failure is null ? new Verdict(Edited(current!, accept(verdict.User))) : verdict;
        });
        if (change.Failure is not null)
        {
            throw change.Failure;
        }

        await PublishAsync(change);
        return UserRules.Details(change.After);
    }

    private Verdict JudgeCode(UserRecord user, UserCode kind, string code) =>
        kind.Judge(user, hash => OneTimeCode.Matches(_services.Secrets, CodePurpose(kind), code, hash), Now, _services.Lockout.Tarpit);

    /// <summary>
    /// The user with the new e-mail address or phone number and, if wanted, a code that proves it. A code for the previous one becomes
    /// void, and so does an invitation.
    /// </summary>
    private (UserRecord User, string? Returned) WithContactCode(
        Caller caller,
        UserRecord next,
        UserCode kind,
        CodeRequest? request,
        OtpChannel channel,
        bool isNew
    )
    {
        var isProved =
            channel == OtpChannel.Email ? next.Email is null or { IsVerified: true } : next.Phone is null or { IsVerified: true };
        next = isNew || isProved ? kind.Set(next, null) : next;
        next = isNew && channel == OtpChannel.Email ? UserCode.Invite.Set(next, null) : next;
        if (isProved || request is null || (!isNew && request.Delivery == CodeDelivery.SendIfPossible))
        {
            // A template that cannot be used is a mistake, even where no link is made.
            _services.Notifier.EnsureTemplate(caller, kind.Notification, request?.UrlTemplate);
            return (next, null);
        }

        return Issue(caller, next, kind, request, channel);
    }

    private string CodePurpose(UserCode kind) => $"{kind.Name}:{Id}";
}
