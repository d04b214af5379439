using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Validation;
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
        ];

        Assert.All(requests, request =>
            Assert.EndsWith(
                "value is not a valid duration",
                Assert.Throws<InvalidRequestException>(() => RequestValidator.Validate(request)).Message,
                StringComparison.Ordinal
            )
        );
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
