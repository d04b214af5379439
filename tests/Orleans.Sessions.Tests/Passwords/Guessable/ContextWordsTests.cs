using Orleans.Sessions.Passwords.Guessable;

namespace Orleans.Sessions.Tests.Passwords.Guessable;

public sealed class ContextWordsTests
{
    private static readonly string?[] s_names =
    [
        "ada.lovelace",
        "Ada",
        "Lovelace",
        null,
        "ada@analytical.example",
        "Engines & Sons",
        "Orleans.Sessions",
    ];

    [Theory]
    [Asvs("6.2.11")]
    [InlineData("Lovelace1!")]
    [InlineData("ADA-lovelace-1815")]
    [InlineData("Analytical#9")]
    [InlineData("Engines2026!")]
    [InlineData("Orleans.Sessions1")]
    [InlineData("SonsAndEngines7")]
    public void Names_with_little_around_them_make_up_a_password(string password) => Assert.True(ContextWords.MakeUp(password, s_names));

    [Theory]
    [InlineData("Correct-Horse-7")]
    [InlineData("Lovelace-likes-horses-7")]
    [InlineData("short")]
    public void A_password_with_enough_else_in_it_is_not_made_up_of_them(string password) =>
        Assert.False(ContextWords.MakeUp(password, s_names));

    [Fact]
    public void Very_short_names_do_not_count() => Assert.False(ContextWords.MakeUp("Horsey-7", ["Ho", "ey", "7"]));
}
