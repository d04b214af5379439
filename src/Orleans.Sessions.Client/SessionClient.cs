using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Orleans.Sessions.Client;

/// <summary>
/// Sessions for .NET services inside the cluster, over grain calls and without HTTP. Everything that returns is durable. Calls that meet
/// a dying node are repeated, which is safe: the cluster recognises them. Errors are <see cref="SessionException"/> with the ids of the
/// HTTP surface.
/// </summary>
public sealed class SessionClient(IGrainFactory grains, IdGenerator ids, TimeProvider clock, IOptions<SessionClientOptions> options)
{
    private const int PageSize = 100;

    private readonly SessionClientOptions _options = options.Value;

    /// <summary>Makes a session. The answer has its id, its token and what came of the challenges.</summary>
    /// <param name="with">What it is to begin with, on top of nothing; the caller, id and token are filled in.</param>
    /// <param name="cancellationToken">Stops waiting; the session may exist all the same.</param>
    /// <exception cref="SessionException">A check failed. The error id tells which one; <see cref="SessionErrors"/> lists the
    /// ids.</exception>
    public async Task<SessionChange> CreateAsync(Func<CreateSession, CreateSession>? with = null, CancellationToken cancellationToken = default)
    {
        var command = new CreateSession { Caller = _options.Caller };
        command = with is null ? command : with(command);
        var id = await ids.NextAsync(command.Caller, command.Idempotency);
        command = command with { Token = SessionToken.Create(id) };
        return await ChangeAsync(canceled => Session(id).CreateAsync(command, canceled), command.Checks, cancellationToken);
    }

    /// <summary>Proves factors in a session and asks for challenges, all or nothing; the token rotates.</summary>
    /// <inheritdoc cref="SetAsync"/>
    public Task<SessionChange> CheckAsync(string sessionId, Checks checks, RequestedChallenges? challenges = null, CancellationToken cancellationToken = default) =>
        SetAsync(sessionId, set => set with { Checks = checks, Challenges = challenges ?? RequestedChallenges.None }, cancellationToken);

    /// <summary>Changes a session, all or nothing; the token rotates if anything changed.</summary>
    /// <exception cref="SessionException"><c>QUERY-SFeaa</c> (unknown), <c>COMMAND-Hewfq</c> (terminated), <c>COMMAND-Hkl3d</c> (expired),
    /// or that of a check.</exception>
    public Task<SessionChange> SetAsync(string sessionId, Func<SetSession, SetSession> with, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(with);
        var command = with(new SetSession { Caller = _options.Caller }) with { Token = SessionToken.Create(sessionId) };
        return ChangeAsync(canceled => Session(sessionId).SetAsync(command, canceled), command.Checks, cancellationToken);
    }

    /// <summary>
    /// Reads a session; <c>null</c> when there is none or it is terminated. With a token the token must be right (<c>QUERY-dsfr3</c>).
    /// </summary>
    public async Task<SessionView?> GetAsync(string sessionId, string? token = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await RepeatAsync(() => Session(sessionId).GetAsync(_options.Caller, token), cancellationToken);
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.SessionNotFound)
        {
            return null;
        }
    }

    /// <summary>
    /// All sessions that match all filters and that the caller may see, oldest first. Sessions made meanwhile may be among them.
    /// </summary>
    public async IAsyncEnumerable<SessionView> ListAsync(
        ImmutableArray<SessionFilter> filters, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // By creation date and not by number: sessions that end meanwhile must not shift others over the edge of a page.
        for (SessionView? last = null; ;)
        {
            var from = last?.CreationDate;
            var query = new SessionQuery
            {
                Filters = from is { } date ? [.. filters, new SessionFilter.Created(date, Comparison.GreaterOrEquals)] : filters,
                Ascending = true,
                Limit = PageSize,
            };
            var seen = last?.Id;
            var isNew = false;
            for (var offset = 0L; !isNew; offset += PageSize)
            {
                var at = offset;
                var page = await GrainCalls.RepeatAsync(
                    () => grains.Find<ISessionSearchGrain>(0).SearchAsync(_options.Caller, query with { Offset = at }), _options.RetryFor, clock, cancellationToken);
                foreach (var session in page.Sessions)
                {
                    if (session.CreationDate == from && string.CompareOrdinal(session.Id, seen) <= 0)
                    {
                        continue;
                    }

                    (last, isNew) = (session, true);
                    yield return session;
                }

                if (page.Sessions.Length < PageSize)
                {
                    yield break;
                }
            }
        }
    }

    /// <summary>Ends a session for good; <c>false</c> when there is none. Ending it again is no error.</summary>
    public async Task<bool> TerminateAsync(string sessionId, CancellationToken cancellationToken = default) =>
        await RepeatAsync(() => Session(sessionId).DeleteAsync(_options.Caller, token: null), cancellationToken) is not null;

    /// <summary>
    /// Ends all sessions of a user but <paramref name="except"/> and returns how many; fails with <c>QUERY-Dfbg2</c> when there is no such
    /// user.
    /// </summary>
    public Task<int> TerminateAllAsync(string userId, ImmutableArray<string> except = default, CancellationToken cancellationToken = default) =>
        RepeatAsync(() => grains.Find<IUserGrain>(GrainKeys.User(userId)).EndSessionsAsync(_options.Caller, except.IsDefault ? [] : except), cancellationToken);

    /// <summary>
    /// What happens to a session from now on, until it is terminated, or forgotten after it has expired, or
    /// <paramref name="cancellationToken"/> is. It survives restarts of silos: what happened meanwhile comes when the session can be
    /// reached again.
    /// </summary>
    public IAsyncEnumerable<SessionHappening> WatchSessionAsync(string sessionId, CancellationToken cancellationToken = default) =>
        new SessionSubscription(grains, clock, _options, sessionId, userId: null).RunAsync(cancellationToken);

    /// <summary>As <see cref="WatchSessionAsync"/>, for all sessions of a user, those made later included.</summary>
    public IAsyncEnumerable<SessionHappening> WatchUserAsync(string userId, CancellationToken cancellationToken = default) =>
        new SessionSubscription(grains, clock, _options, sessionId: null, userId).RunAsync(cancellationToken);

    private ISessionGrain Session(string id) => grains.Find<ISessionGrain>(GrainKeys.Session(id));

    /// <summary>
    /// As long as the first call may be judging a factor there is no second one; the grain recognises other changes by their token.
    /// </summary>
    private Task<SessionChange> ChangeAsync(Func<CancellationToken, Task<SessionChange>> call, Checks checks, CancellationToken cancellationToken) => checks.ProveSomething
        ? GrainCalls.RepeatAsync(() => call(cancellationToken), _options.RetryFor, clock, cancellationToken)
        : RepeatAsync(() => call(CancellationToken.None), cancellationToken);

    private Task<T> RepeatAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) =>
        GrainCalls.RepeatIdempotentAsync(call, _options.RetryFor, clock, cancellationToken);
}
