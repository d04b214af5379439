using Orleans.Sessions.State;

namespace Orleans.Sessions.Users;

/// <content>The one way in which the record changes.</content>
internal sealed partial class UserGrain
{
    /// <summary>The record after one more change.</summary>
    private UserRecord Stamp(UserRecord user)
    {
        var now = Now;
        return user with { Sequence = user.Sequence + 1, CreatedAt = user.Sequence == 0 ? now : user.CreatedAt, ChangedAt = now };
    }

    /// <summary>Decides by the latest durable record, one decision at a time, and writes the new record if it differs.</summary>
    private async Task<Change> DecideAsync(Func<UserRecord?, Verdict> rule)
    {
        await _turn.WaitAsync();
        Verdict? verdict = null;
        try
        {
            // The messages of the last change were added to the outbox when it was written.
            var before = await _state.ReadAsync();
            before = before is { Outbox: not null } ? before with { Outbox = null } : before;
            verdict = rule(before);
            var user = ContactRules.Claim(before, verdict.User, _services.Options.UniqueVerifiedEmail);
            verdict = verdict with { User = Dated(before, verdict.IsUse ? user : RevocationRules.Note(before, user, Now)) };
            var after = verdict.User == before ? before : await WriteAsync(before, verdict);
            return new Change(before, after, verdict.Failure);
        }
        catch (UniqueViolationException)
        {
            throw new SessionException(await WhatIsTakenAsync(verdict!.User));
        }
        catch (StateConflictException)
        {
            throw new SessionException(SessionErrors.ClusterAway);
        }
        finally
        {
            _turn.Release();
        }
    }

    private UserRecord Dated(UserRecord? before, UserRecord after) =>
        after.SessionEpoch == (before?.SessionEpoch ?? 0) ? after : after with { EpochChangedAt = Now };

    private async Task<UserRecord> WriteAsync(UserRecord? before, Verdict verdict)
    {
        var after = verdict.User;
        await TakeBudgetAsync(before, after);
        try
        {
            await _state.WriteAsync(after);
        }
        catch (LastOwnerException) when (before is not null && verdict.Failure is not null)
        {
            // Failed checks never lock the last owner out: only the failure counts.
            after = after with
            {
                State = before.State,
                SessionEpoch = before.SessionEpoch,
                EpochChangedAt = before.EpochChangedAt,
                EndingSessions = before.EndingSessions,
            };
            await _state.WriteAsync(after);
        }
        catch (LastOwnerException)
        {
            throw new SessionException(SessionErrors.LastOwner);
        }

        if (after.Outbox is not null)
        {
            _services.Notifier.Wake();
        }

        return after;
    }

    private readonly record struct Change(UserRecord? Before, UserRecord After, SessionException? Failure);
}
