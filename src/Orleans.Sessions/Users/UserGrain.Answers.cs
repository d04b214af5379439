using Orleans.Sessions.Audit;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Lockout;

namespace Orleans.Sessions.Users;

/// <content>
/// What right and wrong answers to factors lead to. They are judged one after the other, each by the latest durable record, so that no
/// more answers count than the limit allows.
/// </content>
internal sealed partial class UserGrain
{
    /// <summary>
    /// Notes the origin of an answer in the current call, so that the audit trail names the person's address and not that of the login
    /// frontend that passed the answer on. Returns what the record keeps of the origin.
    /// </summary>
    private AnswerSource NoteSource(CheckOrigin? origin)
    {
        if (origin?.Address is { } address && CallOrigin.Current is { IsLoginFrontend: true } call)
        {
            CallOrigin.Current = call with { Source = address };
        }

        return AnswerSource.Of(origin, Id, _services.Secrets);
    }

    /// <inheritdoc/>
    public async Task CommitAsync(RightAnswers right)
    {
        var from = NoteSource(right.Origin);
        FailIfWrong(await DecideAsync(user => FactorRules.Commit(user, right, from, _services.Lockout, Now) with { IsUse = true }));
    }

    private bool IsBlocked(UserRecord user) =>
        FactorTable.Guessed.Any(factor => GuessRules.IsBlocked(user, factor, _services.Lockout, Now));

    /// <summary>Fails with the decision's error; if the decision locked the user, the sessions end.</summary>
    private void FailIfWrong(Change change)
    {
        var (before, after, failure) = change;
        if (failure is null)
        {
            return;
        }

        if (after.State == UserState.Locked)
        {
            UserLog.LockedOut(_services.Log, Id);
            _ = EndSessionsLaterAsync();
        }
        else if (
            FactorTable.Guessed.FirstOrDefault(one => one.Get(after) != one.Get(before!)) is { } factor
            && GuessRules.IsBlocked(after, factor, _services.Lockout, Now)
        )
        {
            UserLog.Blocked(_services.Log, Id, factor.Name, GuessRules.CountOf(after, factor));
        }

        throw failure;
    }
}
