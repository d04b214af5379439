using Orleans.Sessions.Lockout;

namespace Orleans.Sessions.Tests.Lockout;

public sealed class TarpitTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    [InlineData(14, 1)]
    [InlineData(15, 2)]
    [InlineData(55, 10)]
    [InlineData(1000, 10)]
    public void The_answer_is_held_back_longer_the_more_checks_have_failed(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new TarpitOptions().DelayFor(failures));
}
