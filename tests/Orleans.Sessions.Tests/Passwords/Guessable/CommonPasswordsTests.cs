using Microsoft.Extensions.Options;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.Passwords.Guessable;

namespace Orleans.Sessions.Tests.Passwords.Guessable;

public sealed class CommonPasswordsTests
{
    [Theory]
    [Asvs("6.2.4")]
    [InlineData("123456")]
    [InlineData("P@ssw0rd")]
    [InlineData("Password1!")]
    [InlineData("Passw0rd!")]
    [InlineData("!QAZ2wsx")]
    [InlineData("Welcome@123")]
    [InlineData("pa$$W0RD")]
    // Common passwords, changed so that they satisfy a policy.
    [InlineData("Password123!")]
    [InlineData("_Qwerty123_")]
    [InlineData("!!Baseball1!!")]
    public void What_many_choose_is_known_in_any_case_and_with_symbols_around_it(string password) =>
        Assert.True(CommonPasswords.Contain(password));

    [Theory]
    [InlineData("Correct-Horse-7")]
    [InlineData("Another-Horse-8")]
    [InlineData("tr0ub4dor&3-and-more")]
    [InlineData("-=-=-=-=")]
    [InlineData("")]
    public void Others_are_not(string password) => Assert.False(CommonPasswords.Contain(password));

    /// <summary>The list fits the default policy. A change of the default policy needs a new list.</summary>
    [Fact]
    [Asvs("6.2.4")]
    public void Thousands_of_them_satisfy_the_default_policy()
    {
        var policy = new PasswordPolicy(Options.Create(new PasswordPolicyOptions()));
        var satisfying = CommonPasswords
            .All()
            .Count(password => Casings(password).Any(casing => Record.Exception(() => policy.Ensure(casing)) is null));
        Assert.True(satisfying >= 9_500, $"{satisfying} of the common passwords satisfy the default policy.");

        // Two spellings are enough to find out: one with only one capital letter, and one with all but one.
        static IEnumerable<string> Casings(string password)
        {
            var first = password.IndexOfAny([.. "abcdefghijklmnopqrstuvwxyz"]);
            return first < 0
                ? [password]
                : [password, $"{password[..first]}{char.ToUpperInvariant(password[first])}{password[(first + 1)..]}"];
        }
    }
}
