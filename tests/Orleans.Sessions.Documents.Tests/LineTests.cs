namespace Orleans.Sessions.Documents.Tests;

/// <summary>Lines have 140 columns at most. CSharpier keeps code to that; it breaks no texts and no comments.</summary>
public sealed class LineTests
{
    private const int Columns = 140;

    /// <summary>Tests write these from comments in the code, a paragraph on a line.</summary>
    private static readonly string[] s_written = ["src/Orleans.Sessions.Host/README.md", "tests/Orleans.Sessions.Asvs.Tests/ASVS.md"];

    [Theory]
    [InlineData("*.cs")]
    [InlineData("*.proto")]
    [InlineData("*.sql")]
    public void No_line_of_the_service_is_longer(string files) => Assert.Empty(Longer("src", files).Concat(Longer("deploy", files)));

    [Fact]
    public void No_comment_of_the_tests_is_longer() =>
        Assert.DoesNotContain(Longer("tests", "*.cs"), line => line.Text.StartsWith("//", StringComparison.Ordinal));

    /// <summary>A row of a table cannot be broken.</summary>
    [Fact]
    public void No_line_of_a_document_is_longer() =>
        Assert.Empty(
            from document in Document.All
            where !s_written.Contains(document.Path)
            from line in document.Prose.Split('\n')
            where line.Length > Columns && !line.StartsWith('|')
            select $"{document}: {line}"
        );

    private static IEnumerable<(string Place, string Text)> Longer(string folder, string files) =>
        from path in SourceFiles.In(folder, files)
        from line in File.ReadLines(Checkout.PathOf(path)).Index()
        where line.Item.Length > Columns
        select ($"{path}:{line.Index + 1}", line.Item.Trim());
}
