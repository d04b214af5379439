using Orleans.Sessions.Names;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Tests.Names;

/// <summary>Which user names are allowed, and which of them count as the same name.</summary>
public sealed class LoginNameTests
{
    [Theory]
    [InlineData("minnie")]
    [InlineData("Minnie Mouse")]
    [InlineData("minnie+test@mouse.example.com")]
    [InlineData("{braces} quote'\"\\ a@b@c |&<>%")]
    [InlineData("@")]
    [InlineData("Müller")]
    [InlineData("straße-ẞ")]
    [InlineData("Łukasz.Żółć")]
    [InlineData("Nguyễn")]
    [InlineData("Иван.Петрович")]
    [InlineData("Сара")]
    [InlineData("иван@example.com")]
    [InlineData("ivan@почта.рф")]
    [InlineData("Μάριος")]
    [InlineData("محمد")]
    [InlineData("محمد-١٢٣")]
    [InlineData("محمد@example.com")]
    [InlineData("می\u200Cخواهم")] // a non-joiner where Persian needs it
    [InlineData("משה")]
    [InlineData("עו״ד")]
    [InlineData("क्\u200Dष")]
    [InlineData("प्रिया")]
    [InlineData("สมชาย")]
    [InlineData("王小明")]
    [InlineData("山田太郎")]
    [InlineData("ヤマダ・タロウ")]
    [InlineData("김철수")]
    [InlineData("ünïcödé-密码")] // Latin and Chinese
    [InlineData("Yuki雪ゆき")]
    [InlineData("paral·lel")]
    [InlineData("İbrahim")]
    [InlineData("ආරාධනා")]
    public void Names_of_people_all_over_the_world_are_given(string name) =>
        Assert.Equal(name, LoginName.New(name, NameRule.HighlyRestrictive).Text);

    [Theory]
    [InlineData("admin\u200B")] // nobody sees it
    [InlineData("admin\u202E")]
    [InlineData("ad\u00ADmin")]
    [InlineData("adm\u200Din")]
    [InlineData("adm\u200Cin")]
    [InlineData("admin\n")]
    [InlineData("ad\tmin")]
    [InlineData("\u0001")]
    [InlineData("admin ")]
    [InlineData(" admin")]
    [InlineData("ad  min")]
    [InlineData("ad\u00A0min")]
    [InlineData("admin\uFE0F")]
    [InlineData("admin\uFEFF")]
    [InlineData("admin\uE000")]
    [InlineData("admin\uFFFF")]
    [InlineData("admin\u0378")] // unassigned
    [InlineData("ﬁnance")] // a ligature
    [InlineData("admin²")]
    [InlineData("𝐚dmin")]
    [InlineData("O’Brien")]
    [InlineData("a·b")]
    [InlineData("ab׳")]
    [InlineData("a・b")]
    [InlineData("١۲")] // digits that look alike
    [InlineData("😀")]
    [InlineData("ᄀ")]
    public void Characters_that_names_do_not_have_are_refused(string name) =>
        Refused(SessionErrors.UserNameCharacters, name, NameRule.AnyScript);

    [Theory]
    [InlineData("аdmin")] // a Cyrillic a
    [InlineData("adminа")]
    [InlineData("αdmin")]
    [InlineData("pаypal@example.com")]
    [InlineData("paypal@еxample.com")]
    [InlineData("admin-محمد")]
    [InlineData("Иван Mouse")]
    [InlineData("ѕсоре-Ꮪ")]
    [InlineData("王क")]
    [InlineData("1२")]
    public void Scripts_that_look_alike_do_not_stand_beside_each_other(string name)
    {
        var error = Assert.Throws<SessionException>(() => LoginName.New(name, NameRule.HighlyRestrictive)).Error;
        Assert.Contains(error, new[] { SessionErrors.UserNameScripts, SessionErrors.UserNameDirections });
    }

    [Fact]
    public void How_far_scripts_may_be_mixed_is_a_setting()
    {
        Refused(SessionErrors.UserNameScripts, "rajप्रिया", NameRule.HighlyRestrictive);
        Assert.Equal("rajप्रिया", LoginName.New("rajप्रिया", NameRule.ModeratelyRestrictive).Text);
        Refused(SessionErrors.UserNameScripts, "аdmin", NameRule.ModeratelyRestrictive);
        Assert.Equal("аdmin", LoginName.New("аdmin", NameRule.AnyScript).Text);
        Assert.Equal("admin\u200B", LoginName.New("admin\u200B", NameRule.AnyText).Text);
    }

    [Theory]
    [InlineData("1محمد")]
    [InlineData("محمد.")]
    [InlineData("\u0661\u0662a")]
    [InlineData("א1\u0662")]
    public void Directions_are_not_mixed(string name) => Refused(SessionErrors.UserNameDirections, name, NameRule.AnyScript);

    [Theory]
    [InlineData("Minnie", "mINNIE")]
    [InlineData("ａｄｍｉｎ", "admin")]
    [InlineData("ﾔﾏﾀﾞ", "ヤマダ")]
    [InlineData("Mu\u0308ller", "MÜLLER")]
    [InlineData("J\u030Can", "ǰan")]
    [InlineData("ΜΆΡΙΟΣ", "μάριος")]
    [InlineData("İbrahim", "i\u0307brahim")]
    [InlineData("\u212Belvin", "ålvin", false)]
    [InlineData("straße", "strasse", false)]
    [InlineData("Iıdır", "Iidir", false)]
    public void Names_that_are_the_same_have_the_same_key(string one, string other, bool same = true)
    {
        Assert.Equal(same, Key(one) == Key(other));
        Assert.Contains(Key(one), LoginName.KeysOf(one));
        Assert.Equal(same, LoginName.KeysOf(other).Contains(Key(one)));
    }

    [Fact]
    public void An_older_name_is_found_before_the_one_that_it_looks_like() => Assert.Equal(["ａdmin", "admin"], LoginName.KeysOf("Ａdmin"));

    private static string Key(string text) =>
        LoginName.New(text, NameRule.HighlyRestrictive) is var name && name.Key is { } key ? key : TextKey.Of(name.Text);

    private static void Refused(SessionError error, string name, NameRule rule) =>
        Assert.Equal(error, Assert.Throws<SessionException>(() => LoginName.New(name, rule)).Error);
}
