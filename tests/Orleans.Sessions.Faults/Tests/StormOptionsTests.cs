using Orleans.Sessions.Faults.Storms;

namespace Orleans.Sessions.Faults.Tests;

/// <summary>The command line of storms.</summary>
public sealed class StormOptionsTests
{
    [Fact]
    public void Settings_of_the_service_are_compared_by_the_command_line()
    {
        var options = StormOptions.Parse(["--storms", "expiry", "--with", "A=1", "--with", "B=x=y", "--with", "A=2"]);

        Assert.Equal(["A=2", "B=x=y"], options!.With.Select(setting => $"{setting.Key}={setting.Value}").Order());
    }

    [Theory]
    [InlineData("--storms", "hail")]
    [InlineData("--storms", "expiry", "--with", "A")]
    [InlineData("--storms", "expiry", "--with")]
    public void Arguments_that_make_no_sense_are_refused(params string[] arguments) => Assert.Null(StormOptions.Parse(arguments));
}
