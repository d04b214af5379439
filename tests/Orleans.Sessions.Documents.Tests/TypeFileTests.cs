using System.Text.RegularExpressions;

namespace Orleans.Sessions.Documents.Tests;

/// <summary>
/// A type is in the file of its name, so that people find it. Three kinds may stand beside the type that they belong to: the messages that
/// it logs, the JSON of a record, and the cases of a closed family.
/// </summary>
public sealed partial class TypeFileTests
{
    [Fact]
    public void A_type_is_in_the_file_of_its_name() =>
        Assert.Empty(SourceFiles.In("src", "*.cs").SelectMany(path => Misplaced(Path.GetFileName(path), Checkout.Read(path))));

    [Theory]
    [InlineData("class One;\npublic sealed record Two(int Number);", "One.cs: Two")]
    [InlineData("class Other<T>;", "One.cs: Other")]
    [InlineData("class One;\ninternal static partial class OneLog;\npartial class OneJsonContext;", null)]
    [InlineData("abstract record One;\nsealed record First(string Name) : One;", null)]
    public void A_misplaced_type_is_seen(string text, string? expected) =>
        Assert.Equal(expected, Misplaced("One.Part.cs", text).SingleOrDefault());

    private static IEnumerable<string> Misplaced(string file, string text)
    {
        var name = file.Split('.')[0];
        return from type in Declaration().Matches(text)
            let found = type.Groups["name"].Value
            where found != name
            where !found.EndsWith("Log", StringComparison.Ordinal) && !found.EndsWith("JsonContext", StringComparison.Ordinal)
            where type.Groups["base"].Value != name
            select $"{name}.cs: {found}";
    }

    [GeneratedRegex(
        @"^(?:(?:public|internal|file|static|sealed|abstract|readonly|partial|ref) )*(?:class|record struct|record|struct|interface|enum) "
            + @"(?<name>\w+)(?:\([^()]*\))?(?:\s*:\s*(?<base>\w+))?",
        RegexOptions.Multiline
    )]
    private static partial Regex Declaration();
}
