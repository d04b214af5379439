using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.WebAuthn;
using Orleans.Sessions.Protocol.ObjectV2;
using Orleans.Sessions.Protocol.SessionV2;

namespace Orleans.Sessions.Gateway.Sessions;

/// <summary>Converts the results of grains to response messages.</summary>
internal static class SessionResponses
{
    public static Details Details(SessionDetails details) =>
        new()
        {
            Sequence = (ulong)details.Sequence,
            ChangeDate = Timestamps.Of(details.ChangeDate),
            ResourceOwner = details.ResourceOwner,
        };

    public static ListSessionsResponse List(SessionPage page)
    {
        var response = new ListSessionsResponse
        {
            Details = new ListDetails
            {
                TotalResult = (ulong)page.Total,
                Timestamp = Timestamps.Of(page.AsOf),
                TotalIsExact = page.IsTotalExact,
            },
        };
        response.Sessions.AddRange(page.Sessions.Select(Session));
        return response;
    }

    public static Session Session(SessionView view)
    {
        var session = new Session
        {
            Id = view.Id,
            CreationDate = Timestamps.Of(view.CreationDate),
            ChangeDate = Timestamps.Of(view.ChangeDate),
            Sequence = (ulong)view.Sequence,
            Factors = Factors(view.Factors),
            UserAgent = UserAgent(view.UserAgent),
            ExpirationDate = Date(view.ExpirationDate),
            IdleTimeout = view.IdleTimeout is { } idle ? Duration.FromTimeSpan(idle) : null,
            State = (Protocol.SessionV2.SessionState)(view.State ?? 0),
            LastUsedDate = Date(view.LastUsedAt),
            DeviceName = view.DeviceName ?? "",
        };
        foreach (var (key, value) in view.Metadata)
        {
            session.Metadata.Add(key, UnsafeByteOperations.UnsafeWrap(value.AsMemory()));
        }

        return session;
    }

    private static Protocol.SessionV2.Factors? Factors(SessionFactors? factors) =>
        factors is null
            ? null
            : new()
            {
                User = new Protocol.SessionV2.UserFactor
                {
                    Id = factors.User.Id,
                    VerifiedAt = Timestamps.Of(factors.User.VerifiedAt),
                    LoginName = factors.User.LoginName,
                    DisplayName = factors.User.DisplayName,
                    OrganizationId = factors.User.OrganizationId,
                },
                Password = factors.Password is { } password ? new() { VerifiedAt = Timestamps.Of(password) } : null,
                WebAuthN = factors.WebAuthn is { } webAuthn
                    ? new() { VerifiedAt = Timestamps.Of(webAuthn.VerifiedAt), UserVerified = webAuthn.UserVerified }
                    : null,
                Intent = factors.Intent is { } intent ? new() { VerifiedAt = Timestamps.Of(intent) } : null,
                Totp = factors.Totp is { } totp ? new() { VerifiedAt = Timestamps.Of(totp) } : null,
                OtpSms = factors.OtpSms is { } sms ? new() { VerifiedAt = Timestamps.Of(sms) } : null,
                OtpEmail = factors.OtpEmail is { } email ? new() { VerifiedAt = Timestamps.Of(email) } : null,
                RecoveryCode = factors.RecoveryCode is { } recoveryCode ? new() { VerifiedAt = Timestamps.Of(recoveryCode) } : null,
            };

    public static Challenges? Challenges(IssuedChallenges? issued)
    {
        if (issued is null)
        {
            return null;
        }

        var challenges = new Challenges();
        if (issued.WebAuthn is { } options)
        {
            challenges.WebAuthN = new() { PublicKeyCredentialRequestOptions = CredentialStruct.PublicKey(options) };
        }

        if (issued.OtpSms is { } sms)
        {
            challenges.OtpSms = sms;
        }

        if (issued.OtpEmail is { } email)
        {
            challenges.OtpEmail = email;
        }

        return challenges;
    }

    private static Protocol.SessionV2.UserAgent? UserAgent(Orleans.Sessions.UserAgent? agent)
    {
        if (agent is null)
        {
            return null;
        }

        var message = new Protocol.SessionV2.UserAgent();
        if (agent.FingerprintId is not null)
        {
            message.FingerprintId = agent.FingerprintId;
        }

        if (agent.Ip is not null)
        {
            message.Ip = agent.Ip;
        }

        if (agent.Description is not null)
        {
            message.Description = agent.Description;
        }

        foreach (var (name, values) in agent.Header)
        {
            message.Header.Add(name, new Protocol.SessionV2.UserAgent.Types.HeaderValues { Values = { values } });
        }

        return message;
    }

    private static Timestamp? Date(DateTimeOffset? date) => date is { } value ? Timestamps.Of(value) : null;
}
