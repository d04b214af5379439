using System.Text.RegularExpressions;

namespace Orleans.Sessions.Documents.Tests;

/// <summary>
/// Commands in documents name projects, options, scripts and calls that exist. The end-to-end tests run the five calls of the root README.
/// </summary>
public sealed partial class CommandTests
{
    /// <summary>What every test program takes.</summary>
    private static readonly string[] s_runnerOptions = ["-class", "-method", "-namespace"];

    [Fact]
    public void Each_dotnet_command_names_a_project_and_options_that_exist()
    {
        var commands = (
            from document in Document.All
            from text in document.Commands.Concat(document.Code)
            from match in Dotnet().Matches(text)
            select (document, match.Value)
        ).ToList();

        Assert.NotEmpty(commands);
        Assert.Empty(
            from command in commands
            let fault = Fault(command.Value)
            where fault is not null
            select $"{command.document}: {command.Value}: {fault}"
        );
    }

    [Fact]
    public void Each_script_exists() =>
        Assert.Empty(
            from document in Document.All
            from command in document.Commands
            where command.StartsWith("deploy/", StringComparison.Ordinal) && !File.Exists(Checkout.PathOf(command.Split(' ')[0]))
            select $"{document}: {command}"
        );

    [Fact]
    public void Each_call_is_one_that_the_service_offers() =>
        Assert.Empty(
            (
                from document in Document.All
                from match in document
                    .Commands.SelectMany(command => Call().Matches(command))
                    .Concat(document.Code.SelectMany(code => VerbAndPath().Matches(code)))
                let verb = match.Groups[1].Value
                let path = match.Groups[2].Value
                where !Routes.Exists(verb, path)
                select $"{document}: {verb} {path}"
            ).Distinct()
        );

    [Fact]
    public void Each_path_is_one_that_the_service_answers() =>
        Assert.Empty(
            (
                from document in Document.All
                from code in document.Code
                where UrlPath().IsMatch(code) && !Routes.IsKnown(code)
                select $"{document}: {code}"
            ).Distinct()
        );

    [Fact]
    public void Each_body_is_a_message_of_its_call()
    {
        var bodies = (
            from document in Document.All
            from command in document.Commands
            from match in CallWithBody().Matches(command)
            select (document, Verb: match.Groups[1].Value, Path: match.Groups[2].Value, Body: match.Groups[3].Value)
        ).ToList();

        Assert.NotEmpty(bodies);
        Assert.Empty(
            from call in bodies
            let fault = Routes.FaultOf(call.Verb, call.Path, call.Body)
            where fault is not null
            select $"{call.document}: {call.Verb} {call.Path}: {fault}"
        );
    }

    private static string? Fault(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var end = Array.IndexOf(words, "--");
        var own = end < 0 ? words : words[..end];
        var option = Array.IndexOf(own, "--project");
        var project = option >= 0 ? own[option + 1] : own.FirstOrDefault(word => word.Contains('/') && !word.StartsWith('-'));
        if (project is null)
        {
            return null;
        }

        var folder = Checkout.PathOf(project);
        if (!Directory.Exists(folder) || Directory.GetFiles(folder, "*.csproj").Length != 1)
        {
            return $"there is no project {project}";
        }

        var code = string.Concat(SourceFiles.In(project, "*.cs").Select(Checkout.Read));
        var unknown =
            end < 0
                ? null
                : words[(end + 1)..]
                    .Where((word, i) => i == 0 || word.StartsWith('-'))
                    .FirstOrDefault(word => !s_runnerOptions.Contains(word) && !code.Contains($"\"{word}\"", StringComparison.Ordinal));
        return unknown is null ? null : $"{project} knows no {unknown}";
    }

    [GeneratedRegex(@"dotnet (?:run|build|test|pack|restore|format) [^`;&|]*")]
    private static partial Regex Dotnet();

    [GeneratedRegex(@"\bapi (GET|POST|PUT|PATCH|DELETE) (\S+?)(?=[\s)]|$)")]
    private static partial Regex Call();

    [GeneratedRegex(@"\bapi (GET|POST|PUT|PATCH|DELETE) (\S+) '([^']*)'")]
    private static partial Regex CallWithBody();

    [GeneratedRegex(@"^(GET|POST|PUT|PATCH|DELETE) (/\S*)$")]
    private static partial Regex VerbAndPath();

    [GeneratedRegex(@"^/[a-z.]\S*$")]
    private static partial Regex UrlPath();
}
