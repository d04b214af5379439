using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Validation;
using Orleans.Sessions.Protocol.LoginV1;
using Orleans.Sessions.Protocol.SessionV2;

namespace Orleans.Sessions.Gateway.Tests.Validation;

/// <summary>Durations as in protobuf: seconds and nanoseconds with the same sign (JSON can express no others).</summary>
public sealed class DurationTests
{
    [Theory]
    [InlineData(5, -1)]
    [InlineData(1, 1_000_000_000)]
    [InlineData(Duration.MaxSeconds + 1, 0)]
    public void What_is_no_duration_is_refused(long seconds, int nanos)
    {
        var duration = new Duration { Seconds = seconds, Nanos = nanos };
        IMessage[] requests =
        [
            new CreateSessionRequest { Lifetime = duration },
            new CreateSessionRequest { IdleTimeout = duration },
            new SetSessionRequest { SessionId = "a", Lifetime = duration },
            new SetSessionRequest { SessionId = "a", IdleTimeout = duration },
            new GetSessionEvaluationRequest
            {
                SessionId = "a",
                SessionToken = "a",
                Demand = new Demand { MaxAge = duration },
            },
        ];

        Assert.All(requests, request =>
            Assert.EndsWith(
                "value is not a valid duration",
                Assert.Throws<InvalidRequestException>(() => RequestValidator.Validate(request)).Message,
                StringComparison.Ordinal
            )
        );
    }

    [Fact]
    public void A_duration_without_a_rule_of_its_own_is_named_by_its_field()
    {
        var request = new GetSessionEvaluationRequest
        {
            SessionId = "a",
            SessionToken = "a",
            Demand = new Demand { MaxAge = new Duration { Seconds = long.MinValue } },
        };
        Assert.Contains(
            "Demand.MaxAge",
            Assert.Throws<InvalidRequestException>(() => RequestValidator.Validate(request)).Message,
            StringComparison.Ordinal
        );

        request.Demand.MaxAge = new Duration { Seconds = Duration.MaxSeconds };
        RequestValidator.Validate(request);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, -1)]
    [InlineData(-5, 0)]
    [InlineData(-5, 1)]
    public void Nothing_and_less_is_refused(long seconds, int nanos)
    {
        var request = new CreateSessionRequest
        {
            Lifetime = new Duration { Seconds = seconds, Nanos = nanos },
        };
        Assert.Throws<InvalidRequestException>(() => RequestValidator.Validate(request));
    }
}
