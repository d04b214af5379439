using System.Text.RegularExpressions;

namespace Orleans.Sessions.Documents.Tests;

/// <summary>Tests and what they stand on are told apart by the names of files and folders.</summary>
public sealed partial class TestFileTests
{
    /// <summary>In these two, what is not a test is the document that it makes or reads.</summary>
    private static readonly string[] s_withoutHarness = ["Asvs.Tests", "Documents.Tests"];

    [Fact]
    public void A_file_with_tests_is_named_Tests() =>
        Assert.DoesNotContain(Files(), file => HasTests(file) && !file.EndsWith("Tests.cs", StringComparison.Ordinal));

    [Fact]
    public void A_file_without_tests_is_in_a_harness() =>
        Assert.DoesNotContain(Files(), file =>
            file.Contains(".Tests/", StringComparison.Ordinal)
            && !s_withoutHarness.Any(project => file.Contains($".{project}/", StringComparison.Ordinal))
            && !file.Contains("/Harness/", StringComparison.Ordinal)
            && !HasTests(file)
        );

    private static IEnumerable<string> Files() => SourceFiles.In("tests", "*.cs");

    private static bool HasTests(string file) => Test().IsMatch(Checkout.Read(file));

    [GeneratedRegex(@"^ *\[(Fact|Theory)\b", RegexOptions.Multiline)]
    private static partial Regex Test();
}
