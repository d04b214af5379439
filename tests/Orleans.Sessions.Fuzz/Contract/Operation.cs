using System.Reflection;
using Google.Api;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Protocol.SessionV2;

namespace Orleans.Sessions.Fuzz.Contract;

/// <summary>A method of the contract, and its REST route.</summary>
/// <param name="Method">The method.</param>
/// <param name="Verb">The HTTP method; empty if REST does not have the method.</param>
/// <param name="Path">The path, with its variables in braces.</param>
/// <param name="HasBody">Whether fields that are not in the path are in the body, and not in the query.</param>
public sealed record Operation(MethodDescriptor Method, string Verb, string Path, bool HasBody)
{
    /// <summary>All methods of all services in the contract. New methods appear here automatically.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        .. typeof(SessionService)
            .Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static))
            .Where(property => property?.PropertyType == typeof(ServiceDescriptor))
            .SelectMany(property => ((ServiceDescriptor)property!.GetValue(null)!).Methods)
            .OrderBy(method => method.FullName, StringComparer.Ordinal)
            .Select(Of),
    ];

    public string Name => Method.Name;

    /// <summary>The path for gRPC, gRPC-Web and Connect.</summary>
    public string CallPath => $"/{Method.Service.FullName}/{Method.Name}";

    /// <summary>The method of this name. Of several, it is the newest one, and the one with a path for REST.</summary>
    public static Operation Named(string name) =>
        All.Where(operation => operation.Name == name).OrderBy(IsOfFirstApi).ThenByDescending(operation => operation.Path.Length).First();

    private static bool IsOfFirstApi(Operation operation) =>
        operation.Method.Service.FullName.StartsWith("zitadel.", StringComparison.Ordinal)
        && operation.Method.Service.FullName.Contains(".v1.", StringComparison.Ordinal);

    private static Operation Of(MethodDescriptor method)
    {
        var rule = method.GetOptions()?.GetExtension(AnnotationsExtensions.Http);
        var (verb, path) = rule?.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => ("GET", rule.Get),
            HttpRule.PatternOneofCase.Put => ("PUT", rule.Put),
            HttpRule.PatternOneofCase.Post => ("POST", rule.Post),
            HttpRule.PatternOneofCase.Delete => ("DELETE", rule.Delete),
            HttpRule.PatternOneofCase.Patch => ("PATCH", rule.Patch),
            _ => ("", ""),
        };
        return new Operation(method, verb, path, rule?.Body == "*");
    }
}
