using System.Collections.Immutable;
using System.Text.Json;

namespace Orleans.Sessions.Gateway.Oidc.Registration;

/// <summary>
/// Reads the members of a client's metadata. A member that is null or missing counts as missing. Each method fails with
/// <see cref="RegistrationRefusedException"/>, which names the member, if the value has another type.
/// </summary>
internal sealed class MetadataReader
{
    private const int MaxItems = 50;
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);

    public MetadataReader(JsonElement root)
    {
        try
        {
            foreach (var member in root.EnumerateObject().Where(given => given.Value.ValueKind != JsonValueKind.Null))
            {
                _members[member.Name] = member.Value;
            }
        }
        catch (InvalidOperationException)
        {
            // JSON can have half a character.
            throw Refused("the metadata", "its names must be whole texts");
        }
    }

    /// <summary>Whether the member has a value.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>A text; <c>null</c> if it is missing or empty.</summary>
    public string? Text(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        return Plain(name, value) is { Length: > 0 } text ? text : null;
    }

    /// <summary>A list of texts; <c>null</c> if it is missing.</summary>
    public ImmutableArray<string>? Texts(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > MaxItems)
        {
            throw Refused(name, $"it must be a list of at most {MaxItems} texts");
        }

        return [.. value.EnumerateArray().Select(item => Plain(name, item))];
    }

    /// <summary>A truth value; false if it is missing.</summary>
    public bool Flag(string name) =>
        Find(name)?.ValueKind switch
        {
            null or JsonValueKind.False => false,
            JsonValueKind.True => true,
            _ => throw Refused(name, "it must be true or false"),
        };

    /// <summary>A JSON object as text; <c>null</c> if it is missing.</summary>
    public string? Json(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Object ? value.GetRawText() : throw Refused(name, "it must be a JSON object");
    }

    /// <summary>The refusal of a member.</summary>
    public static RegistrationRefusedException Refused(string name, string rule) =>
        new(RegistrationRefusedException.InvalidMetadata, $"{name}: {rule}.");

    private JsonElement? Find(string name) => _members.TryGetValue(name, out var value) ? value : null;

    private static string Plain(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw Refused(name, "it must consist of texts");
        }

        try
        {
            var text = value.GetString()!;
            return text.Any(char.IsControl) ? throw Refused(name, "it must have no control characters") : text;
        }
        catch (InvalidOperationException)
        {
            throw Refused(name, "it must be a whole text");
        }
    }
}
