using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.WebAuthn;

/// <summary>
/// Which keys a user has and when they count. Pure functions. <see cref="WebAuthnRegistrationRules"/> registers and removes keys.
/// </summary>
internal static class WebAuthnRules
{
    private const int MaxHandleBytes = 64;

    /// <summary>How exactly the last use of a key is noted. Otherwise keys without a counter would need a write for each login.</summary>
    private static readonly TimeSpan s_useStep = TimeSpan.FromHours(1);

    /// <summary>How long a challenge is valid.</summary>
    public static readonly TimeSpan CeremonyLifetime = TimeSpan.FromMinutes(5);

    /// <summary>The user, if active; otherwise fails with <c>Df4b3</c>.</summary>
    public static UserRecord Active(UserRecord? user) =>
        user is { State: UserState.Active } ? user : throw new SessionException(SessionErrors.WebAuthnUserNotActive);

    /// <summary>The registered keys of this kind for this relying party, or for any if <paramref name="rpId"/> is <c>null</c>.</summary>
    public static IEnumerable<StoredWebAuthnKey> Ready(UserRecord user, WebAuthnKind kind, string? rpId) =>
        (user.WebAuthnKeys ?? []).Where(key => key.Credential is not null && key.Kind == kind && (rpId is null || key.RpId == rpId));

    /// <summary>Whether there is such a key; if <paramref name="rpId"/> is <c>null</c>, for any relying party.</summary>
    public static bool HasReady(UserRecord user, WebAuthnKind kind, string? rpId) => Ready(user, kind, rpId).Any();

    /// <summary>The security keys, as second factors.</summary>
    public static IEnumerable<AuthenticationFactor> SecondFactors(UserRecord user) =>
        (user.WebAuthnKeys ?? [])
            .Where(key => key.Kind == WebAuthnKind.U2F)
            .Select(key => new AuthenticationFactor(FactorKind.U2F, StateOf(key), key.Id, key.Name));

    /// <summary>The passkeys.</summary>
    public static IEnumerable<PasskeyView> Passkeys(UserRecord user) =>
        (user.WebAuthnKeys ?? [])
            .Where(key => key.Kind == WebAuthnKind.Passkey)
            .Select(key => new PasskeyView(key.Id, key.Name, StateOf(key)) { CreatedAt = key.CreatedAt, LastUsedAt = key.UsedAt });

    /// <summary>The registered keys with what is known about their authenticators.</summary>
    public static Authenticators AuthenticatorsOf(UserRecord user) =>
        new(
            Base64Url.EncodeToString(Encoding.UTF8.GetBytes(HandleOf(user.Id))),
            [.. (user.WebAuthnKeys ?? []).Where(key => key.Credential is not null).Select(key => Shown(key, key.Credential!))]
        );

    /// <summary>The user as presented to authenticators, with the keys of a kind and relying party.</summary>
    public static KeyHolder Holder(UserRecord user, WebAuthnKind kind, string rpId) =>
        new(
            HandleOf(user.Id),
            user.UserName ?? user.Id,
            user.Profile?.DisplayName ?? user.Id,
            [.. Ready(user, kind, rpId).Select(key => key.Credential!)]
        );

    /// <summary>Whether a counter indicates a clone: the counter of a key that counts must increase (WebAuthn §6.1.1).</summary>
    public static bool IsBehind(WebAuthnCredential credential, uint signCount) =>
        (signCount != 0 || credential.SignCount != 0) && signCount <= credential.SignCount;

    /// <summary>
    /// Makes the use of a key count, and notes its time. Fails with <c>Df4b3</c> if the user is no longer active, with <c>Aej7i</c> if the
    /// key was removed, and with <c>3M9si</c> if another use has reached the counter meanwhile.
    /// </summary>
    public static UserRecord Use(UserRecord? user, RightWebAuthn proven, DateTimeOffset now)
    {
        var active = Active(user);
        var keys = active.WebAuthnKeys ?? [];
        var key = keys.FirstOrDefault(known => known.Id == proven.KeyId);
        if (key?.Credential is not { } credential)
        {
            throw new SessionException(SessionErrors.WebAuthnCredentialUnknown);
        }

        if (IsBehind(credential, proven.SignCount))
        {
            throw new SessionException(SessionErrors.WebAuthnInvalid);
        }

        var used = key with
        {
            Credential = credential with { SignCount = proven.SignCount, IsBackedUp = proven.IsBackedUp },
            UsedAt = now - key.UsedAt < s_useStep ? key.UsedAt : now,
        };
        return used == key ? active : active with { WebAuthnKeys = keys.Replace(key, used) };
    }

    /// <summary>
    /// The value by which keys store their user: the user's id, so that the user is found without a name. An id of more than 64 bytes does
    /// not fit (WebAuthn §5.4.3); its hash does, but such a user must be named before the challenge.
    /// </summary>
    private static string HandleOf(string userId)
    {
        var bytes = Encoding.UTF8.GetBytes(userId);
        return bytes.Length <= MaxHandleBytes ? userId : Base64Url.EncodeToString(SHA256.HashData(bytes));
    }

    private static AuthenticatorView Shown(StoredWebAuthnKey key, WebAuthnCredential credential) =>
        new(key.Id, key.Kind, key.Name, key.RpId, Base64Url.EncodeToString(credential.Id.AsSpan()))
        {
            Model = credential.Attestation?.Model,
            ModelName = credential.Attestation?.Name ?? "",
            Format = credential.Attestation?.Format ?? "",
            Attestation = credential.Attestation?.Kind ?? "",
            IsTrusted = credential.Attestation?.IsTrusted ?? false,
            IsBackupEligible = credential.IsBackupEligible,
            IsBackedUp = credential.IsBackedUp,
            CreatedAt = key.CreatedAt,
            LastUsedAt = key.UsedAt,
        };

    private static FactorState StateOf(StoredWebAuthnKey key) => key.Credential is null ? FactorState.NotReady : FactorState.Ready;
}
