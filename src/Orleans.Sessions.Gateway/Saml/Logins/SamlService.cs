using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Logins;
using Orleans.Sessions.Gateway.Saml.ServiceProviders;
using Orleans.Sessions.Logins;
using Orleans.Sessions.Protocol.ObjectV2;
using Orleans.Sessions.Protocol.SamlV2;
using Orleans.Sessions.Saml;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Gateway.Saml.Logins;

/// <summary>The login frontend's methods for SAML requests.</summary>
internal sealed class SamlService(Grains grains, ServiceProviderDirectory providers, ResponseMaker responses) : SAMLService.SAMLServiceBase
{
    private const int MaxDescription = 1000;

    public override async Task<GetSAMLRequestResponse> GetSAMLRequest(GetSAMLRequestRequest request, ServerCallContext context)
    {
        var id = AuthRequestIds.Parse(request.SamlRequestId);
        var caller = context.Caller();
        var pending = await grains.CallAsync(() => grains.SamlRequest(id).GetRequestAsync(caller), context.CancellationToken);
        var provider = await providers.FindAsync(pending.Request.EntityId, context.CancellationToken);
        return new GetSAMLRequestResponse
        {
            SamlRequest = new SAMLRequest
            {
                Id = request.SamlRequestId,
                CreationDate = Timestamps.Of(pending.CreatedAt),
                Issuer = pending.Request.EntityId,
                AssertionConsumerService = pending.Request.AssertionConsumer,
                RelayState = pending.Request.RelayState ?? "",
                Binding = pending.Request.Binding,
                ExpirationDate = pending.ExpiresAt is { } expiresAt ? Timestamps.Of(expiresAt) : null,
                HandledDate = pending.HandledAt is { } handledAt ? Timestamps.Of(handledAt) : null,
                AppName = provider?.Name ?? "",
                RequiredAcr = AuthenticationContext.Required(pending.Request.MinimumAcr, pending.Request.AcrValues),
                ForceAuthn = pending.Request.ForceAuthn,
                IsPassive = pending.Request.IsPassive,
                Subject = pending.Request.SubjectNameId ?? "",
                SubjectFormat = pending.Request.SubjectNameIdFormat ?? "",
            },
        };
    }

    public override async Task<CreateResponseResponse> CreateResponse(CreateResponseRequest request, ServerCallContext context)
    {
        var id = AuthRequestIds.Parse(request.SamlRequestId);
        var completion = new SamlCompletion
        {
            Caller = context.Caller(),
            SessionId = request.Session?.SessionId,
            SessionToken = request.Session?.SessionToken,
            Error = request.Error is null ? null : ErrorOf(request.Error.Error),
            ErrorDescription = request.Error?.ErrorDescription is { Length: > 0 } text
                ? text[..Math.Min(text.Length, MaxDescription)]
                : null,
            Ticket = RandomText.NewSecret(),
        };
        var answer = await grains.CallAsync(() => grains.SamlRequest(id).CompleteAsync(completion), context.CancellationToken);
        var outgoing = await responses.AnswerAsync(answer, context.CancellationToken);
        var response = new CreateResponseResponse
        {
            Details = new Details
            {
                ChangeDate = Timestamps.Of(answer.CompletedAt),
                ResourceOwner = answer.ResourceOwner,
                Sequence = 2,
            },
            Url = outgoing.Url,
        };
        if (outgoing.Value is null)
        {
            response.Redirect = new RedirectResponse();
        }
        else
        {
            response.Post = new PostResponse { SamlResponse = outgoing.Value, RelayState = outgoing.RelayState ?? "" };
        }

        return response;
    }

    private static string ErrorOf(ErrorReason reason) =>
        reason switch
        {
            ErrorReason.VersionMissmatch => "VersionMismatch",
            ErrorReason.InvalidAttrNameOrValue => "InvalidAttrNameOrValue",
            ErrorReason.InvalidNameidPolicy => "InvalidNameIDPolicy",
            ErrorReason.RequestDenied => "RequestDenied",
            ErrorReason.RequestUnsupported => "RequestUnsupported",
            ErrorReason.UnsupportedBinding => "UnsupportedBinding",
            _ => "AuthnFailed",
        };
}
