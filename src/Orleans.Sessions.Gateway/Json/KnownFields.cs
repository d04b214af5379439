using System.Collections.Concurrent;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Gateway.Errors;

namespace Orleans.Sessions.Gateway.Json;

/// <summary>
/// The fields that a message has, and what happens to a field that it does not have. This service's own messages have no fields that
/// another version of ZITADEL could add, so an unknown field is a mistake of the caller. One of them is in a package of ZITADEL. Of checks
/// and challenges, ZITADEL's too, a mistake would be dangerous: the caller believes that something was checked.
/// </summary>
internal static class KnownFields
{
    private const string OwnPackages = "sessions.";

    private static readonly ConcurrentDictionary<MessageDescriptor, Dictionary<string, FieldDescriptor>> s_fields = new();

    /// <summary>The fields by their names, in camel and in snake case.</summary>
    public static Dictionary<string, FieldDescriptor> Of(MessageDescriptor type) => s_fields.GetOrAdd(type, ByName);

    /// <summary>Whether this message, and everything in it, must not have unknown fields.</summary>
    public static bool IsStrict(MessageDescriptor type) =>
        type.File.Package.StartsWith(OwnPackages, StringComparison.Ordinal)
        || type == Protocol.SessionV2.DeleteUserSessionsRequest.Descriptor
        || type == Protocol.SessionV2.Checks.Descriptor
        || type == Protocol.SessionV2.RequestChallenges.Descriptor;

    /// <summary>The failure of an unknown field. It names the fields that exist.</summary>
    public static InvalidRequestException Unknown(FieldPath path, MessageDescriptor type) =>
        new($"proto: unknown field {path}: {type.Name} has {Names(type)}");

    private static string Names(MessageDescriptor type) =>
        type.Fields.InDeclarationOrder() is { Count: > 0 } fields ? string.Join(", ", fields.Select(field => field.JsonName)) : "no fields";

    private static Dictionary<string, FieldDescriptor> ByName(MessageDescriptor type)
    {
        var fields = new Dictionary<string, FieldDescriptor>();
        foreach (var field in type.Fields.InDeclarationOrder())
        {
            fields[field.Name] = field;
            fields[field.JsonName] = field;
        }

        return fields;
    }
}
