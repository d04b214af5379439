using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Tests.Audit;

/// <summary>No text of a stranger begins a line of its own in a log, or exceeds the maximum length in a row.</summary>
public sealed class AuditTextTests
{
    [Theory]
    [Asvs("16.4.1")]
    [InlineData("plain text", "plain text")]
    [InlineData("Grüße, 世界 😀", "Grüße, 世界 😀")]
    [InlineData("a\r\nb", @"a\u000d\u000ab")]
    [InlineData("a\u0000\u001b[31m\u007f\u0085", @"a\u0000\u001b[31m\u007f\u0085")]
    [InlineData("a\u2028b\u2029c\u202ed\u200be", @"a\u2028b\u2029c\u202ed\u200be")]
    [InlineData(@"a\u000a", @"a\\u000a")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Nothing_in_a_text_moves_the_cursor(string? text, string? clean) => Assert.Equal(clean, AuditText.Clean(text));

    [Fact]
    public void Half_a_character_is_written_as_its_number() => Assert.Equal(@"a\ud83d", AuditText.Clean("a\ud83d"));

    [Fact]
    public void A_long_text_is_cut() => Assert.InRange(AuditText.Clean(new string('\n', 100_000))!.Length, 1, AuditText.MaxLength + 12);
}
