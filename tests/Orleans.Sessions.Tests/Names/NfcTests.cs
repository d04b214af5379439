using Orleans.Sessions.Names.Unicode;

namespace Orleans.Sessions.Tests.Names;

/// <summary>Some rows of each part of the Unicode Character Database's NormalizationTest.txt.</summary>
public sealed class NfcTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Minnie", "Minnie")]
    [InlineData("Mu\u0308ller", "M\u00FCller")]
    [InlineData("\u212B", "\u00C5")] // a singleton
    [InlineData("\u0958", "\u0915\u093C")] // excluded from composition
    [InlineData("\u0340", "\u0300")]
    [InlineData("\u1E0A\u0323", "\u1E0C\u0307")] // marks change places
    [InlineData("\u0044\u0307\u0323", "\u1E0C\u0307")]
    [InlineData("\u1E14\u0304", "\u1E14\u0304")]
    [InlineData("\u0045\u0304\u0300", "\u1E14")] // in two steps
    [InlineData("\u0061\u0315\u0300\u05AE\u0062", "\u00E0\u05AE\u0315\u0062")]
    [InlineData("\u1100\u1161\u11A8", "\uAC01")] // Hangul
    [InlineData("\uAC00\u11A8", "\uAC01")]
    [InlineData("\uAC01\u11A8", "\uAC01\u11A8")]
    [InlineData("\uAC00\u11A7", "\uAC00\u11A7")] // no trailing consonant
    [InlineData("\u1100\u0300\u1161", "\u1100\u0300\u1161")] // something stands between
    [InlineData("\U0001D15E", "\U0001D157\U0001D165")]
    [InlineData("\U00011131\U00011127", "\U0001112E")]
    [InlineData("\uF900", "\u8C48")]
    [InlineData("\uFB1D", "\u05D9\u05B4")]
    [InlineData("\u0308\u0301", "\u0308\u0301")] // marks that belong to nothing
    [InlineData("\u0301\u0308a\u0308", "\u0301\u0308\u00E4")]
    [InlineData("\u09C7\u0334\u09BE", "\u09C7\u0334\u09BE")]
    public void The_same_text_is_always_the_same_code_points(string text, string normalized)
    {
        Assert.Equal(normalized, Nfc.Of(text));
        Assert.Equal(normalized, Nfc.Of(normalized));
    }
}
