using Orleans.Sessions.Names;
using Orleans.Sessions.Names.Unicode;

namespace Orleans.Sessions.Tests.Names;

/// <summary>Ids and addresses are what one sees.</summary>
public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("minnie@mouse.example.com")]
    [InlineData("~!#$%&'*+-/=?^_`{|}~")]
    [InlineData("用户@例子.广告")]
    [InlineData("अजय@डाटा.भारत")]
    [InlineData("θσερ@εχαμπλε.ψομ")]
    [InlineData("한글")]
    [InlineData("⠁")]
    [InlineData("..a")]
    public void What_one_sees_is_accepted(string text) => Assert.True(VisibleText.Is(text) && VisibleText.IsId(text));

    [Theory]
    [InlineData(" ")]
    [InlineData("\u00A0")]
    [InlineData("\u3000")]
    [InlineData("\u0000")]
    [InlineData("\n")]
    [InlineData("\u00AD")]
    [InlineData("\u200B")]
    [InlineData("\u202E")]
    [InlineData("\uE000")]
    [InlineData("\uFFFF")]
    [InlineData("\u0378")] // assigned to nobody
    [InlineData("\u034F")] // combining grapheme joiner
    [InlineData("\u115F")] // Hangul fillers
    [InlineData("\u1160")]
    [InlineData("\u3164")]
    [InlineData("\uFFA0")]
    [InlineData("\u17B4")] // inherent vowels of Khmer
    [InlineData("\u180B")] // variation selectors
    [InlineData("\uFE0F")]
    [InlineData("\U000E0100")]
    [InlineData("\U000E0041")] // a tag
    [InlineData("\u2800")] // blank symbols and letters
    [InlineData("\U00013441")]
    [InlineData("\U0001D159")]
    [InlineData("\U00016FE4")]
    public void What_one_does_not_see_is_not(string invisible) => Assert.False(VisibleText.Is($"a{invisible}b"));

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("Mu\u0308ller")]
    [InlineData("\u212B")] // the sign of Ångström, which looks like the letter
    public void An_id_survives_in_a_path_and_is_written_in_one_way(string id) => Assert.False(VisibleText.IsId(id));

    [Fact]
    public void Names_have_no_characters_that_one_does_not_see_but_joiners() =>
        Assert.All(
            Enumerable.Range(0, 0x110000).Where(point => UnicodeTables.Names[point] is not null && point is not (0x200C or 0x200D)),
            point => Assert.True(UnicodeTables.Visible[point])
        );
}
