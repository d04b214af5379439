using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Protocol.SessionV2;

namespace Orleans.Sessions.Gateway.Sessions;

/// <summary>The session service of the contract. It converts messages to grain calls and back, and decides nothing itself.</summary>
internal sealed class SessionService(
    SessionReading reading,
    SessionLimits limits,
    ChangesUnderWay changes,
    Grains grains,
    IdGenerator ids,
    TimeProvider clock
) : Protocol.SessionV2.SessionService.SessionServiceBase
{
    public override async Task<CreateSessionResponse> CreateSession(CreateSessionRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var idempotency = RequestHeaders.Idempotency(context, request);
        var id = await ids.NextAsync(caller, idempotency);
        var command = new CreateSession
        {
            Caller = caller,
            Checks = SessionRequests.Checks(request.Checks),
            Challenges = SessionRequests.Challenges(request.Challenges),
            Metadata = SessionRequests.Metadata(request.Metadata),
            UserAgent = SessionRequests.UserAgent(request.UserAgent),
            Lifetime = SessionRequests.Lifetime(request.Lifetime),
            IdleTimeout = SessionRequests.Lifetime(request.IdleTimeout),
            UnprovedLifetime = SessionRequests.Lifetime(request.UnprovedLifetime),
            Idempotency = idempotency,
            Token = SessionToken.Create(id),
        };
        limits.Create(context.Request().HttpContext, caller, command.Checks, command.UserAgent);
        var change = await ChangeAsync(token => grains.Session(id).CreateAsync(command, token), command.Checks, context);
        return new CreateSessionResponse
        {
            Details = SessionResponses.Details(change.Details),
            SessionId = change.SessionId,
            SessionToken = change.Token ?? "",
            Challenges = SessionResponses.Challenges(change.Challenges),
        };
    }

    public override async Task<SetSessionResponse> SetSession(SetSessionRequest request, ServerCallContext context)
    {
        var command = new SetSession
        {
            Caller = context.Caller(),
            Checks = SessionRequests.Checks(request.Checks),
            Challenges = SessionRequests.Challenges(request.Challenges),
            Metadata = SessionRequests.Metadata(request.Metadata),
            Lifetime = SessionRequests.Lifetime(request.Lifetime),
            IdleTimeout = SessionRequests.Lifetime(request.IdleTimeout),
            Idempotency = RequestHeaders.Idempotency(context, request),
            ExpectedSequence = RequestHeaders.ExpectedSequence(context),
            Token = SessionToken.Create(request.SessionId),
        };
        if (command.Checks.Password is not null)
        {
            await EnsureMayCheckAsync(request.SessionId, context);
        }

        using var underWay = changes.Begin(request.SessionId);
        var change = await ChangeAsync(token => grains.Session(request.SessionId).SetAsync(command, token), command.Checks, context);
        return new SetSessionResponse
        {
            Details = SessionResponses.Details(change.Details),
            SessionToken = change.Token ?? "",
            Challenges = SessionResponses.Challenges(change.Challenges),
        };
    }

    public override Task<GetSessionResponse> GetSession(GetSessionRequest request, ServerCallContext context) =>
        reading.ReadAsync(
            request.SessionId,
            request.HasSessionToken ? request.SessionToken : null,
            context.Caller(),
            context.CancellationToken
        );

    public override async Task<DeleteSessionResponse> DeleteSession(DeleteSessionRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var token = request.SessionToken is { Length: > 0 } given ? given : null;
        var details = await grains.CallAsync(() => grains.Session(request.SessionId).DeleteAsync(caller, token), context.CancellationToken);
        return new DeleteSessionResponse { Details = details is null ? new() : SessionResponses.Details(details) };
    }

    public override async Task<DeleteUserSessionsResponse> DeleteUserSessions(DeleteUserSessionsRequest request, ServerCallContext context)
    {
        var user = grains.User(request.UserId);
        return new DeleteUserSessionsResponse
        {
            Deleted = (ulong)await user.EndSessionsAsync(context.Caller(), [.. request.ExceptSessionIds]),
        };
    }

    public override async Task<ListSessionsResponse> ListSessions(ListSessionsRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var query = SessionRequests.Query(request, caller, clock.GetUtcNow()) with
        {
            ExactTotal = CountPreference.IsExact(context.Request()),
        };
        var page = await grains.CallOnceAsync(() => grains.SessionSearch.SearchAsync(caller, query), context.CancellationToken);
        return SessionResponses.List(page);
    }

    /// <summary>
    /// Only the session knows the user and the address that a password check counts for. A session that does not exist, or that the caller
    /// may not see, passes here; the call itself refuses it.
    /// </summary>
    private async Task EnsureMayCheckAsync(string sessionId, ServerCallContext context)
    {
        try
        {
            var session = await grains.CallAsync(
                () => grains.Session(sessionId).GetAsync(context.Caller(), null),
                context.CancellationToken
            );
            limits.Check(context.Request().HttpContext, context.Caller(), session.UserAgent, session.Factors?.User.Id);
        }
        catch (SessionException exception) when (exception.Error.Code is ErrorCode.NotFound or ErrorCode.PermissionDenied) { }
    }

    /// <summary>
    /// A change carries its token, so the session recognises a repeated call. A call with a check that is judged is not repeated: the first
    /// call may still be judging it, and must stay the only one.
    /// </summary>
    private Task<SessionChange> ChangeAsync(Func<CancellationToken, Task<SessionChange>> call, Checks checks, ServerCallContext context)
    {
        var canceled = context.CancellationToken;
        if (!checks.ProveSomething)
        {
            return grains.CallAsync(() => call(CancellationToken.None), canceled);
        }

        context.AnnounceDeadline(clock);
        return grains.CallOnceAsync(() => call(canceled), canceled);
    }
}
