using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Orleans.Sessions.Gateway.WebAuthn;
using Orleans.Sessions.Protocol.SessionV2;

namespace Orleans.Sessions.Gateway.Sessions;

/// <summary>Converts request messages to the types of the grains.</summary>
internal static class SessionRequests
{
    /// <summary>The maximum length of all parts of a user agent together, in characters.</summary>
    private const int MaxUserAgent = 32 * 1024;

    public static Orleans.Sessions.Checks Checks(Protocol.SessionV2.Checks? checks) =>
        checks is null
            ? Orleans.Sessions.Checks.None
            : new Orleans.Sessions.Checks
            {
                User = checks.User is null
                    ? null
                    : new UserCheck
                    {
                        UserId = checks.User.SearchCase == CheckUser.SearchOneofCase.UserId ? checks.User.UserId : null,
                        LoginName = checks.User.SearchCase == CheckUser.SearchOneofCase.LoginName ? checks.User.LoginName : null,
                    },
                Password = checks.Password?.Password,
                Totp = checks.Totp?.Code,
                WebAuthn = checks.WebAuthN is { } webAuthn
                    ? CredentialStruct.Json(webAuthn.CredentialAssertionData, SessionErrors.WebAuthnUnreadable)
                    : null,
                Intent = checks.IdpIntent is { } intent ? new IntentCheck(intent.IdpIntentId, intent.IdpIntentToken) : null,
                OtpSms = checks.OtpSms?.Code,
                OtpEmail = checks.OtpEmail?.Code,
                RecoveryCode = checks.RecoveryCode?.Code,
            };

    public static RequestedChallenges Challenges(RequestChallenges? challenges) =>
        challenges is null
            ? RequestedChallenges.None
            : new RequestedChallenges
            {
                WebAuthn = challenges.WebAuthN is { } webAuthn
                    ? new RequestedWebAuthn(webAuthn.Domain, (UserVerification)webAuthn.UserVerificationRequirement)
                    : null,
                OtpSms = challenges.OtpSms is { } sms ? new RequestedOtpSms(sms.ReturnCode) : null,
                OtpEmail = challenges.OtpEmail is { } email
                    ? new RequestedOtpEmail(
                        email.ReturnCode is not null,
                        email.SendCode is { HasUrlTemplate: true } send ? send.UrlTemplate : null
                    )
                    : null,
            };

    public static ImmutableDictionary<string, ImmutableArray<byte>> Metadata(MapField<string, ByteString> metadata) =>
        metadata.Count == 0
            ? ImmutableDictionary<string, ImmutableArray<byte>>.Empty
            : metadata.ToImmutableDictionary(entry => entry.Key, entry => ImmutableArray.Create(entry.Value.Span));

    public static TimeSpan? Lifetime(Duration? lifetime)
    {
        if (lifetime is null)
        {
            return null;
        }

        // A time longer than any TimeSpan counts as "for ever".
        return lifetime.Seconds < TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerSecond ? lifetime.ToTimeSpan() : TimeSpan.MaxValue;
    }

    public static Orleans.Sessions.UserAgent? UserAgent(Protocol.SessionV2.UserAgent? agent)
    {
        if (agent is null)
        {
            return null;
        }

        if (Size(agent) > MaxUserAgent)
        {
            throw new SessionException(SessionErrors.UserAgentTooLarge);
        }

        var ip = CanonicalIp(agent.Ip);
        if (!agent.HasFingerprintId && ip is null && !agent.HasDescription && agent.Header.Count == 0)
        {
            return null;
        }

        return new Orleans.Sessions.UserAgent
        {
            FingerprintId = agent.HasFingerprintId ? agent.FingerprintId : null,
            Ip = ip,
            Description = agent.HasDescription ? agent.Description : null,
            Header = agent.Header.ToImmutableDictionary(entry => entry.Key, entry => entry.Value.Values.ToImmutableArray()),
        };
    }

    public static SessionQuery Query(ListSessionsRequest request, Caller caller, DateTimeOffset now)
    {
        var query = request.Query;
        var limit = query is null || query.Limit == 0 ? SessionQuery.DefaultLimit : query.Limit;
        if (limit > SessionQuery.MaxLimit)
        {
            throw new SessionException(SessionErrors.LimitExceeded);
        }

        return new SessionQuery
        {
            Filters = [.. request.Queries.Select(part => Filter(part, caller, now))],
            Ascending = query?.Asc ?? false,
            Offset = (long)Math.Min(query?.Offset ?? 0, long.MaxValue),
            Limit = (int)limit,
        };
    }

    private static SessionFilter Filter(SearchQuery query, Caller caller, DateTimeOffset now) =>
        query.QueryCase switch
        {
            SearchQuery.QueryOneofCase.IdsQuery => new SessionFilter.Ids([.. query.IdsQuery.Ids]),
            SearchQuery.QueryOneofCase.UserIdQuery => new SessionFilter.User(query.UserIdQuery.Id),
            SearchQuery.QueryOneofCase.CreatorQuery => new SessionFilter.Creator(
                OwnOrGiven(query.CreatorQuery.HasId, query.CreatorQuery.Id, caller.UserId, SessionErrors.CreatorQueryInvalid)
            ),
            SearchQuery.QueryOneofCase.UserAgentQuery => new SessionFilter.Fingerprint(
                OwnOrGiven(
                    query.UserAgentQuery.HasFingerprintId,
                    query.UserAgentQuery.FingerprintId,
                    caller.AgentId,
                    SessionErrors.UserAgentQueryInvalid
                )
            ),
            SearchQuery.QueryOneofCase.CreationDateQuery => new SessionFilter.Created(
                Date(query.CreationDateQuery.CreationDate),
                (Comparison)query.CreationDateQuery.Method
            ),
            SearchQuery.QueryOneofCase.ExpirationDateQuery => new SessionFilter.Expires(
                Date(query.ExpirationDateQuery.ExpirationDate),
                (Comparison)query.ExpirationDateQuery.Method
            ),
            SearchQuery.QueryOneofCase.StateQuery => new SessionFilter.InState((Orleans.Sessions.SessionState)query.StateQuery.State, now),
            SearchQuery.QueryOneofCase.ProvedQuery => new SessionFilter.Proved(query.ProvedQuery.Proved),
            _ => throw new SessionException(SessionErrors.QueryMissing),
        };

    /// <summary>An absent value means the caller's own value. A present but empty value is an error (contract §7.2).</summary>
    private static string OwnOrGiven(bool isGiven, string given, string? own, SessionError invalid) =>
        (isGiven ? given : own) is { Length: > 0 } id ? id : throw new SessionException(invalid);

    /// <summary>An absent date is the epoch. Dates are compared with the precision of the stored dates.</summary>
    private static DateTimeOffset Date(Timestamp? date)
    {
        var instant = date?.ToDateTimeOffset() ?? DateTimeOffset.UnixEpoch;
        return instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>
    /// An address that cannot be read is left out, as the contract requires. So is an address with a zone, because a zone has a meaning
    /// only on the machine that wrote it.
    /// </summary>
    private static string? CanonicalIp(string text) =>
        IPAddress.TryParse(text, out var address)
        && (address.AddressFamily != AddressFamily.InterNetwork || text.Count(c => c == '.') == 3)
        && !text.AsSpan().ContainsAny('[', '%')
            ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString()
            : null;

    private static int Size(Protocol.SessionV2.UserAgent agent) =>
        agent.FingerprintId.Length
        + agent.Description.Length
        + agent.Ip.Length
        + agent.Header.Sum(entry => entry.Key.Length + entry.Value.Values.Sum(value => value.Length + 1));
}
