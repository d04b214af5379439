namespace Orleans.Sessions.Documents.Tests;

/// <summary>Lines have 140 columns at most. CSharpier keeps code to that; it breaks no texts and no comments.</summary>
public sealed class LineTests
{
    private const int Columns = 140;

    [Fact]
    public void No_line_of_the_service_is_longer() => Assert.Empty(Longer("src").Concat(Longer("deploy")));

    [Fact]
    public void No_comment_of_the_tests_is_longer() =>
        Assert.DoesNotContain(Longer("tests"), line => line.Text.StartsWith("//", StringComparison.Ordinal));

    private static IEnumerable<(string Place, string Text)> Longer(string folder) =>
        from path in SourceFiles.In(folder, "*.cs")
        from line in File.ReadLines(Checkout.PathOf(path)).Index()
        where line.Item.Length > Columns
        select ($"{path}:{line.Index + 1}", line.Item.Trim());
}
