namespace Orleans.Sessions.Documents.Tests;

/// <summary>The maps of the large projects show all folders, so that a stranger finds the one that they look for.</summary>
public sealed class FolderTests
{
    public static TheoryData<string> Maps =>
        [
            "src/Orleans.Sessions",
            "src/Orleans.Sessions.Gateway",
            "src/Orleans.Sessions.Internal",
            "src/Orleans.Sessions.Storage.Abstractions",
        ];

    [Theory]
    [MemberData(nameof(Maps))]
    public void Each_folder_of_a_project_has_its_place_in_the_map(string project)
    {
        var map = Document.All.Single(document => document.Path == $"{project}/README.md");
        var folders = SourceFiles
            .In(project, "*.cs")
            .Select(path => path[(project.Length + 1)..].Split('/'))
            .Where(parts => parts.Length > 1)
            .Select(parts => parts[0]);

        Assert.Equal(
            folders.Distinct().Order(StringComparer.Ordinal),
            map.Links.Where(link => char.IsUpper(link[0]))
                .Select(link => link.Split('/')[0])
                .Where(name => !name.Contains('.', StringComparison.Ordinal))
                .Distinct()
                .Order(StringComparer.Ordinal)
        );
    }
}
