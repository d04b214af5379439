using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Orleans.Sessions.Protocol.V1;
using Status = Google.Rpc.Status;

namespace Orleans.Sessions.Gateway.Tests.Harness;

/// <summary>A failure as a client of any surface sees it, in terms that all surfaces have.</summary>
public sealed record Seen(
    int Code,
    string Message,
    string? DetailType = null,
    string? Id = null,
    string? Text = null,
    int FailedAttempts = 0
)
{
    /// <summary>Reads REST's envelope.</summary>
    public static Seen InRest(JsonNode body)
    {
        var seen = new Seen((int)body["code"]!, (string)body["message"]!);
        if (body["details"] is null)
        {
            return seen;
        }

        var detail = Assert.Single(body["details"]!.AsArray())!;
        return seen with
        {
            DetailType = ((string)detail["@type"]!).Replace("type.googleapis.com/", "", StringComparison.Ordinal),
            Id = (string?)detail["id"] ?? "",
            Text = (string)detail["message"]!,
            FailedAttempts = (int?)detail["failedAttempts"] ?? 0,
        };
    }

    /// <summary>Reads the protobuf in Connect's envelope. The readable copy must agree with it.</summary>
    public static Seen InConnect(JsonNode body)
    {
        var code = System
            .Enum.GetValues<StatusCode>()
            .Single(code => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{code}") == (string)body["code"]!);
        var seen = new Seen((int)code, (string)body["message"]!);
        if (body["details"] is null)
        {
            return seen;
        }

        var detail = Assert.Single(body["details"]!.AsArray())!;
        var value = (string)detail["value"]!;
        Assert.DoesNotContain('=', value);
        seen = seen.With((string)detail["type"]!, Convert.FromBase64String(value.PadRight((value.Length + 3) / 4 * 4, '=')));
        Assert.Equal(seen.Id, (string?)detail["debug"]!["id"] ?? "");
        Assert.Equal(seen.Text, (string)detail["debug"]!["message"]!);
        Assert.Equal(seen.FailedAttempts, (int?)detail["debug"]!["failedAttempts"] ?? 0);
        return seen;
    }

    /// <summary>Reads gRPC's trailers.</summary>
    public static Seen InGrpc(RpcException exception)
    {
        var seen = new Seen((int)exception.StatusCode, exception.Status.Detail);
        if (exception.Trailers.GetValueBytes("grpc-status-details-bin") is not { } bytes)
        {
            return seen;
        }

        var status = Status.Parser.ParseFrom(bytes);
        Assert.Equal((seen.Code, seen.Message), (status.Code, status.Message));
        var detail = Assert.Single(status.Details);
        return seen.With(Any.GetTypeName(detail.TypeUrl), detail.Value.ToByteArray());
    }

    private Seen With(string type, byte[] detail)
    {
        if (type == CredentialsCheckError.Descriptor.FullName)
        {
            var check = CredentialsCheckError.Parser.ParseFrom(detail);
            return this with { DetailType = type, Id = check.Id, Text = check.Message, FailedAttempts = check.FailedAttempts };
        }

        var error = ErrorDetail.Parser.ParseFrom(detail);
        return this with { DetailType = type, Id = error.Id, Text = error.Message };
    }
}
