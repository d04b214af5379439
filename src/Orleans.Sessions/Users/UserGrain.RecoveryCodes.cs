using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.RecoveryCodes;

namespace Orleans.Sessions.Users;

/// <content>Recovery codes: shown once, stored as keyed hashes, each valid for one login.</content>
internal sealed partial class UserGrain
{
    /// <inheritdoc/>
    public async Task<ImmutableArray<byte>> VerifyRecoveryCodeAsync(string code, CheckOrigin? origin = null)
    {
        var from = NoteSource(origin);
        ImmutableArray<byte> used = [.. HashRecoveryCode(code)];
        FailIfWrong(
            await DecideAsync(user =>
            {
                var codes = RecoveryCodeFactor.Of(user, SessionErrors.RecoveryCodeUserLocked);
                GuessRules.EnsureOpen(user!, RecoveryCodeFactor.Guesses, from, _services.Lockout, Now);
                return codes.Any(stored => CryptographicOperations.FixedTimeEquals(stored.Hash.AsSpan(), used.AsSpan()))
                    ? new Verdict(user!)
                    : GuessRules.Wrong(user!, RecoveryCodeFactor.Guesses, from, _services.Lockout, Now, SessionErrors.RecoveryCodeInvalid);
            })
        );
        return used;
    }

    /// <inheritdoc/>
    public async Task<NewRecoveryCodes> GenerateRecoveryCodesAsync(Caller caller, int count, bool? endOtherSessions)
    {
        var codes = ImmutableArray.CreateRange(Enumerable.Range(0, Math.Clamp(count, 0, RecoveryCode.Max)).Select(_ => RecoveryCode.New()));
        var details = await EditAsync(
            caller,
            UserAct.ChangeFactor,
            user =>
            {
                if (count is < 1 or > RecoveryCode.Max)
                {
                    throw new SessionException(SessionErrors.RecoveryCodeCountInvalid);
                }

                var present = user.RecoveryCodes ?? [];
                return user switch
                {
                    { Kind: not UserKind.Human } => throw new SessionException(SessionErrors.UserNotFound),
                    { State: UserState.Locked } => throw new SessionException(SessionErrors.RecoveryCodeGenerateLocked),
                    _ when present.Length + count > RecoveryCode.Max => throw new SessionException(SessionErrors.TooManyRecoveryCodes),
                    _ => user with
                    {
                        RecoveryCodes = [.. present, .. codes.Select(code => new StoredRecoveryCode([.. HashRecoveryCode(code)]))],
                    },
                };
            },
            endOtherSessions
        );
        return new NewRecoveryCodes(details, codes);
    }

    /// <inheritdoc/>
    public Task<UserDetails> RemoveRecoveryCodesAsync(Caller caller, bool? endOtherSessions) =>
        EditAsync(
            caller,
            UserAct.ChangeFactor,
            user =>
                user switch
                {
                    { State: UserState.Locked } => throw new SessionException(SessionErrors.RecoveryCodeRemoveLocked),
                    { RecoveryCodes: null } => throw new SessionException(SessionErrors.RecoveryCodesNone),
                    _ => GuessRules.Forgotten(user with { RecoveryCodes = null }, RecoveryCodeFactor.Guesses),
                },
            endOtherSessions
        );

    private byte[] HashRecoveryCode(string code) =>
        _services.Secrets.Mac(Encoding.UTF8.GetBytes($"recovery:{Id}\n{RecoveryCode.Normalize(code)}"));
}
