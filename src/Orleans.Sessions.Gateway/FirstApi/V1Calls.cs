using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace Orleans.Sessions.Gateway.FirstApi;

/// <summary>
/// Refuses calls of ZITADEL's first API, and of the beta of its second one. The text names what does the job, if this service offers it.
/// Everybody may know these texts, so they need no token.
/// </summary>
internal static class V1Calls
{
    private const string Nothing = "This service does not offer this method of ZITADEL's first API, and has no other method for it";

    /// <summary>In the name of a service. ZITADEL's package for Node.js calls such services.</summary>
    private const string Beta = ".v2beta.";

    private static readonly string[] s_apis = ["auth", "management", "admin", "system"];

    private static readonly FrozenSet<string> s_offered = ContractServices
        .Offered.SelectMany(method => new[] { method.Path[1..], method.Descriptor.Service.FullName })
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> s_methods = V1Successors
        .Methods.Where(row => s_offered.Contains(row.Successor))
        .SelectMany(row => row.Methods.Select(method => (Method: method, row.Successor)))
        .ToFrozenDictionary(row => row.Method, row => row.Successor, StringComparer.Ordinal);

    /// <summary>
    /// The refusal of a path of REST or of a remote call; <c>null</c> if the path is neither of the first API nor of a service of the beta
    /// that has a successor here.
    /// </summary>
    public static SessionException? OfPath(string verb, PathString path) =>
        (path.Value ?? "").Split('/') switch
        {
            ["", var service, var method] when IsService(service) => Refusal(method),
            ["", var service, _] when SuccessorOf(service) is { } successor => Say($"{service} is not offered: call {successor}"),
            ["", var api, "v1", ..] when s_apis.Contains(api) => OfVerb(verb, path) ?? Say(Nothing),
            _ => null,
        };

    /// <summary>
    /// The refusal of a verb at a path of REST that is perhaps offered with other verbs; <c>null</c> if it is no method of the first API.
    /// </summary>
    public static SessionException? OfVerb(string verb, PathString path) =>
        (path.Value ?? "").Split('/') is ["", var api, "v1", .. var resource]
        && s_apis.Contains(api)
        && V1Paths.MethodOf(HttpMethods.IsHead(verb) ? HttpMethods.Get : verb, resource) is { } method
            ? Refusal(method)
            : null;

    /// <summary>
    /// The refusal of a method of the contract that is described but not offered; <c>null</c> if it is not of the first API.
    /// </summary>
    /// <param name="fullName">The full name, such as <c>zitadel.admin.v1.AdminService.AddGoogleProvider</c>.</param>
    public static SessionException? OfMethod(string fullName) =>
        fullName.LastIndexOf('.') is var dot and > 0 && IsService(fullName[..dot]) ? Refusal(fullName[(dot + 1)..]) : null;

    private static bool IsService(string service) =>
        service.Split('.') is ["zitadel", var api, "v1", { Length: > 0 }] && s_apis.Contains(api);

    /// <summary>
    /// The service that replaces one of the beta; <c>null</c> if the name is not of the beta, or if this service does not offer the other.
    /// </summary>
    private static string? SuccessorOf(string service) =>
        service.Contains(Beta, StringComparison.Ordinal)
        && service.Replace(Beta, ".v2.", StringComparison.Ordinal) is var successor
        && s_offered.Contains(successor)
            ? successor
            : null;

    private static SessionException Refusal(string method) =>
        Say(
            s_methods.TryGetValue(method, out var successor) ? $"{method} of ZITADEL's first API is not offered: call {successor}" : Nothing
        );

    private static SessionException Say(string text) => new(SessionErrors.NotOffered with { Text = text });
}
