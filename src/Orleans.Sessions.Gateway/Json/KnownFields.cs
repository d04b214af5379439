using System.Collections.Concurrent;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Gateway.Errors;

namespace Orleans.Sessions.Gateway.Json;

/// <summary>
/// The fields of a message, and which messages refuse unknown fields. No other version of ZITADEL can add a field to a message of this
/// service, so an unknown field in it is a mistake of the caller. ZITADEL's checks and challenges refuse unknown fields too: otherwise the
/// caller could believe that something was checked.
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
