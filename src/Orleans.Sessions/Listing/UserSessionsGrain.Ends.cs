using System.Collections.Immutable;
using Orleans.Runtime;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Listing;

/// <content>Ends of many sessions of the user, and changes of the user that touch them.</content>
internal sealed partial class UserSessionsGrain
{
    /// <summary>The number of sessions ended at the same time. More writes would only wait for each other, and delay other users.</summary>
    private const int EndedAtOnce = 8;

    private (ImmutableArray<string> Except, Task<int> Ended)? _deleting;

    /// <inheritdoc/>
    public async Task EndAllAsync(int epoch, SessionEndReason reason)
    {
        _epoch = Math.Max(_epoch ?? 0, epoch);
        await _registration.EnsureFoundAsync();
        await EndEachAsync(session => session.UserEpoch < epoch, session => session.EndAsync(reason, epoch));
    }

    /// <inheritdoc/>
    public Task EndProvedAsync(DateTimeOffset before, SessionEndReason reason) =>
        EndEachAsync(session => ProofRules.IsProvedBefore(session, before), session => session.EndProvedAsync(reason, before));

    /// <inheritdoc/>
    public Task<int> DeleteAsync(ImmutableArray<string> except)
    {
        // Ending very many sessions takes longer than a caller waits. A repeated call joins the work that is under way.
        if (_deleting is not { Ended.IsCompleted: false } under || !under.Except.SequenceEqual(except))
        {
            _deleting = under = (
                except,
                EndEachAsync(session => !except.Contains(session.Id), session => session.EndAsync(SessionEndReason.Deleted, epoch: null))
            );
        }

        return under.Ended;
    }

    /// <inheritdoc/>
    public async Task UserChangedAsync(UserIdentity user)
    {
        var sessions = await OfUserAsync();
        await Task.WhenAll(sessions.Select(session => Lifecycle(session.Id).UserChangedAsync(user)));
        foreach (var few in sessions.Where(session => ProofRules.IsTouchedByChanges(session, user)).Chunk(EndedAtOnce))
        {
            await Task.WhenAll(few.Select(session => Lifecycle(session.Id).ForgetProofsAsync(user)));
        }
    }

    private async Task<int> EndEachAsync(Func<SessionRecord, bool> which, Func<ISessionLifecycle, Task> end)
    {
        var ended = 0;
        for (var more = true; more; )
        {
            var bound = await OfUserAsync();
            var chosen = bound.Where(which).ToList();
            foreach (var few in chosen.Chunk(EndedAtOnce))
            {
                await Task.WhenAll(few.Select(session => end(Lifecycle(session.Id))));
            }

            ended += chosen.Count;
            more = bound.Count == MaxKept && chosen.Count > 0;
        }

        return ended;
    }

    /// <summary>Does not wait for the end of the sessions, because they may be waiting for this grain at this moment.</summary>
    private void EndBeyondLimits(SessionRecord newest)
    {
        if (_sessions is not null)
        {
            foreach (var session in UserSessionLimits.Excess(_sessions.Values, newest, options.Value, clock.GetUtcNow()).ToList())
            {
                EndAsync(session.Id).Ignore();
            }
        }
    }

    private async Task EndAsync(string sessionId)
    {
        try
        {
            await Lifecycle(sessionId).EndAsync(SessionEndReason.SessionLimit, epoch: null);
        }
        catch (Exception exception) when (exception is SessionException or OrleansException or TimeoutException)
        {
            SessionLog.EndingFailed(log, UserId, exception);
        }
    }

    private ISessionLifecycle Lifecycle(string sessionId) => GrainFactory.GetGrain<ISessionLifecycle>(GrainKeys.Session(sessionId));
}
