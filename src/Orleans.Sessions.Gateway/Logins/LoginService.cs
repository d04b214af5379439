using Grpc.Core;
using Microsoft.Extensions.Logging;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Sessions;
using Orleans.Sessions.Logins;
using Orleans.Sessions.Protocol.LoginV1;
using Orleans.Sessions.Protocol.UserV2;
using Purpose = Orleans.Sessions.Protocol.LoginV1.GetSessionEvaluationRequest.PurposeOneofCase;

namespace Orleans.Sessions.Gateway.Logins;

/// <summary>What a login page would otherwise have to compute or store itself.</summary>
internal sealed partial class LoginService(
    Grains grains,
    SessionReading reading,
    IdGenerator ids,
    TimeProvider clock,
    ILogger<LoginService> log
) : Protocol.LoginV1.LoginService.LoginServiceBase
{
    public override async Task<GetSessionEvaluationResponse> GetSessionEvaluation(
        GetSessionEvaluationRequest request,
        ServerCallContext context
    )
    {
        var caller = context.Caller();
        var demand = await DemandOf(request, context) with { ChecksLifetimes = request.CheckLifetimes };
        var verdict = await grains.CallAsync(
            () => grains.LoginSession(request.SessionId).EvaluateAsync(caller, request.SessionToken, demand),
            context.CancellationToken
        );
        if (verdict is { Refusal: null, UserId: { } userId })
        {
            verdict = verdict with { Refusal = await FindRefusalAsync(request, userId, context.CancellationToken) };
        }

        return Message(verdict, ErrorTexts.Of(context.Request()));
    }

    public override async Task<ListSessionsByTokenResponse> ListSessionsByToken(
        ListSessionsByTokenRequest request,
        ServerCallContext context
    )
    {
        var answers = await Task.WhenAll(request.Sessions.Select(session => ReadAsync(session, context)));
        return new ListSessionsByTokenResponse { Sessions = { answers } };
    }

    public override async Task<ListBrokenPasswordRulesResponse> ListBrokenPasswordRules(
        ListBrokenPasswordRulesRequest request,
        ServerCallContext context
    )
    {
        var texts = ErrorTexts.Of(context.Request());
        var broken = await grains.CallAsync(() => grains.PasswordRules.ListBrokenAsync(request.Password), context.CancellationToken);
        return new ListBrokenPasswordRulesResponse
        {
            Rules = { broken.Select(error => new BrokenPasswordRule { ErrorId = error.Id, Message = texts.TextOf(error) }) },
        };
    }

    private async Task<SessionByToken> ReadAsync(TokenOfSession session, ServerCallContext context)
    {
        var answer = new SessionByToken { SessionId = session.SessionId };
        try
        {
            var read = await reading.ReadAsync(session.SessionId, session.SessionToken, context.Caller(), context.CancellationToken);
            answer.Session = read.Session;
        }
        catch (SessionException exception)
        {
            answer.ErrorId = exception.Error.Id;
        }

        return answer;
    }

    private async Task<LoginDemand> DemandOf(GetSessionEvaluationRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        switch (request.PurposeCase)
        {
            case Purpose.AuthRequestId:
                var id = AuthRequestIds.Parse(request.AuthRequestId);
                var asked = await grains.CallAsync(
                    () => grains.AuthorizationRequest(id).GetRequestAsync(caller),
                    context.CancellationToken
                );
                return LoginDemands.Of(asked);
            case Purpose.SamlRequestId:
                var samlId = AuthRequestIds.Parse(request.SamlRequestId);
                var saml = await grains.CallAsync(() => grains.SamlRequest(samlId).GetRequestAsync(caller), context.CancellationToken);
                return LoginDemands.Of(saml);
            default:
                return LoginDemands.Of(request.Demand ?? new Demand());
        }
    }

    /// <summary>Why the person cannot log in at the application that asks, whatever the login proves.</summary>
    private async Task<SessionError?> FindRefusalAsync(
        GetSessionEvaluationRequest request,
        string userId,
        CancellationToken cancellationToken
    )
    {
        switch (request.PurposeCase)
        {
            case Purpose.AuthRequestId:
                var asked = grains.AuthorizationRequest(AuthRequestIds.Parse(request.AuthRequestId));
                return await grains.CallAsync(() => asked.FindRefusalAsync(userId), cancellationToken);
            case Purpose.SamlRequestId:
                var saml = grains.SamlRequest(AuthRequestIds.Parse(request.SamlRequestId));
                return await grains.CallAsync(() => saml.FindRefusalAsync(userId), cancellationToken);
            default:
                return null;
        }
    }

    private static GetSessionEvaluationResponse Message(LoginVerdict verdict, ErrorTexts texts)
    {
        var message = new GetSessionEvaluationResponse
        {
            Sufficient = verdict.Refusal is null,
            RefusalId = verdict.Refusal?.Id ?? "",
            Refusal = verdict.Refusal is { } refusal ? texts.TextOf(refusal) : "",
            RequiredAcr = verdict.RequiredAcr,
            Acr = verdict.Acr ?? "",
            AuthenticatedAt = verdict.AuthenticatedAt is { } at ? Timestamps.Of(at) : null,
        };
        message.Amr.AddRange(verdict.Amr);
        message.Next.AddRange(verdict.Next.Select(Type));
        message.Ways.AddRange(verdict.Ways.Select(way => new Way { Methods = { way.Methods.Select(Type) } }));
        message.Enrolments.AddRange(verdict.Enrolments.Select(Type));
        message.Stale.AddRange(verdict.Stale.Select(Type));
        return message;
    }

    private static AuthenticationMethodType Type(AuthenticationMethod method) => (AuthenticationMethodType)method;
}
