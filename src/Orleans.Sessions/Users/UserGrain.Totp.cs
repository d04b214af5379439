using System.Collections.Immutable;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Totp;

namespace Orleans.Sessions.Users;

/// <content>
/// Authenticator apps (RFC 6238). A code logs in once: the record remembers its step, and that step and earlier ones are refused
/// from then on. Proving the app during its setup is not a login and uses nothing up, so that a person need not wait for the next code.
/// </content>
internal sealed partial class UserGrain
{
    private string TotpPurpose => $"totp:{Id}";

    /// <inheritdoc/>
    public async Task<long> VerifyTotpAsync(string code, CheckOrigin? origin = null)
    {
        var (step, from) = (0L, NoteSource(origin));
        FailIfWrong(
            await DecideAsync(user =>
            {
                var totp = TotpFactor.Of(user);
                GuessRules.EnsureOpen(user!, TotpFactor.Guesses, from, _services.Lockout, Now);
                if (MatchingStep(totp, code) is not { } matching)
                {
                    return GuessRules.Wrong(user!, TotpFactor.Guesses, from, _services.Lockout, Now, SessionErrors.TotpInvalid);
                }

                if (matching <= totp.LastStep)
                {
                    return TotpFactor.Used(user!);
                }

                step = matching;
                return new Verdict(user!);
            })
        );
        return step;
    }

    /// <inheritdoc/>
    public async Task<TotpEnrolment> RegisterTotpAsync(Caller caller)
    {
        var secret = TotpAlgorithm.NewSecret();
        var details = await EditAsync(caller, UserAct.ChangeFactor with { Missing = SessionErrors.TotpRegisterUserNotFound }, user =>
            user switch
            {
                { Kind: not UserKind.Human } => throw new SessionException(SessionErrors.TotpRegisterUserNotFound),
                { Totp.IsReady: true } => throw new SessionException(SessionErrors.TotpAlreadyReady),
                _ => user with { Totp = new StoredTotp(ProtectTotp(secret), IsReady: false) },
            }
        );
        var uri = TotpAlgorithm.EnrolmentUri(_services.Options.TotpIssuer, _state.Value?.UserName ?? Id, secret);
        return new TotpEnrolment(details, uri, TotpAlgorithm.Base32(secret));
    }

    /// <inheritdoc/>
    public Task<UserDetails> VerifyTotpRegistrationAsync(Caller caller, string code, bool? endOtherSessions) =>
        EditAsync(
            caller,
            UserAct.ChangeFactor with
            {
                Missing = SessionErrors.TotpNonePending,
            },
            user =>
                user.Totp switch
                {
                    null => throw new SessionException(SessionErrors.TotpNonePending),
                    { IsReady: true } => throw new SessionException(SessionErrors.TotpVerifiedAlready),
                    var totp => MatchingStep(totp, code) is null
                        ? throw new SessionException(SessionErrors.TotpInvalid)
                        : OwnChangeRules.Proved(
                            caller,
                            GuessRules.Forgotten(user with { Totp = totp with { IsReady = true } }, TotpFactor.Guesses),
                            ProvedFactor.Totp,
                            Proving(user)
                        ),
                },
            endOtherSessions
        );

    /// <inheritdoc/>
    public Task<UserDetails> RemoveTotpAsync(Caller caller, bool? endOtherSessions) =>
        EditAsync(
            caller,
            UserAct.ChangeFactor with
            {
                Missing = SessionErrors.TotpNone,
            },
            user =>
                user.Totp is null
                    ? throw new SessionException(SessionErrors.TotpNone)
                    : GuessRules.Forgotten(user with { Totp = null }, TotpFactor.Guesses),
            endOtherSessions
        );

    private static byte[] ImportedTotp(string base32) =>
        TotpAlgorithm.FromBase32(base32) ?? throw new SessionException(SessionErrors.TotpSecretInvalid);

    private long? MatchingStep(StoredTotp totp, string code) =>
        TotpAlgorithm.MatchingStep(_services.Secrets.Unprotect(totp.Secret.AsSpan(), TotpPurpose), code, _services.Clock.GetUtcNow());

    private ImmutableArray<byte> ProtectTotp(byte[] secret) => [.. _services.Secrets.Protect(secret, TotpPurpose)];
}
