using Google.Protobuf.Reflection;
using Orleans.Sessions.Protocol;

namespace Orleans.Sessions.Gateway.OpenApi;

/// <summary>The comments of the <c>.proto</c> files. The generated code does not have them; the build embeds them beside it.</summary>
internal sealed class ContractComments
{
    private const string Resource = "contract.pb";

    private readonly Dictionary<string, string> _comments = new(StringComparer.Ordinal);

    public ContractComments()
    {
        using var stream = typeof(OptionsExtensions).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly of the contract lacks {Resource}.");
        foreach (var file in FileDescriptorSet.Parser.ParseFrom(stream).File)
        {
            foreach (var location in file.SourceCodeInfo.Location)
            {
                var comment = location.LeadingComments.Length > 0 ? location.LeadingComments : location.TrailingComments;
                if (comment.Length > 0 && NameOf(file, [.. location.Path]) is { } name)
                {
                    _comments[name] = Text(comment);
                }
            }
        }
    }

    /// <summary>The comment of a file, service, method, message, field or enum; <c>null</c> if it has none.</summary>
    public string? Of(IDescriptor descriptor) => _comments.GetValueOrDefault(descriptor.FullName);

    /// <summary>The comment of a value of an enum; <c>null</c> if it has none.</summary>
    public string? Of(EnumDescriptor type, EnumValueDescriptor value) => _comments.GetValueOrDefault($"{type.FullName}.{value.Name}");

    /// <summary>What a location is about: its path consists of field numbers of <c>descriptor.proto</c> and of indexes.</summary>
    private static string? NameOf(FileDescriptorProto file, ReadOnlySpan<int> path) =>
        path switch
        {
            // What stands above everything is about the file.
            [12] => file.Name,
            [4, var index, .. var rest] => NameOf(file.MessageType[index], file.Package, rest),
            [5, var index, .. var rest] => NameOf(file.EnumType[index], file.Package, rest),
            [6, var index] => $"{file.Package}.{file.Service[index].Name}",
            [6, var index, 2, var method] => $"{file.Package}.{file.Service[index].Name}.{file.Service[index].Method[method].Name}",
            _ => null,
        };

    private static string? NameOf(DescriptorProto message, string scope, ReadOnlySpan<int> path)
    {
        var name = $"{scope}.{message.Name}";
        return path switch
        {
            [] => name,
            [2, var index] => $"{name}.{message.Field[index].Name}",
            [3, var index, .. var rest] => NameOf(message.NestedType[index], name, rest),
            [4, var index, .. var rest] => NameOf(message.EnumType[index], name, rest),
            _ => null,
        };
    }

    private static string? NameOf(EnumDescriptorProto type, string scope, ReadOnlySpan<int> path) =>
        path switch
        {
            [] => $"{scope}.{type.Name}",
            [2, var index] => $"{scope}.{type.Name}.{type.Value[index].Name}",
            _ => null,
        };

    /// <summary>A comment as running text.</summary>
    private static string Text(string comment) =>
        string.Join(' ', comment.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
