using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Orleans.Sessions.Asvs.Tests;

/// <summary>A test that names requirements.</summary>
/// <param name="Project">The test project, without the common prefix of all names.</param>
/// <param name="Name">Class and method.</param>
/// <param name="Requirements">The numbers.</param>
/// <param name="Runs">Whether it is a test that is not skipped.</param>
public sealed record Evidence(string Project, string Name, IReadOnlyList<string> Requirements, bool Runs)
{
    private static readonly string[] s_projects =
    [
        "Client.Tests",
        "Documents.Tests",
        "EndToEnd.Tests",
        "Fuzz",
        "Gateway.Tests",
        "Storage.Tests",
        "Tests",
        "Asvs.Tests",
    ];

    /// <summary>
    /// All tests in all test assemblies that name requirements. The assemblies are read as files, so they need not be loaded.
    /// </summary>
    public static IReadOnlyList<Evidence> All { get; } =
    [
        .. s_projects
            .SelectMany(InProject)
            .OrderBy(test => test.Project, StringComparer.Ordinal)
            .ThenBy(test => test.Name, StringComparer.Ordinal),
    ];

    private static List<Evidence> InProject(string project)
    {
        using var file = new PEReader(File.OpenRead(Binaries.Find($"tests/Orleans.Sessions.{project}")));
        var reader = file.GetMetadataReader();
        return
        [
            .. reader.MethodDefinitions.Select(reader.GetMethodDefinition).Select(method => Of(project, reader, method)).OfType<Evidence>(),
        ];
    }

    private static Evidence? Of(string project, MetadataReader reader, MethodDefinition method)
    {
        var attributes = method.GetCustomAttributes().Select(reader.GetCustomAttribute).ToLookup(attribute => NameOf(reader, attribute));
        if (!attributes[nameof(AsvsAttribute)].Any())
        {
            return null;
        }

        var numbers = attributes[nameof(AsvsAttribute)].SelectMany(attribute => Arguments(reader, attribute));
        var isTest = attributes["FactAttribute"].Concat(attributes["TheoryAttribute"]).Any(attribute => !IsSkipped(reader, attribute));
        var type = reader.GetTypeDefinition(method.GetDeclaringType());
        return new Evidence(project, $"{reader.GetString(type.Name)}.{reader.GetString(method.Name)}", [.. numbers], isTest);
    }

    private static string NameOf(MetadataReader reader, CustomAttribute attribute) =>
        attribute.Constructor.Kind switch
        {
            HandleKind.MemberReference => NameOf(reader, reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent),
            _ => "",
        };

    private static string NameOf(MetadataReader reader, EntityHandle type) =>
        type.Kind == HandleKind.TypeReference ? reader.GetString(reader.GetTypeReference((TypeReferenceHandle)type).Name) : "";

    private static string[] Arguments(MetadataReader reader, CustomAttribute attribute)
    {
        var blob = reader.GetBlobReader(attribute.Value);
        if (blob.ReadUInt16() != 1)
        {
            throw new BadImageFormatException("An attribute does not begin as attributes do.");
        }

        var numbers = new string[blob.ReadInt32()];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = blob.ReadSerializedString()!;
        }

        return numbers;
    }

    /// <summary>
    /// The attribute contains the name of the argument that skips a test as plain text, so a search in its bytes finds it.
    /// </summary>
    private static bool IsSkipped(MetadataReader reader, CustomAttribute attribute) =>
        reader.GetBlobBytes(attribute.Value).AsSpan().IndexOf("\u0004Skip"u8) >= 0;
}
