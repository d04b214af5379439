using Orleans.Sessions.Factors;
using Orleans.Sessions.State;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Sessions;

/// <content>The one write of a command, and the answer to a command that was done before.</content>
internal sealed partial class SessionGrain
{
    /// <summary>
    /// Writes once durably and tells everyone who must know before the caller does. What right answers use up is recorded first: a code
    /// may be used up although no session benefits, but a session must never benefit from a code that is not used up.
    /// </summary>
    private async Task<SessionChange> CommitAsync(SessionDraft draft, string token, RepeatedRequest repeated)
    {
        if (!draft.RightAnswers.IsEmpty)
        {
            var user = draft.User ?? await _reader.UserAsync(draft.Record);
            await draft
                .RequireUser(SessionErrors.PasswordUserMissing)
                .CommitAsync(
                    new RightAnswers
                    {
                        Answers = draft.RightAnswers,
                        Origin = draft.Origin,
                        ProvedInAll = user is null ? 0 : SessionRules.ProvedFactors(draft.Record, user),
                    }
                );
        }

        await SessionChecks.UseUpAsync(draft);

        var next = SessionExpiry.Within(SessionExpiry.Used(draft.Record, draft.Now), _services.Options, draft.Now) with
        {
            ChangedAt = draft.Now,
            Sequence = draft.Record.Sequence + draft.Events,
            Issued = repeated.Protect(draft.Issued),
        };
        next = next with { Answers = repeated.Remember(next) };
        await WriteAsync(next, draft.User);
        return new SessionChange
        {
            SessionId = Id,
            Details = SessionRules.Details(next, _services.InstanceId),
            Token = token,
            Challenges = draft.Issued,
        };
    }

    /// <summary>
    /// The answer to a request that was already done. It tells the other grains again, because the first try may have failed before that.
    /// </summary>
    private async Task<SessionChange?> AnswerAgainAsync(SessionRecord session, RepeatedRequest repeated)
    {
        var answer = repeated.AnswerAgain(session);
        if (answer is not null)
        {
            await AnnounceAsync(session);
        }

        return answer;
    }

    /// <summary>Like <see cref="AnswerAgainAsync"/>, but based on the present content of the database.</summary>
    private async Task<SessionChange?> AnswerEarlierTryAsync(RepeatedRequest repeated) =>
        await new DurableState<SessionRecord>(StateNames.Session, GrainContext, _services.State).ReadAsync() is { } session
            ? await AnswerAgainAsync(session, repeated)
            : null;
}
