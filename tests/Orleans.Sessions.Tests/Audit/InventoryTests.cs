using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Tests.Audit;

/// <summary>
/// The inventory of security events: each kind is recorded somewhere and has a test. The gateway's tests cover the kinds that gateways
/// record.
/// </summary>
public sealed class InventoryTests
{
    [Fact]
    [Asvs("16.1.1", "16.3.3")]
    public void Every_kind_is_recorded_by_somebody_and_tested()
    {
        var kinds = typeof(AuditKinds)
            .GetFields()
            .Where(field => field.GetValue(null) is AuditKind { IsAtGateway: false })
            .Select(field => field.Name)
            .ToHashSet();

        Assert.NotEmpty(kinds);
        Assert.Equal(kinds.Order(), KindsIn(typeof(AuditTrail).Assembly).Order());
        Assert.Empty(kinds.Except(KindsIn(typeof(InventoryTests).Assembly)));
    }

    [Fact]
    public void Names_are_unique_and_of_one_form()
    {
        Assert.Equal(typeof(AuditKinds).GetFields().Length, AuditKinds.All.Count);
        Assert.All(AuditKinds.All.Values, kind =>
        {
            Assert.Matches("^[a-z_]+(\\.[a-z_]+)+$", kind.Name);
            Assert.NotEmpty(kind.Meaning);
        });
    }

    /// <summary>The kinds that an assembly's code mentions.</summary>
    private static HashSet<string> KindsIn(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        return
        [
            .. metadata
                .MemberReferences.Select(metadata.GetMemberReference)
                .Where(member =>
                    member.Parent.Kind == HandleKind.TypeReference
                    && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name) == nameof(AuditKinds)
                    && member.GetKind() == MemberReferenceKind.Field
                )
                .Select(member => metadata.GetString(member.Name)),
        ];
    }
}
