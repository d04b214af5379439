using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Protocol.UserV2;

namespace Orleans.Sessions.Asvs.Tests;

/// <summary>Things that the product must not contain anywhere.</summary>
public sealed class ProductTests
{
    [Theory, Asvs("6.5.3", "7.2.3")]
    [InlineData("Orleans.Sessions")]
    [InlineData("Orleans.Sessions.Abstractions")]
    [InlineData("Orleans.Sessions.AspNetCore")]
    [InlineData("Orleans.Sessions.Client")]
    [InlineData("Orleans.Sessions.Cluster")]
    [InlineData("Orleans.Sessions.Gateway")]
    [InlineData("Orleans.Sessions.Host")]
    [InlineData("Orleans.Sessions.Internal")]
    [InlineData("Orleans.Sessions.Storage")]
    [InlineData("Orleans.Sessions.Storage.Abstractions")]
    public void Nothing_random_comes_from_a_generator_that_can_be_foreseen(string project)
    {
        using var file = new PEReader(File.OpenRead(Binaries.Find($"src/{project}")));
        var reader = file.GetMetadataReader();
        var used = reader
            .TypeReferences.Select(reader.GetTypeReference)
            .Select(type => $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}")
            .ToHashSet();
        Assert.DoesNotContain("System.Random", used);
    }

    [Fact, Asvs("6.4.2")]
    public void The_contract_has_no_password_hints_and_no_questions()
    {
        var fields = UserServiceReflection.Descriptor.MessageTypes.SelectMany(Fields).Select(field => field.FullName).ToList();
        Assert.NotEmpty(fields);
        Assert.DoesNotContain(fields, name =>
            name.Contains("hint", StringComparison.Ordinal) || name.Contains("question", StringComparison.Ordinal)
        );
    }

    private static IEnumerable<FieldDescriptor> Fields(MessageDescriptor message) =>
        message.Fields.InDeclarationOrder().Concat(message.NestedTypes.SelectMany(Fields));
}
