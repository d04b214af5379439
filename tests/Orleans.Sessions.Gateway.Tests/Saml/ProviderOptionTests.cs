using System.ComponentModel.DataAnnotations;
using Orleans.Sessions.Gateway.Saml;

namespace Orleans.Sessions.Gateway.Tests.Saml;

/// <summary>What the section of SAML may say.</summary>
public sealed class ProviderOptionTests
{
    [Theory]
    [InlineData("1.00:00:00", true)]
    [InlineData("3650.00:00:00", true)]
    [InlineData("23:59:59", false)]
    [InlineData("3650.00:00:01", false)]
    [InlineData("10675199.02:48:05", false)]
    public void The_metadata_are_valid_for_a_day_to_ten_years(string lifetime, bool isValid)
    {
        var options = new SamlProviderOptions
        {
            MetadataLifetime = TimeSpan.Parse(lifetime, System.Globalization.CultureInfo.InvariantCulture),
        };

        Assert.Equal(isValid, !options.Validate(new ValidationContext(options)).Any());
    }
}
