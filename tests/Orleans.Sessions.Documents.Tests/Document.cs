using System.Text.RegularExpressions;

namespace Orleans.Sessions.Documents.Tests;

/// <summary>A Markdown file of the project, as far as the tests read it.</summary>
internal sealed partial class Document
{
    private static readonly string[] s_skippedFolders = ["bin", "obj", "data", "node_modules", ".git", "packages", "TestResults"];

    private Document(string path)
    {
        Path = path;
        var prose = new List<string>();
        List<string>? block = null;
        foreach (var line in Checkout.Read(path).Split('\n'))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                if (block is null)
                {
                    block = [];
                    Blocks.Add((line.Trim().TrimStart('`'), block));
                }
                else
                {
                    block = null;
                }
            }
            else
            {
                (block ?? prose).Add(line);
            }
        }

        Prose = string.Join('\n', prose);
        Anchors = AnchorsOf(prose);
    }

    /// <summary>Every Markdown file of the project.</summary>
    public static IReadOnlyList<Document> All { get; } =
    [.. Find(Checkout.Root).Order(StringComparer.Ordinal).Select(path => new Document(path))];

    /// <summary>Relative to the solution, with slashes.</summary>
    public string Path { get; }

    /// <summary>The text without the fenced blocks.</summary>
    public string Prose { get; }

    /// <summary>The fenced blocks with their languages.</summary>
    public List<(string Language, List<string> Lines)> Blocks { get; } = [];

    /// <summary>What a link to a heading may name after <c>#</c>.</summary>
    public IReadOnlySet<string> Anchors { get; }

    /// <summary>The targets of the links.</summary>
    public IEnumerable<string> Links => Link().Matches(InlineCode().Replace(Prose, "")).Select(match => match.Groups[1].Value);

    /// <summary>What stands between backticks.</summary>
    public IEnumerable<string> Code => InlineCode().Matches(Prose).Select(match => match.Groups[1].Value);

    /// <summary>The commands of the shell blocks, each without the line breaks that the shell would join.</summary>
    public IEnumerable<string> Commands => Blocks.Where(block => block.Language == "sh").SelectMany(block => Joined(block.Lines));

    public override string ToString() => Path;

    private static IEnumerable<string> Joined(List<string> lines)
    {
        var command = "";
        foreach (var line in lines.Where(line => command.Length > 0 || (line.Trim().Length > 0 && !line.StartsWith('#'))))
        {
            command += line;
            if (command.EndsWith('\\'))
            {
                command = command[..^1];
            }
            else if (command.Count(character => character == '\'') % 2 == 0)
            {
                yield return command;
                command = "";
            }
        }
    }

    private static IEnumerable<string> Find(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*.md");
        var folders = Directory.EnumerateDirectories(folder).Where(child => !s_skippedFolders.Contains(System.IO.Path.GetFileName(child)));
        return files
            .Select(file => System.IO.Path.GetRelativePath(Checkout.Root, file).Replace('\\', '/'))
            .Concat(folders.SelectMany(Find));
    }

    /// <summary>The anchors that GitHub makes of headings.</summary>
    private static HashSet<string> AnchorsOf(IEnumerable<string> lines)
    {
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        foreach (var heading in lines.Select(line => Heading().Match(line)).Where(match => match.Success))
        {
            var anchor = string.Concat(
                    heading
                        .Groups[1]
                        .Value.ToLowerInvariant()
                        .Where(character => char.IsLetterOrDigit(character) || character is ' ' or '-' or '_')
                )
                .Replace(' ', '-');
            var same = 0;
            for (var unique = anchor; !anchors.Add(unique); unique = $"{anchor}-{same}")
            {
                same++;
            }
        }

        return anchors;
    }

    [GeneratedRegex(@"\[(?:[^\[\]]|\\.)*\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex InlineCode();

    [GeneratedRegex("^#{1,6} (.*?)\\s*$")]
    private static partial Regex Heading();
}
