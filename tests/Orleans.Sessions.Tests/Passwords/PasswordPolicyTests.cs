using Microsoft.Extensions.Options;
using Orleans.Sessions.Passwords;

namespace Orleans.Sessions.Tests.Passwords;

public sealed class PasswordPolicyTests
{
    [Theory]
    [Asvs("6.2.1")]
    [InlineData("Abc1!", "DOMAIN-HuJf6")]
    [InlineData("ABCDEFG1!", "DOMAIN-co3Xw")]
    [InlineData("abcdefg1!", "DOMAIN-VoaRj")]
    [InlineData("Abcdefgh!", "DOMAIN-ZBv4H")]
    [InlineData("Abcdefgh1", "DOMAIN-ZDLwA")]
    [InlineData("Abcdefg1!\0", "COMMA-095xh8fll1")]
    [InlineData("Abcdefg1!", null)]
    [InlineData("Abcdefg1ä", null)]
    [InlineData("Abc1ääü", "DOMAIN-HuJf6")]
    [InlineData("Ab1\U0001F600\U0001F600\U0001F600", "DOMAIN-HuJf6")]
    [InlineData("Abc1ääüß", null)]
    public void The_first_broken_rule_is_told(string password, string? id)
    {
        var policy = new PasswordPolicy(Options.Create(new PasswordPolicyOptions()));
        var exception = Record.Exception(() => policy.Ensure(password)) as SessionException;
        Assert.Equal(id, exception?.Error.Id);
    }

    [Fact]
    [Asvs("6.2.5")]
    public void Rules_can_be_turned_off()
    {
        var policy = new PasswordPolicy(
            Options.Create(
                new PasswordPolicyOptions
                {
                    MinLength = 1,
                    RequireDigit = false,
                    RequireLower = false,
                    RequireSymbol = false,
                    RequireUpper = false,
                }
            )
        );
        policy.Ensure("x");
        Assert.Throws<SessionException>(() => policy.Ensure(""));
    }
}
