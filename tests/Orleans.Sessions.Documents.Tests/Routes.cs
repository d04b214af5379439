using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Protocol.SessionV2;

namespace Orleans.Sessions.Documents.Tests;

/// <summary>The paths that the service answers: those of the contract, and those that its code maps.</summary>
internal static partial class Routes
{
    private static readonly List<(string Verb, string Path, MethodDescriptor Method)> s_calls = [.. Contract()];

    private static readonly Lazy<string> s_code = new(() => string.Concat(SourceFiles.In("src", "*.cs").Select(Checkout.Read)));

    /// <summary>Whether the service answers this verb at this path.</summary>
    public static bool Exists(string verb, string path) =>
        s_calls.Any(call => call.Verb == verb && call.Path == Shape(path)) || IsMapped(Query().Replace(path, ""));

    /// <summary>Whether the service answers at this path, at a longer one, or by gRPC.</summary>
    public static bool IsKnown(string path) =>
        s_calls.Any(call =>
            $"{call.Path}/".StartsWith($"{Shape(path)}/", StringComparison.Ordinal)
            || $"/{call.Method.Service.FullName}/{call.Method.Name}" == path
        ) || IsMapped(Query().Replace(path, ""));

    /// <summary>What is wrong with the body of a call; <c>null</c>: nothing.</summary>
    public static string? FaultOf(string verb, string path, string body)
    {
        var method = s_calls.First(call => call.Verb == verb && call.Path == Shape(path)).Method;
        try
        {
            new JsonParser(JsonParser.Settings.Default).Parse(body, method.InputType);
            return null;
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or InvalidJsonException)
        {
            return exception.Message;
        }
    }

    /// <summary>Whether the path stands in the code, without what is variable at its end.</summary>
    private static bool IsMapped(string path)
    {
        var text = path.Split('…')[0].TrimEnd('/');
        return text.Length > 1
            && new[] { $"\"{text}", $"\"{text[1..]}\"" }.Any(code => s_code.Value.Contains(code, StringComparison.Ordinal));
    }

    private static string Shape(string path) => Variable().Replace(Query().Replace(path, ""), "{}");

    private static IEnumerable<(string, string, MethodDescriptor)> Contract() =>
        from type in typeof(SessionService).Assembly.GetTypes()
        where type.Name.EndsWith("Reflection", StringComparison.Ordinal)
        let file = type.GetProperty("Descriptor")?.GetValue(null) as FileDescriptor
        where file is not null
        from service in file!.Services
        from method in service.Methods
        let rule = method.GetOptions()?.GetExtension(AnnotationsExtensions.Http)
        where rule is not null
        let target = VerbAndPath(rule!)
        select (target.Verb, Shape(target.Path), method);

    private static (string Verb, string Path) VerbAndPath(HttpRule rule) =>
        rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => ("GET", rule.Get),
            HttpRule.PatternOneofCase.Put => ("PUT", rule.Put),
            HttpRule.PatternOneofCase.Post => ("POST", rule.Post),
            HttpRule.PatternOneofCase.Patch => ("PATCH", rule.Patch),
            _ => ("DELETE", rule.Delete),
        };

    [GeneratedRegex(@"\?.*$")]
    private static partial Regex Query();

    [GeneratedRegex(@"\{[^}]*\}|\$\w+")]
    private static partial Regex Variable();
}
