using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Orleans.Sessions.Protocol.V1;
using BadRequest = Google.Rpc.BadRequest;
using Status = Google.Rpc.Status;

namespace Orleans.Sessions.Gateway.Tests.Harness;

/// <summary>A failure as a client of any surface sees it, in terms that all surfaces have.</summary>
public sealed record Seen(
    int Code,
    string Message,
    string? DetailType = null,
    string? Id = null,
    string? Text = null,
    int FailedAttempts = 0,
    string? Fields = null
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

        var details = body["details"]!.AsArray();
        var detail = details[0]!;
        return seen with
        {
            Fields = FieldsIn(details, "@type", "type.googleapis.com/", fields => fields),
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

        var details = body["details"]!.AsArray();
        var detail = details[0]!;
        seen = seen.With((string)detail["type"]!, BytesOf(detail)) with
        {
            Fields = FieldsIn(details, "type", "", fields => fields["debug"]!),
        };
        if (details.Count > 1)
        {
            Assert.Equal(seen.Fields, FieldsOf(BadRequest.Parser.ParseFrom(BytesOf(details[1]!))));
        }

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
        Assert.InRange(status.Details.Count, 1, 2);
        var detail = status.Details[0];
        return seen.With(Any.GetTypeName(detail.TypeUrl), detail.Value.ToByteArray()) with
        {
            Fields = status.Details.Count > 1 ? FieldsOf(status.Details[1].Unpack<BadRequest>()) : null,
        };
    }

    /// <summary>The fields that break a rule, each with the description; <c>null</c> if there are none.</summary>
    private static string? FieldsIn(JsonArray details, string type, string prefix, Func<JsonNode, JsonNode> of)
    {
        Assert.InRange(details.Count, 1, 2);
        if (details.Count == 1)
        {
            return null;
        }

        Assert.Equal($"{prefix}google.rpc.BadRequest", (string)details[1]![type]!);
        return string.Join(
            '\n',
            of(details[1]!)["fieldViolations"]!.AsArray().Select(field => $"{field!["field"]}: {field["description"]}")
        );
    }

    private static string FieldsOf(BadRequest fields) =>
        string.Join('\n', fields.FieldViolations.Select(field => $"{field.Field}: {field.Description}"));

    private static byte[] BytesOf(JsonNode detail)
    {
        var value = (string)detail["value"]!;
        Assert.DoesNotContain('=', value);
        return Convert.FromBase64String(value.PadRight((value.Length + 3) / 4 * 4, '='));
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
