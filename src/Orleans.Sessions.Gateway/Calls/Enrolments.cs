using Google.Protobuf;
using Orleans.Sessions.Protocol.UserV2;

namespace Orleans.Sessions.Gateway.Calls;

/// <summary>The requests with which a person sets up a second factor. Each names the person in <c>user_id</c>.</summary>
internal static class Enrolments
{
    public static bool IsPart(IMessage request) =>
        request
            is RegisterTOTPRequest
                or VerifyTOTPRegistrationRequest
                or RegisterPasskeyRequest
                or VerifyPasskeyRegistrationRequest
                or RegisterU2FRequest
                or VerifyU2FRegistrationRequest
                or AddOTPSMSRequest
                or AddOTPEmailRequest;
}
