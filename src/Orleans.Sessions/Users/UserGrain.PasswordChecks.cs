using Orleans.Sessions.Lockout;
using Orleans.Sessions.Passwords;

namespace Orleans.Sessions.Users;

/// <content>
/// Whether a password is right. Comparing a hash takes a tenth of a second of processor time, so a pool does it while other calls continue.
/// The result is then judged by the record as it is by that time.
/// </content>
internal sealed partial class UserGrain
{
    private const int MaxComparisons = 3;

    /// <inheritdoc/>
    public Task VerifyPasswordAsync(string password, CheckOrigin? origin = null, CancellationToken cancellationToken = default) =>
        CheckPasswordAsync(password, NoteSource(origin), mayRehash: true, cancellationToken);

    /// <summary>
    /// Fails unless the password is right, with the failure counted; otherwise returns the stored password.
    /// </summary>
    private async Task<StoredPassword> CheckPasswordAsync(
        string password,
        AnswerSource from,
        bool mayRehash,
        CancellationToken cancellationToken
    )
    {
        var user = await _state.ReadAsync();
        var stored = PasswordFactor.Of(user, SessionErrors.PasswordUserLocked);
        GuessRules.EnsureOpen(user!, PasswordFactor.Guesses, from, _services.Lockout, Now);
        for (var comparison = 0; comparison < MaxComparisons; comparison++)
        {
            var compared = stored;
            var result = await CompareAsync(password, compared.Hash, cancellationToken);

            // Parallel guesses all pass the first check; this second check holds them to the limit.
            var change = await DecideAsync(current =>
            {
                var present = PasswordFactor.Of(current, SessionErrors.PasswordLockedMeanwhile);
                GuessRules.EnsureOpen(
                    current!,
                    PasswordFactor.Guesses,
                    from,
                    _services.Lockout,
                    Now,
                    SessionErrors.PasswordLockedMeanwhile
                );
                return present.Hash == compared.Hash && result == PasswordVerification.Failed
                    ? GuessRules.Wrong(current!, PasswordFactor.Guesses, from, _services.Lockout, Now, SessionErrors.PasswordInvalid)
                    : new Verdict(current!);
            });
            FailIfWrong(change);

            stored = change.After.Password!;
            if (stored.Hash == compared.Hash)
            {
                if (mayRehash && result == PasswordVerification.VerifiedNeedsRehash)
                {
                    _ = RehashAsync(password, compared.Hash);
                }

                return stored;
            }
        }

        throw new SessionException(SessionErrors.ClusterAway);
    }

    /// <summary>A hash that cannot be used is the service's fault and not a wrong password, so it must not count as one.</summary>
    private async Task<PasswordVerification> CompareAsync(string password, string hash, CancellationToken cancellationToken)
    {
        try
        {
            return await _services.Hashing.VerifyAsync(Id, hash, password, cancellationToken);
        }
        catch (Exception exception) when (exception is not (SessionException or OperationCanceledException))
        {
            UserLog.HashUnusable(_services.Log, Id, exception);
            throw new SessionException(SessionErrors.PasswordHashUnusable);
        }
    }

    /// <summary>Rehashes a right password with the present settings in the background: the answer does not wait for it.</summary>
    private async Task RehashAsync(string password, string hash)
    {
        try
        {
            var better = await _services.Hashing.HashAsync(Id, password, CancellationToken.None);
            await DecideAsync(user => new Verdict(
                user?.Password is { } stored && stored.Hash == hash ? user with { Password = stored with { Hash = better } } : user!
            ));
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.HashingBusy)
        {
            // The next login tries again.
        }
        catch (Exception exception)
        {
            UserLog.RehashFailed(_services.Log, Id, exception);
        }
    }
}
