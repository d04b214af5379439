using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Gateway.Errors;

namespace Orleans.Sessions.Gateway.Calls;

/// <summary>Reads messages in protobuf's binary format.</summary>
internal static class BinaryMessage
{
    /// <summary>
    /// The message. Fails with <see cref="InvalidRequestException"/> if the bytes cannot be read, or if a text has a character that no
    /// database can store.
    /// </summary>
    public static IMessage Read(ReadOnlySpan<byte> bytes, MessageDescriptor type)
    {
        IMessage message;
        try
        {
            message = type.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            throw new InvalidRequestException($"proto: invalid {type.Name}");
        }

        // Most messages have no zero byte, and so no text with NUL.
        if (bytes.Contains((byte)0))
        {
            EnsureNoNul(message);
        }

        return message;
    }

    /// <summary>The failure of a text with NUL, which PostgreSQL cannot store.</summary>
    public static InvalidRequestException HasNul(FieldDescriptor field) => new($"proto: field {field.JsonName} must not contain NUL");

    private static void EnsureNoNul(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.FieldType is FieldType.String or FieldType.Message)
            {
                EnsureNoNul(field.Accessor.GetValue(message), field);
            }
        }
    }

    private static void EnsureNoNul(object? value, FieldDescriptor field)
    {
        switch (value)
        {
            case string text when text.Contains('\0'):
                throw HasNul(field);
            case IMessage message:
                EnsureNoNul(message);
                break;
            case IDictionary map:
                foreach (DictionaryEntry entry in map)
                {
                    EnsureNoNul(entry.Key, field);
                    EnsureNoNul(entry.Value, field);
                }

                break;
            case IList list:
                foreach (var item in list)
                {
                    EnsureNoNul(item, field);
                }

                break;
        }
    }
}
