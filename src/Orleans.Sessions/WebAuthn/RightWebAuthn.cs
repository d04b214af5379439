using Orleans.Sessions.Factors;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.WebAuthn;

/// <summary>The answer of a passkey or security key was right.</summary>
/// <param name="KeyId">The key's id in the user's record.</param>
/// <param name="SignCount">The key's signature counter; 0 for keys that do not count.</param>
/// <param name="IsBackedUp">Whether the key says that it is also stored elsewhere.</param>
/// <param name="UserVerified">Whether the authenticator verified the person.</param>
[GenerateSerializer, Immutable, Alias("sessions.RightWebAuthn")]
internal sealed record RightWebAuthn(
    [property: Id(0)] string KeyId,
    [property: Id(1)] uint SignCount,
    [property: Id(2)] bool IsBackedUp,
    [property: Id(3)] bool UserVerified
) : RightAnswer
{
    /// <summary>Whether a certified authenticator keeps the key in its hardware, by its attestation.</summary>
    [Id(4)]
    public bool IsHardwareBound { get; init; }

    internal override Verdict Count(UserRecord? user, AnswerSource from, DateTimeOffset now) => new(WebAuthnRules.Use(user, this, now));
}
