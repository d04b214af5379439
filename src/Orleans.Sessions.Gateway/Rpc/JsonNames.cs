using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>
/// Adds the names that fields have in JSON to descriptors, as protoc does. The descriptors in generated C# do not have them, and tools then
/// show the names of the <c>.proto</c> files.
/// </summary>
internal static class JsonNames
{
    /// <summary>A file's descriptor with the names.</summary>
    public static ByteString AddTo(ByteString file)
    {
        var descriptor = FileDescriptorProto.Parser.ParseFrom(file);
        Name(descriptor.Extension);
        foreach (var message in descriptor.MessageType)
        {
            Name(message);
        }

        return descriptor.ToByteString();
    }

    private static void Name(DescriptorProto message)
    {
        Name(message.Field);
        Name(message.Extension);
        foreach (var nested in message.NestedType)
        {
            Name(nested);
        }
    }

    private static void Name(IEnumerable<FieldDescriptorProto> fields)
    {
        foreach (var field in fields.Where(field => !field.HasJsonName))
        {
            field.JsonName = Of(field.Name);
        }
    }

    /// <summary>Without underscores, and with a capital letter after each.</summary>
    private static string Of(string name)
    {
        var json = new StringBuilder(name.Length);
        var isCapital = false;
        foreach (var c in name)
        {
            if (c == '_')
            {
                isCapital = true;
                continue;
            }

            json.Append(isCapital ? char.ToUpperInvariant(c) : c);
            isCapital = false;
        }

        return json.ToString();
    }
}
