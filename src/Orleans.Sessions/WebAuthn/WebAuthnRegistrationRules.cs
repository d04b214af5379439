using System.Security.Cryptography;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.WebAuthn;

/// <summary>
/// How passkeys and security keys are registered and removed (contract §11.3). Pure functions, except for the random codes.
/// </summary>
internal static class WebAuthnRegistrationRules
{
    private const int MaxKeys = 50;
    private const int MaxPending = 5;
    private const int MaxCodes = 5;
    private const int MaxName = 200;
    private const int MaxPublicKeyBytes = 2048;
    private const int CodeCharacters = 24;
    private const string CodeAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static readonly TimeSpan s_codeLifetime = TimeSpan.FromHours(1);

    /// <summary>A new code, about 140 random bits.</summary>
    public static string NewCode() => RandomNumberGenerator.GetString(CodeAlphabet, CodeCharacters);

    /// <summary>The user, if it is a person: machines have no keys.</summary>
    public static UserRecord Person(UserRecord user) =>
        user.Kind == UserKind.Human ? user : throw new SessionException(SessionErrors.UserNotFound);

    /// <summary>The user with one more code; the oldest codes are dropped to make room.</summary>
    public static UserRecord AddCode(UserRecord user, PasskeyCode code, DateTimeOffset now)
    {
        var codes = (user.PasskeyCodes ?? [])
            .RemoveAll(known => known.ExpiresAt <= now)
            .Add(new StoredPasskeyCode(code.Id, [.. TokenHash.Of(code.Code)], now + s_codeLifetime));
        return user with { PasskeyCodes = codes.Length <= MaxCodes ? codes : codes.RemoveRange(0, codes.Length - MaxCodes) };
    }

    /// <summary>
    /// The user with the code used up. Fails with <c>Eeb2a</c> if the code is wrong, used or expired, or if there is no such user.
    /// </summary>
    public static UserRecord UseCode(UserRecord? user, PasskeyCode code, DateTimeOffset now)
    {
        var codes = user?.PasskeyCodes ?? [];
        var known = codes.FirstOrDefault(one => one.Id == code.Id);
        if (known is null || known.ExpiresAt <= now || !TokenHash.Matches(known.Hash.AsSpan(), code.Code))
        {
            throw new SessionException(SessionErrors.PasskeyCodeInvalid);
        }

        var left = codes.Remove(known);
        return user! with { PasskeyCodes = left.IsEmpty ? null : left };
    }

    /// <summary>The user with one more pending registration. Expired registrations, and the oldest beyond the limit, are dropped.</summary>
    public static UserRecord Begin(UserRecord user, StoredWebAuthnKey key, DateTimeOffset now)
    {
        var keys = (user.WebAuthnKeys ?? []).RemoveAll(known => known.Pending?.ExpiresAt <= now);
        while (keys.Count(known => known.Pending is not null) >= MaxPending)
        {
            keys = keys.Remove(keys.First(known => known.Pending is not null));
        }

        return keys.Length < MaxKeys
            ? user with
            {
                WebAuthnKeys = keys.Add(key),
            }
            : throw new SessionException(SessionErrors.TooManyWebAuthnKeys);
    }

    /// <summary>The key with this id; <c>null</c> if there is no such key.</summary>
    public static StoredWebAuthnKey? Find(UserRecord? user, WebAuthnKind kind, string id) =>
        (user?.WebAuthnKeys ?? []).FirstOrDefault(key => key.Id == id && key.Kind == kind);

    /// <summary>The user with the registration finished. Fails with <c>DAfb2</c> if it is no longer pending.</summary>
    public static UserRecord Finish(
        UserRecord user,
        StoredWebAuthnKey pending,
        WebAuthnCredential credential,
        string name,
        DateTimeOffset now
    )
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > MaxName)
        {
            throw new SessionException(SessionErrors.WebAuthnKeyNameLength);
        }

        if (credential.PublicKey.Length > MaxPublicKeyBytes)
        {
            throw new SessionException(SessionErrors.WebAuthnRegistrationInvalid);
        }

        return Find(user, pending.Kind, pending.Id) is { Pending: not null } key
            ? user with
            {
                WebAuthnKeys = user.WebAuthnKeys!.Value.Replace(
                    key,
                    key with
                    {
                        Name = name,
                        Pending = null,
                        Credential = credential,
                        CreatedAt = now,
                    }
                ),
            }
            : throw new SessionException(SessionErrors.WebAuthnKeyNotFound);
    }

    /// <summary>The user without the key. Fails with <c>DAfb2</c>.</summary>
    public static UserRecord Remove(UserRecord user, WebAuthnKind kind, string id)
    {
        var key = Find(user, kind, id) ?? throw new SessionException(SessionErrors.WebAuthnKeyNotFound);
        var left = user.WebAuthnKeys!.Value.Remove(key);
        return user with { WebAuthnKeys = left.IsEmpty ? null : left };
    }
}
