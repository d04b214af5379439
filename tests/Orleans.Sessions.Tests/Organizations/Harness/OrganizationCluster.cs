using System.Security.Cryptography;
using Orleans.Core.Internal;
using Orleans.Runtime;
using Orleans.Sessions.Organizations;
using Orleans.Sessions.Tests.Harness;

namespace Orleans.Sessions.Tests.Organizations.Harness;

/// <summary>A cluster with organizations and people in them.</summary>
public sealed class OrganizationCluster() : SessionCluster(0)
{
    public IOrganizationsGrain Organizations => Grains.GetGrain<IOrganizationsGrain>(GrainKeys.Instance);

    internal IOrganizationStates States => Grains.GetGrain<IOrganizationStates>(GrainKeys.Instance);

    public IOrganizationGrain Organization(string id) => Grains.GetGrain<IOrganizationGrain>(GrainKeys.Organization(id));

    internal IOrganizationStanding Standing(string id) => Grains.GetGrain<IOrganizationStanding>(GrainKeys.Organization(id));

    /// <summary>An organization without people.</summary>
    public async Task<string> NewOrganizationAsync()
    {
        var id = NewName("organization");
        await Organizations.AddAsync(Caller.InCluster, id, NewName("Organization"));
        return id;
    }

    /// <summary>An organization as a caller sees it who may see all; <c>null</c> if there is none.</summary>
    public async Task<OrganizationView?> FindAsync(string id) =>
        (await Organizations.ListAsync(Caller.InCluster)).FirstOrDefault(organization => organization.Id == id);

    /// <summary>A node of an earlier version writes the organizations. Of an organization it knows the id, the name and the date.</summary>
    public async Task LoseStateAsync(string id)
    {
        await Organizations.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        var grain = Organizations.GetGrainId();
        var known = Store.Read<OrganizationsRecord>(grain)!;
        var before = known.Organizations.Single(organization => organization.Id == id);
        var after = new StoredOrganization(before.Id, before.Name, before.CreatedAt);
        Store.Put(grain, known with { Organizations = known.Organizations.Replace(before, after) });
    }

    /// <summary>A service account of the organization.</summary>
    public async Task<string> NewServiceAsync(string organizationId)
    {
        var id = NewName("machine");
        await User(id)
            .CreateAsync(
                new CreateUser
                {
                    Caller = Caller.InCluster,
                    OrganizationId = organizationId,
                    Machine = new MachineProfile("Machine"),
                }
            );
        return id;
    }

    /// <summary>A person of the organization who owns the installation.</summary>
    public async Task<string> NewOwnerAsync(string? organizationId)
    {
        var id = await NewHumanAsync(organizationId: organizationId);
        await User(id).AddAdministratorAsync(Caller.InCluster, null, ["IAM_OWNER"]);
        return id;
    }

    /// <summary>The public half of a new key.</summary>
    public static byte[] NewPublicKey()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportSubjectPublicKeyInfo();
    }

    /// <summary>The kinds of the events about the organization, oldest first.</summary>
    public string[] KindsOf(string organizationId) =>
        [.. Store.Audit.Where(row => row.TargetKind == "organization" && row.TargetId == organizationId).Select(row => row.Kind)];
}

[CollectionDefinition(nameof(OrganizationCluster))]
public sealed class OrganizationClusterCollection : ICollectionFixture<OrganizationCluster>;
