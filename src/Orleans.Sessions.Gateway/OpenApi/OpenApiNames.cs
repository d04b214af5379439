using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;

namespace Orleans.Sessions.Gateway.OpenApi;

/// <summary>
/// The names in the document. Each depends on the full name in the contract alone, so it stays when other names are added, and code that is
/// generated from the document goes on compiling. That they are unique is tested.
/// </summary>
internal static partial class OpenApiNames
{
    private const string OwnPackages = "sessions";
    private const string Request = "Request";

    /// <summary>
    /// A message or an enum, without its package. The package's own word comes first if the name does not have it:
    /// <c>zitadel.user.v2.SearchQuery</c> is <c>UserSearchQuery</c>. Names of this service's own packages begin with it in any case. What
    /// is of ZITADEL's first version ends in <c>V1</c>.
    /// </summary>
    public static string Schema(IDescriptor type)
    {
        var package = type.File.Package;
        var name = type.FullName[(package.Length + 1)..].Replace(".", "", StringComparison.Ordinal);
        var word = WordOf(package);
        var hasWord = IsOwn(package)
            ? name.StartsWith(word, StringComparison.OrdinalIgnoreCase)
            : name.Contains(word, StringComparison.OrdinalIgnoreCase);
        return (hasWord ? name : word + name) + (IsFirstVersion(package) ? "V1" : "");
    }

    /// <summary>The body of a request of which some fields are in the path: <c>UpdateUserRequest</c> is <c>UpdateUserBody</c>.</summary>
    public static string Body(MessageDescriptor request)
    {
        var name = Schema(request);
        var at = name.LastIndexOf(Request, StringComparison.Ordinal);
        return at < 0 ? $"{name}Body" : string.Concat(name.AsSpan(0, at), "Body", name.AsSpan(at + Request.Length));
    }

    /// <summary>A method: its own name, after the word of the package for ZITADEL's first version, which has some names again.</summary>
    public static string Operation(MethodDescriptor method) =>
        IsFirstVersion(method.File.Package) ? WordOf(method.File.Package) + method.Name : method.Name;

    /// <summary>A service. Those of this service alone begin with its name.</summary>
    public static string Tag(ServiceDescriptor service) => IsOwn(service.File.Package) ? $"Sessions{service.Name}" : service.Name;

    /// <summary>A method in words: <c>RemoveOTPEmail</c> is "Remove OTP email".</summary>
    public static string Summary(MethodDescriptor method)
    {
        var words = WordStart().Split(method.Name);
        return string.Join(' ', words.Select((word, index) => index == 0 || !IsOrdinary(word) ? word : word.ToLowerInvariant()));
    }

    /// <summary>The word of a package: <c>InternalPermission</c> of <c>zitadel.internal_permission.v2</c>; empty if it has none.</summary>
    private static string WordOf(string package) =>
        package.Split('.') is [_, var word, _]
            ? string.Concat(word.Split('_').Select(part => $"{char.ToUpperInvariant(part[0])}{part[1..]}"))
            : "";

    private static bool IsOwn(string package) => package.Split('.')[0] == OwnPackages;

    private static bool IsFirstVersion(string package) => !IsOwn(package) && package.EndsWith(".v1", StringComparison.Ordinal);

    private static bool IsOrdinary(string word) => word.Skip(1).All(char.IsAsciiLetterLower);

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")]
    private static partial Regex WordStart();
}
