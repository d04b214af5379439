namespace Orleans.Sessions.Tests.Tokens;

public sealed class GrainKeysTests
{
    [Theory]
    [InlineData("218480890961985793")]
    [InlineData("ab")]
    [InlineData("{0}")]
    [InlineData("a+b")]
    [InlineData("~plain")]
    [InlineData("Zoë \u2028 /?#")]
    public void An_id_comes_back_from_its_key(string id)
    {
        Assert.Equal(id, GrainKeys.Id(GrainKeys.User(id)));
        Assert.Equal(id, GrainKeys.Id(GrainKeys.Session(id)));
    }

    [Fact]
    public void Different_ids_have_different_keys_without_braces_or_hexadecimal_looks()
    {
        string[] ids = ["020235", "20235", "AB", "ab", "0123456789abcdef0123456789abcdef", "abc+x", "abc", "{", "}", "ew", "~ew"];
        var keys = ids.Select(GrainKeys.User).ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.All(keys, key => Assert.True(!Uri.IsHexDigit(key[0]) && !key.Contains('{') && !key.Contains('}') && !key.Contains('+')));
    }
}
