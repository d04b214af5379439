using System.Text;
using Google.Protobuf.Reflection;

namespace Orleans.Sessions.Gateway.Validation;

/// <summary>The names that the messages of protoc-gen-validate use: the names in the generated Go code.</summary>
internal static class GoNames
{
    /// <summary>The name of a message, with the names of the messages that contain it.</summary>
    public static string Type(MessageDescriptor message) =>
        message.ContainingType is { } outer ? $"{Type(outer)}_{message.Name}" : message.Name;

    /// <summary>The name of a field or oneof: <c>session_id</c> is <c>SessionId</c>, <c>u2f_id</c> is <c>U2FId</c>.</summary>
    public static string Field(string name)
    {
        var result = new StringBuilder();
        var isWordStart = true;
        foreach (var character in name)
        {
            if (character == '_')
            {
                isWordStart = true;
                continue;
            }

            result.Append(isWordStart ? char.ToUpperInvariant(character) : character);
            isWordStart = char.IsAsciiDigit(character);
        }

        return result.ToString();
    }
}
