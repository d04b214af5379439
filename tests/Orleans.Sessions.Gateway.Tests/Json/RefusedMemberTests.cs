using System.Text;
using Google.Protobuf;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Json;
using Orleans.Sessions.Gateway.Validation;
using Orleans.Sessions.Protocol.SessionV2;

namespace Orleans.Sessions.Gateway.Tests.Json;

/// <summary>Messages that two readers could understand in two ways, or that no database can store.</summary>
public sealed class RefusedMemberTests
{
    private const string Credential = "checks.webAuthN.credentialAssertionData";

    [Theory]
    [InlineData("""{"sessionToken":"a","sessionToken":"b"}""", "sessionToken")]
    [InlineData("""{"sessionToken":"a","session_token":"b"}""", "sessionToken")]
    [InlineData("""{"sessionToken":"a","sessionToken":null}""", "sessionToken")]
    [InlineData("""{"metadata":{"a":"AQ==","a":"AQ=="}}""", "metadata.a")]
    [InlineData("""{"metadata":{},"metadata":{}}""", "metadata")]
    [InlineData("""{"checks":{"user":{"userId":"1"},"user":{"userId":"2"}}}""", "checks.user")]
    [InlineData("""{"checks":{"webAuthN":{"credentialAssertionData":{"id":"1","id":"2"}}}}""", $"{Credential}.id")]
    [InlineData("""{"checks":{"webAuthN":{"credentialAssertionData":{"a":[{"id":"1","id":"2"}]}}}}""", $"{Credential}.a[0].id")]
    public void A_member_that_is_there_twice_is_named(string json, string name) =>
        Assert.Equal($"proto: duplicate field {name}", Assert.Throws<InvalidRequestException>(() => Read(json)).Message);

    [Theory]
    [InlineData("""{"unknown":1,"unknown":2,"sessionToken":"a"}""")]
    [InlineData("""{"metadata":{"a":"AQ==","A":"AQ=="},"sessionToken":"a"}""")]
    public void What_is_not_looked_at_may_be_there_twice(string json) => Assert.Equal("a", Read(json).SessionToken);

    [Theory]
    [InlineData("""{"sessionToken":"a\u0000b"}""", "sessionToken")]
    [InlineData("""{"metadata":{"a\u0000":"AQ=="}}""", "metadata")]
    [InlineData("""{"checks":{"password":{"password":"\u0000"}}}""", "password")]
    public void A_text_with_nul_is_named_in_JSON_as_in_binary(string json, string name)
    {
        var message = $"proto: field {name} must not contain NUL";
        Assert.Equal(message, Assert.Throws<InvalidRequestException>(() => Read(json)).Message);

        var same = JsonParser.Default.Parse<SetSessionRequest>(json);
        Assert.Equal(
            message,
            Assert.Throws<InvalidRequestException>(() => BinaryMessage.Read(same.ToByteArray(), SetSessionRequest.Descriptor)).Message
        );
    }

    [Fact]
    public void A_zero_byte_that_is_no_text_may_be_there()
    {
        var message = new SetSessionRequest { SessionToken = "a", Metadata = { ["key"] = ByteString.CopyFrom(0, 1, 0) } };
        Assert.Equal(message, BinaryMessage.Read(message.ToByteArray(), SetSessionRequest.Descriptor));
    }

    private static SetSessionRequest Read(string json) =>
        (SetSessionRequest)MessageJsonReader.Read(Encoding.UTF8.GetBytes(json), SetSessionRequest.Descriptor, new IgnoredFields());
}
