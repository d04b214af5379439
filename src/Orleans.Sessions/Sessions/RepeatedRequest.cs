using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Orleans.Sessions.Sessions;

/// <summary>
/// Recognises a request that was already done. There are two cases. First, a client repeats a request with the same <c>Idempotency-Key</c>:
/// the session remembers the last few answers for a day. Second, the gateway repeats a call because a node died before it could answer: the
/// call names the token, so the stored token hash of the last change, or of one of the few before it, identifies it. The token that belongs
/// to an Idempotency-Key is not stored but computed again from the key. Returned challenges are stored encrypted.
/// </summary>
internal sealed class RepeatedRequest(SessionServices services, string sessionId, Caller caller, Idempotency? idempotency, string? token)
{
    private const int MaxRemembered = 4;
    private const int MaxEarlier = 8;
    private static readonly TimeSpan s_rememberedFor = TimeSpan.FromDays(1);

    /// <summary>Callers do not repeat a call for longer than this.</summary>
    private static readonly TimeSpan s_repeatedFor = TimeSpan.FromMinutes(5);

    private string IssuedPurpose => $"issued:{sessionId}";

    /// <summary>The token that the session gets from this request.</summary>
    public string NextToken() =>
        idempotency is null
            ? token ?? SessionToken.Create(sessionId)
            : $"sess_{sessionId}_{Base64Url.EncodeToString(Hash("token", idempotency.Key).AsSpan(0, 24))}";

    /// <summary>
    /// The answer that the request got the first time; <c>null</c> if the request is new. Fails with <c>SESSION-Idem2</c> if the key was
    /// used for another request.
    /// </summary>
    public SessionChange? AnswerAgain(SessionRecord session)
    {
        if (idempotency is null)
        {
            return token is not null && session.EndedAt is null ? AnswerAgain(session, token) : null;
        }

        var keyHash = Hash("key", idempotency.Key);
        var remembered = session.Answers?.FirstOrDefault(answer =>
            CryptographicOperations.FixedTimeEquals(answer.KeyHash.AsSpan(), keyHash)
        );
        if (remembered is null)
        {
            return null;
        }

        return CryptographicOperations.FixedTimeEquals(remembered.RequestHash.AsSpan(), RequestHash())
            ? Answer(remembered.Sequence, remembered.ChangedAt, NextToken(), remembered.Issued)
            : throw new SessionException(SessionErrors.IdempotencyKeyReused);
    }

    /// <summary>
    /// What <paramref name="session"/> remembers when another change begins: no answers that are too old, and its last change added to the
    /// earlier changes.
    /// </summary>
    public static SessionRecord BeforeChange(SessionRecord session, DateTimeOffset now)
    {
        var last = new RememberedAnswer(session.Token.Hash, [], session.Sequence, session.ChangedAt, session.Issued);
        var earlier = (session.Earlier ?? [])
            .Add(last)
            .Where(answer => now - answer.ChangedAt < s_repeatedFor)
            .TakeLast(MaxEarlier)
            .ToImmutableArray();
        return session with
        {
            Answers = session.Answers is { } answers ? [.. answers.Where(answer => now - answer.ChangedAt < s_rememberedFor)] : null,
            Earlier = earlier.IsEmpty ? null : earlier,
        };
    }

    /// <summary>The remembered answers of <paramref name="session"/> plus the one to this request, if it has a key.</summary>
    public ImmutableArray<RememberedAnswer>? Remember(SessionRecord session)
    {
        if (idempotency is null)
        {
            return session.Answers;
        }

        var answer = new RememberedAnswer(
            [.. Hash("key", idempotency.Key)],
            [.. RequestHash()],
            session.Sequence,
            session.ChangedAt,
            session.Issued
        );
        return [.. (session.Answers ?? []).TakeLast(MaxRemembered - 1), answer];
    }

    /// <summary>The returned challenges in their stored form.</summary>
    public ImmutableArray<byte>? Protect(IssuedChallenges? issued) =>
        issued is null
            ? null
            :
            [
                .. services.Secrets.Protect(
                    JsonSerializer.SerializeToUtf8Bytes(issued, SessionJsonContext.Default.IssuedChallenges),
                    IssuedPurpose
                ),
            ];

    private SessionChange? AnswerAgain(SessionRecord session, string known)
    {
        if (TokenHash.Matches(session.Token.Hash.AsSpan(), known))
        {
            return Answer(session.Sequence, session.ChangedAt, known, session.Issued);
        }

        // The token is no longer the current one: it is valid within the grace period or not at all. The call itself must still not run
        // twice.
        return session.Earlier?.FirstOrDefault(answer => TokenHash.Matches(answer.KeyHash.AsSpan(), known)) is { } earlier
            ? Answer(earlier.Sequence, earlier.ChangedAt, known, earlier.Issued)
            : null;
    }

    private SessionChange Answer(long sequence, DateTimeOffset changedAt, string? token, ImmutableArray<byte>? issued) =>
        new()
        {
            SessionId = sessionId,
            Details = new SessionDetails(sequence, changedAt, services.InstanceId),
            Token = token,
            Challenges = issued is { } secret
                ? JsonSerializer.Deserialize(
                    services.Secrets.Unprotect(secret.AsSpan(), IssuedPurpose),
                    SessionJsonContext.Default.IssuedChallenges
                )
                : null,
        };

    private byte[] Hash(string purpose, string value) =>
        services.Secrets.Mac(Encoding.UTF8.GetBytes($"{purpose}\n{caller.UserId}\n{sessionId}\n{value}"));

    private byte[] RequestHash() => services.Secrets.Mac(idempotency!.Request.AsSpan());
}
