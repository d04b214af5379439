using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Otp;
using Orleans.Sessions.WebAuthn;

namespace Orleans.Sessions.Users;

/// <summary>
/// What a session asks its user: the user's identity, and whether a credential is right. The user's grain implements it
/// (key <see cref="GrainKeys.User"/>); in-cluster clients use <see cref="ISessionGrain"/> instead.
/// <para>
/// Verifying only checks and counts failures. What a right answer uses up or resets (a TOTP step, the failure counters) is
/// done by <see cref="CommitAsync"/> once all checks of the request have succeeded: a request succeeds or fails as a whole.
/// </para>
/// </summary>
[Alias("sessions.IUserFactors")]
internal interface IUserFactors : IGrainWithStringKey
{
    /// <summary>
    /// The user's present identity. Fails with <c>QUERY-Dfbg2</c> if no such user exists or the user was deleted; a user in any other state
    /// is returned.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Identify")]
    Task<UserIdentity> IdentifyAsync();

    /// <summary>
    /// Checks a password. Fails with <c>3n77z</c>, <c>JLK35</c> (locked; or blocked for <paramref name="origin"/>, and then the error says
    /// until when), <c>3nJ4t</c>, <c>SFA3t</c> or <c>3M0fs</c>, with the failure count and the tarpit's delay in the exception, with
    /// <c>COMMAND-Hash2</c> (the stored hash costs more than the limit allows), or with <c>SESSION-Busy1</c>. A failure is durable before
    /// the call returns, and a repeated call counts once. If the caller cancels, or its deadline passes, before the check begins, the check
    /// does not begin.
    /// </summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:00:15")]
    [Alias("VerifyPassword")]
    Task VerifyPasswordAsync(string password, CheckOrigin? origin = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Checks an authenticator code and returns its 30 second step. Fails with <c>3Mif9s</c>, <c>SF3fg</c> or <c>8isk2</c>. A
    /// used step is also refused, but not counted as a failure.
    /// </summary>
    [AlwaysInterleave]
    [Alias("VerifyTotp")]
    Task<long> VerifyTotpAsync(string code, CheckOrigin? origin = null);

    /// <summary>
    /// Checks a recovery code and returns its hash, which is to be used up. Fails with <c>84rgg</c>, <c>2w6oa</c> or <c>6uvh0</c>.
    /// </summary>
    [AlwaysInterleave]
    [Alias("VerifyRecoveryCode")]
    Task<ImmutableArray<byte>> VerifyRecoveryCodeAsync(string code, CheckOrigin? origin = null);

    /// <summary>
    /// Begins a WebAuthn login for this user; the options list the keys that may answer. Fails with <c>Df4b3</c> unless the user is active,
    /// and with <c>4G8sw</c> if the user has no such key.
    /// </summary>
    [AlwaysInterleave]
    [Alias("ChallengeWebAuthn")]
    Task<WebAuthnCeremony> ChallengeWebAuthnAsync(WebAuthnTerms terms);

    /// <summary>
    /// Checks the answer of one of the user's keys to a challenge and returns what it proves. Fails with <c>Df4b3</c>, <c>ADgv4</c>
    /// (unreadable), <c>Aej7i</c> (unknown key) or <c>3M9si</c> (wrong in any way, or the signature counter went back, which indicates a
    /// clone).
    /// </summary>
    [AlwaysInterleave]
    [Alias("VerifyWebAuthn")]
    Task<RightWebAuthn> VerifyWebAuthnAsync(WebAuthnTerms terms, string state, string credential);

    /// <summary>
    /// The recipient of a code that the session is about to make. Fails with <c>BJ2g3</c> or <c>JKLJ3</c> (factor not ready) or
    /// <c>Gj4ko</c>. If the code is to be sent, also fails with <c>MAIL-w8nfow</c> or <c>PHONE-w8nfow</c> (no channel),
    /// <c>SESSION-Cool1</c> (too many within the cool-down), <c>SESSION-Day01</c> or <c>SESSION-Day02</c> (too many today, for the person
    /// or in total).
    /// </summary>
    [AlwaysInterleave]
    [Alias("PrepareOtp")]
    Task<NotificationUser> PrepareOtpAsync(OtpChannel channel, bool isSent);

    /// <summary>
    /// Judges the result of comparing a code, and counts failures. Fails with <c>d2r52</c>, <c>S34gh</c>, <c>S6h4R</c>, <c>CODE-QvUQ4P</c>
    /// or <c>CODE-woT0xc</c>.
    /// </summary>
    [AlwaysInterleave]
    [Alias("VerifyOtp")]
    Task VerifyOtpAsync(OtpChannel channel, OtpAttempt attempt, CheckOrigin? origin = null);

    /// <summary>
    /// Makes right answers count: forgets wrong answers to the proved factors, and updates what works once, such as a TOTP step, a recovery
    /// code and a key's signature counter. Writes only if something changes. If several calls use the same item at the same time, only one
    /// succeeds; the others fail with <c>8isk2</c>, <c>6uvh0</c>, <c>3M9si</c> or <c>Aej7i</c>.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Commit")]
    Task CommitAsync(RightAnswers right);

    /// <summary>Whether the user is linked to this person at an external identity provider.</summary>
    [AlwaysInterleave]
    [Alias("HasLink")]
    Task<bool> HasLinkAsync(string providerId, string externalId);

    /// <summary>
    /// Links the user because the provider vouches for the person's identity. Does so only for an active person without administrator roles
    /// who has verified <paramref name="verifiedEmail"/> here too, and only if no other user has the link. Returns whether the user was
    /// linked.
    /// </summary>
    [AlwaysInterleave]
    [Alias("TryLink")]
    Task<bool> TryLinkAsync(IdentityLink link, string verifiedEmail);

    /// <summary>
    /// Whether the caller may do to the user what the user could do too, such as ending a session. <c>true</c> if the user does not exist.
    /// </summary>
    [AlwaysInterleave]
    [Alias("IsCoveredBy")]
    Task<bool> IsCoveredByAsync(Caller caller);

    /// <summary>Finishes ending the user's sessions if a node died before it was done. The sweeper calls it.</summary>
    [ResponseTimeout("00:05:00")]
    [Alias("ResumeEndingSessions")]
    Task ResumeEndingSessionsAsync();
}
