using System.Text.Json;
using System.Text.Json.Nodes;
using Grpc.Core;
using Orleans.Sessions.Protocol.V1;

namespace Orleans.Sessions.EndToEnd.Clients.Harness;

/// <summary>Reads errors in Connect's format, which <c>buf curl</c> prints for every protocol.</summary>
internal static class ConnectFailure
{
    public static Refusal Read(JsonNode body, string? requestId)
    {
        var code = Enum.GetValues<StatusCode>()
            .Single(code => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{code}") == (string)body["code"]!);
        var detail = body["details"]![0]!;
        var value = (string)detail["value"]!;
        var bytes = Convert.FromBase64String(value.PadRight((value.Length + 3) / 4 * 4, '='));
        if ((string)detail["type"]! == CredentialsCheckError.Descriptor.FullName)
        {
            var check = CredentialsCheckError.Parser.ParseFrom(bytes);
            return new Refusal((int)code, (string)body["message"]!, check.Id, check.FailedAttempts, requestId);
        }

        return new Refusal((int)code, (string)body["message"]!, ErrorDetail.Parser.ParseFrom(bytes).Id, null, requestId);
    }
}
