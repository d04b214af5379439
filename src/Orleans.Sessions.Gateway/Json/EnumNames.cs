using Google.Protobuf.Reflection;

namespace Orleans.Sessions.Gateway.Json;

/// <summary>
/// Finds the values of enums by name. In enums of this service's own services, the part after the name of the enum is enough:
/// <c>SECRET_BASIC</c> for <c>CLIENT_AUTHENTICATION_SECRET_BASIC</c>.
/// </summary>
internal static class EnumNames
{
    private const string OwnPackage = "sessions.";

    /// <summary>The number of the value; <c>null</c> if there is none.</summary>
    public static int? Find(EnumDescriptor type, string name) =>
        type.FindValueByName(name)?.Number
        ?? (
            type.File.Package.StartsWith(OwnPackage, StringComparison.Ordinal)
                ? type.FindValueByName($"{Prefix(type.Name)}_{name}")?.Number
                : null
        );

    private static string Prefix(string type) =>
        string.Concat(type.Select((c, i) => i > 0 && char.IsAsciiLetterUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));
}
