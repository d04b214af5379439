using System.Runtime.CompilerServices;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Protocol.SessionV2;

namespace Orleans.Sessions.Gateway.Sessions;

/// <summary>
/// Reads a session for every surface, with one grain call. The answer is built once and kept as long as the grain returns the same view,
/// that is until the session changes. Callers must not change the answer.
/// </summary>
internal sealed class SessionReading(Grains grains)
{
    private static readonly ConditionalWeakTable<SessionView, GetSessionResponse> s_answers = [];

    /// <summary>
    /// The session with this id, as <paramref name="caller"/> may see it. Fails with <see cref="SessionException"/>, such as
    /// <see cref="SessionErrors.SessionNotFound"/>.
    /// </summary>
    public async Task<GetSessionResponse> ReadAsync(string id, string? token, Caller caller, CancellationToken cancellationToken)
    {
        var view = await grains.CallAsync(
            static call => call.Session.GetAsync(call.Caller, call.Token),
            (Session: grains.Session(id), Caller: caller, Token: token),
            cancellationToken
        );
        return s_answers.GetValue(view, static view => new GetSessionResponse { Session = SessionResponses.Session(view) });
    }
}
