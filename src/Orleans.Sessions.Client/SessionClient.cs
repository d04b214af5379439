using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Orleans.Sessions.Client;

/// <summary>
/// Sessions for .NET services inside the cluster, with grain calls instead of HTTP. When a method returns, its change is durable. A call
/// that meets a dying node is repeated. This is safe, because the cluster recognizes the repetition. Errors are
/// <see cref="SessionException"/> with the same ids as in the HTTP API.
/// </summary>
public sealed class SessionClient(IGrainFactory grains, IdGenerator ids, TimeProvider clock, IOptions<SessionClientOptions> options)
{
    private const int PageSize = 100;

    private readonly SessionClientOptions _options = options.Value;

    /// <summary>Creates a session. The answer has its id, its token and the issued challenges.</summary>
    /// <param name="with">Changes the command before it is sent. The caller, the id and the token are already filled in.</param>
    /// <param name="cancellationToken">Stops the wait for the answer. The session may still be created.</param>
    /// <exception cref="SessionException">A check failed. The error id tells which one; <see cref="SessionErrors"/> lists the
    /// ids.</exception>
    public async Task<SessionChange> CreateAsync(
        Func<CreateSession, CreateSession>? with = null,
        CancellationToken cancellationToken = default
    )
    {
        var command = new CreateSession { Caller = _options.Caller };
        command = with is null ? command : with(command);
        var id = await ids.NextAsync(command.Caller, command.Idempotency);
        command = command with { Token = SessionToken.Create(id) };
        return await ChangeAsync(canceled => Session(id).CreateAsync(command, canceled), command.Checks, cancellationToken);
    }

    /// <summary>Proves factors in a session and asks for challenges: all of it or nothing. The session gets a new token.</summary>
    /// <inheritdoc cref="SetAsync"/>
    public Task<SessionChange> CheckAsync(
        string sessionId,
        Checks checks,
        RequestedChallenges? challenges = null,
        CancellationToken cancellationToken = default
    ) => SetAsync(sessionId, set => set with { Checks = checks, Challenges = challenges ?? RequestedChallenges.None }, cancellationToken);

    /// <summary>Changes a session: all of it or nothing. If anything changes, the session gets a new token.</summary>
    /// <exception cref="SessionException"><c>QUERY-SFeaa</c> (unknown), <c>COMMAND-Hewfq</c> (terminated), <c>COMMAND-Hkl3d</c> (expired),
    /// or the error of a check.</exception>
    public Task<SessionChange> SetAsync(string sessionId, Func<SetSession, SetSession> with, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(with);
        var command = with(new SetSession { Caller = _options.Caller }) with { Token = SessionToken.Create(sessionId) };
        return ChangeAsync(canceled => Session(sessionId).SetAsync(command, canceled), command.Checks, cancellationToken);
    }

    /// <summary>
    /// Reads a session. <c>null</c> if no such session exists, or if it is terminated. If a token is given, it must be right
    /// (<c>QUERY-dsfr3</c>).
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
    /// All sessions that match all filters and that the caller may see, oldest first. Sessions that are created meanwhile may be included.
    /// </summary>
    public async IAsyncEnumerable<SessionView> ListAsync(
        ImmutableArray<SessionFilter> filters,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        // Pages by creation date and not by offset. Otherwise a session that ends meanwhile would shift the others, and some would be
        // skipped.
        for (SessionView? last = null; ; )
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
                    () => grains.Find<ISessionSearchGrain>(0).SearchAsync(_options.Caller, query with { Offset = at }),
                    _options.RetryFor,
                    clock,
                    cancellationToken
                );
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

    /// <summary>Ends a session permanently. Returns <c>false</c> if no such session exists. Ending it again is not an error.</summary>
    public async Task<bool> TerminateAsync(string sessionId, CancellationToken cancellationToken = default) =>
        await RepeatAsync(() => Session(sessionId).DeleteAsync(_options.Caller, token: null), cancellationToken) is not null;

    /// <summary>
    /// Ends all sessions of a user except those in <paramref name="except"/>. Returns the number of ended sessions. Fails with
    /// <c>QUERY-Dfbg2</c> if no such user exists.
    /// </summary>
    public Task<int> TerminateAllAsync(
        string userId,
        ImmutableArray<string> except = default,
        CancellationToken cancellationToken = default
    ) =>
        RepeatAsync(
            () => grains.Find<IUserGrain>(GrainKeys.User(userId)).EndSessionsAsync(_options.Caller, except.IsDefault ? [] : except),
            cancellationToken
        );

    /// <summary>
    /// The events of a session from now on. The sequence ends when the session is terminated, when an expired session is deleted, or when
    /// <paramref name="cancellationToken"/> is canceled. It survives restarts of silos: missed events arrive when the session can be
    /// reached again.
    /// </summary>
    public IAsyncEnumerable<SessionHappening> WatchSessionAsync(string sessionId, CancellationToken cancellationToken = default) =>
        new SessionSubscription(grains, clock, _options, sessionId, userId: null).RunAsync(cancellationToken);

    /// <summary>As <see cref="WatchSessionAsync"/>, for all sessions of a user, including those that are created later.</summary>
    public IAsyncEnumerable<SessionHappening> WatchUserAsync(string userId, CancellationToken cancellationToken = default) =>
        new SessionSubscription(grains, clock, _options, sessionId: null, userId).RunAsync(cancellationToken);

    private ISessionGrain Session(string id) => grains.Find<ISessionGrain>(GrainKeys.Session(id));

    /// <summary>
    /// While the first call may still be checking a factor, the call is not repeated. The grain recognizes repetitions of other changes by
    /// their token.
    /// </summary>
    private Task<SessionChange> ChangeAsync(
        Func<CancellationToken, Task<SessionChange>> call,
        Checks checks,
        CancellationToken cancellationToken
    ) =>
        checks.ProveSomething
            ? GrainCalls.RepeatAsync(() => call(cancellationToken), _options.RetryFor, clock, cancellationToken)
            : RepeatAsync(() => call(CancellationToken.None), cancellationToken);

    private Task<T> RepeatAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) =>
        GrainCalls.RepeatIdempotentAsync(call, _options.RetryFor, clock, cancellationToken);
}
