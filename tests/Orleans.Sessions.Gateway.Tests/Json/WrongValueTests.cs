using System.Text;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Json;
using Orleans.Sessions.Protocol.SessionV2;
using Orleans.Sessions.Protocol.UserV2;

namespace Orleans.Sessions.Gateway.Tests.Json;

/// <summary>A value that a field cannot have is refused with its place and the rule.</summary>
public sealed class WrongValueTests
{
    private const string Of = "proto: invalid value for field";

    [Theory]
    [InlineData("""{"metadata":{"a":"not base64!"}}""", $"{Of} metadata.a: value must be base64")]
    [InlineData("""{"metadata":{"a":"AQ==","b":1}}""", $"{Of} metadata.b: value must be base64")]
    [InlineData("""{"metadata":[]}""", $"{Of} metadata: value must be an object")]
    [InlineData("""{"lifetime":5}""", $"{Of} lifetime: value must be a duration such as \"3.5s\"")]
    [InlineData("""{"lifetime":"1h"}""", $"{Of} lifetime: value must be a duration such as \"3.5s\"")]
    [InlineData("""{"checks":[{}]}""", $"{Of} checks: value must be an object")]
    [InlineData("""{"checks":{"user":{"userId":true}}}""", $"{Of} checks.user.userId: value must be a text")]
    [InlineData("""{"challenges":{"otpSms":{"returnCode":"yes"}}}""", $"{Of} challenges.otpSms.returnCode: value must be true or false")]
    [InlineData("[]", "proto: the request must be an object")]
    public void Of_a_session(string json, string message) => Refused(json, SetSessionRequest.Descriptor, message);

    [Theory]
    [InlineData("""{"query":{"limit":-1}}""", $"{Of} query.limit: value must be a whole number from 0 to 4294967295")]
    [InlineData("""{"query":{"offset":1.5}}""", $"{Of} query.offset: value must be a whole number from 0 to 18446744073709551615")]
    [InlineData("""{"queries":{}}""", $"{Of} queries: value must be an array")]
    [InlineData("""{"queries":[{},{"idsQuery":{"ids":["1",2]}}]}""", $"{Of} queries[1].idsQuery.ids[1]: value must be a text")]
    [InlineData(
        """{"queries":[{"creationDateQuery":{"creationDate":"yesterday"}}]}""",
        $"{Of} queries[0].creationDateQuery.creationDate: value must be a time such as \"2026-01-31T12:00:00Z\""
    )]
    [InlineData(
        """{"sortingColumn":"CREATED"}""",
        $"{Of} sortingColumn: value must be one of SESSION_FIELD_NAME_UNSPECIFIED, SESSION_FIELD_NAME_CREATION_DATE"
    )]
    public void Of_a_search(string json, string message) => Refused(json, ListSessionsRequest.Descriptor, message);

    [Fact]
    public void Of_a_count() =>
        Refused(
            """{"count":2147483648}""",
            GenerateRecoveryCodesRequest.Descriptor,
            $"{Of} count: value must be a whole number from -2147483648 to 2147483647"
        );

    private static void Refused(string json, MessageDescriptor type, string message) =>
        Assert.Equal(
            message,
            Assert
                .Throws<InvalidRequestException>(() => MessageJsonReader.Read(Encoding.UTF8.GetBytes(json), type, new IgnoredFields()))
                .Message
        );
}
