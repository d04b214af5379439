using Orleans.Sessions.Audit;
using Orleans.Sessions.Tests.Organizations.Harness;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Organizations;

/// <summary>The name and the domains of an organization, as the grain of all organizations keeps them.</summary>
[Collection(nameof(OrganizationCluster))]
public sealed class OrganizationDomainTests(OrganizationCluster cluster)
{
    [Fact]
    public async Task A_domain_is_added_proved_and_removed_and_each_step_is_told()
    {
        var (id, domain) = (await cluster.NewOrganizationAsync(), NewDomain());

        await cluster.Organizations.AddDomainAsync(Caller.InCluster, id, domain.ToUpperInvariant() + ".");
        Assert.Equal((domain, false, false), StateOf(await OneAsync(id)));
        Assert.Null((await cluster.FindAsync(id))!.PrimaryDomain);

        var challenge = await cluster.Organizations.ChallengeDomainAsync(Caller.InCluster, id, domain, DomainValidation.Dns);
        Assert.Equal(challenge, await cluster.Organizations.ChallengeOfAsync(Caller.InCluster, id, domain));
        await cluster.Organizations.ConfirmDomainAsync(Caller.InCluster, id, challenge);

        Assert.Equal((domain, true, true), StateOf(await OneAsync(id)));
        Assert.Equal(domain, (await cluster.FindAsync(id))!.PrimaryDomain);
        await cluster.Organizations.RemoveDomainAsync(Caller.InCluster, id, domain);
        Assert.Null((await cluster.FindAsync(id))!.Domains);
        Assert.Equal(
            [
                AuditKinds.OrganizationCreated.Name,
                AuditKinds.OrganizationDomainAdded.Name,
                AuditKinds.OrganizationDomainVerified.Name,
                AuditKinds.OrganizationDomainRemoved.Name,
            ],
            cluster.KindsOf(id)
        );
    }

    [Fact]
    public async Task The_domain_that_was_verified_first_is_the_primary_one()
    {
        var (id, first, second) = (await cluster.NewOrganizationAsync(), NewDomain(), NewDomain());
        await cluster.Organizations.AddDomainAsync(Caller.InCluster, id, first);
        await cluster.Organizations.AddDomainAsync(Caller.InCluster, id, second);
        await VerifyAsync(id, second);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await VerifyAsync(id, first);

        Assert.Equal(second, (await cluster.FindAsync(id))!.PrimaryDomain);
        await cluster.Organizations.RemoveDomainAsync(Caller.InCluster, id, second);
        Assert.Equal(first, (await cluster.FindAsync(id))!.PrimaryDomain);
    }

    [Fact]
    public async Task Only_the_latest_token_proves_a_domain_and_only_once()
    {
        var (id, domain) = (await cluster.NewOrganizationAsync(), NewDomain());
        await cluster.Organizations.AddDomainAsync(Caller.InCluster, id, domain);
        await FailsAsync(SessionErrors.DomainChallengeMissing, () => cluster.Organizations.ChallengeOfAsync(Caller.InCluster, id, domain));
        var old = await cluster.Organizations.ChallengeDomainAsync(Caller.InCluster, id, domain, DomainValidation.Dns);
        var present = await cluster.Organizations.ChallengeDomainAsync(Caller.InCluster, id, domain, DomainValidation.Http);

        await FailsAsync(SessionErrors.DomainNotProved, () => cluster.Organizations.ConfirmDomainAsync(Caller.InCluster, id, old));
        await cluster.Organizations.ConfirmDomainAsync(Caller.InCluster, id, present);

        foreach (
            var call in new Func<Task>[]
            {
                () => cluster.Organizations.ConfirmDomainAsync(Caller.InCluster, id, present),
                () => cluster.Organizations.ChallengeOfAsync(Caller.InCluster, id, domain),
                () => cluster.Organizations.ChallengeDomainAsync(Caller.InCluster, id, domain, DomainValidation.Dns),
            }
        )
        {
            await FailsAsync(SessionErrors.DomainAlreadyVerified, call);
        }
    }

    [Fact]
    public async Task Several_may_claim_a_domain_and_one_verifies_it_until_it_is_deleted()
    {
        var (first, second, domain) = (await cluster.NewOrganizationAsync(), await cluster.NewOrganizationAsync(), NewDomain());
        await cluster.Organizations.AddDomainAsync(Caller.InCluster, first, domain);
        await cluster.Organizations.AddDomainAsync(Caller.InCluster, second, domain);
        await VerifyAsync(first, domain);
        await FailsAsync(SessionErrors.DomainOfOther, () => VerifyAsync(second, domain));

        await cluster.Organization(first).DeleteAsync(Caller.InCluster);

        await VerifyAsync(second, domain);
    }

    [Theory]
    [InlineData("com")]
    [InlineData("localhost")]
    [InlineData("10.0.0.1")]
    [InlineData("example.com:8443")]
    [InlineData("example.com/path")]
    [InlineData("user@example.com")]
    [InlineData("-a.example.com")]
    [InlineData("a..example.com")]
    [InlineData("exämple.com")]
    [InlineData("[::1]")]
    public async Task What_is_no_dns_name_is_refused(string domain)
    {
        var id = await cluster.NewOrganizationAsync();
        await FailsAsync(SessionErrors.DomainInvalid, () => cluster.Organizations.AddDomainAsync(Caller.InCluster, id, domain));
    }

    [Fact]
    public async Task Domains_are_counted_and_known_only_to_their_organization()
    {
        var (id, other, domain) = (await cluster.NewOrganizationAsync(), await cluster.NewOrganizationAsync(), NewDomain());
        await cluster.Organizations.AddDomainAsync(Caller.InCluster, id, domain);
        await FailsAsync(SessionErrors.DomainExists, () => cluster.Organizations.AddDomainAsync(Caller.InCluster, id, domain));
        foreach (
            var (error, call) in new (SessionError, Func<Task>)[]
            {
                (SessionErrors.DomainNotFound, () => cluster.Organizations.RemoveDomainAsync(Caller.InCluster, other, domain)),
                (SessionErrors.VerifyDomainNotFound, () => cluster.Organizations.ChallengeOfAsync(Caller.InCluster, other, domain)),
                (SessionErrors.ChallengeDomainNotFound, () => ChallengeAsync(other, DomainValidation.Http)),
                (SessionErrors.DomainValidationInvalid, () => ChallengeAsync(id, DomainValidation.Unspecified)),
                (SessionErrors.OrganizationNotFound, () => cluster.Organizations.AddDomainAsync(Caller.InCluster, "4711", domain)),
            }
        )
        {
            await FailsAsync(error, call);
        }

        for (var more = 1; more < IOrganizationsGrain.MaxDomains; more++)
        {
            await cluster.Organizations.AddDomainAsync(Caller.InCluster, id, NewDomain());
        }

        await FailsAsync(SessionErrors.TooManyDomains, () => cluster.Organizations.AddDomainAsync(Caller.InCluster, id, NewDomain()));

        Task ChallengeAsync(string organization, DomainValidation validation) =>
            cluster.Organizations.ChallengeDomainAsync(Caller.InCluster, organization, domain, validation);
    }

    [Fact]
    public async Task An_organization_gets_another_name_that_nobody_has()
    {
        var (id, name) = (await cluster.NewOrganizationAsync(), NewName("Renamed"));
        var other = (await cluster.FindAsync(await cluster.NewOrganizationAsync()))!.Name;

        await cluster.Organizations.RenameAsync(Caller.InCluster, id, name);

        Assert.Equal(name, (await cluster.FindAsync(id))!.Name);
        Assert.Contains(AuditKinds.OrganizationRenamed.Name, cluster.KindsOf(id));
        await cluster.Organizations.RenameAsync(Caller.InCluster, id, name.ToUpperInvariant());
        await FailsAsync(SessionErrors.OrganizationNotChanged, () =>
            cluster.Organizations.RenameAsync(Caller.InCluster, id, name.ToUpperInvariant())
        );
        foreach (var taken in new[] { other.ToUpperInvariant(), "DEFAULT" })
        {
            await FailsAsync(SessionErrors.OrganizationTaken, () => cluster.Organizations.RenameAsync(Caller.InCluster, id, taken));
        }

        await FailsAsync(SessionErrors.OrganizationNotFound, () =>
            cluster.Organizations.RenameAsync(Caller.InCluster, "4711", NewName("Nobody"))
        );
    }

    [Fact]
    public async Task The_default_organization_has_domains_and_a_name_of_its_own_too()
    {
        var (name, domain) = (NewName("Main"), NewDomain());
        await cluster.Organizations.AddDomainAsync(Caller.InCluster, OrganizationId, domain);
        Assert.Equal("Default", (await cluster.FindAsync(OrganizationId))!.Name);

        await cluster.Organizations.RenameAsync(Caller.InCluster, OrganizationId, name);

        var found = (await cluster.FindAsync(OrganizationId))!;
        Assert.Equal((name, true, domain), (found.Name, found.IsDefault, found.Domains!.Value.Single().Name));
        Assert.Equal(name, await cluster.Organizations.NameOfAsync(OrganizationId));
        await FailsAsync(SessionErrors.OrganizationTaken, () =>
            cluster.Organizations.AddAsync(Caller.InCluster, NewName("organization"), name)
        );
        await cluster.Organizations.RenameAsync(Caller.InCluster, OrganizationId, "Default");
        await cluster.Organizations.RemoveDomainAsync(Caller.InCluster, OrganizationId, domain);
    }

    [Fact]
    public async Task Who_has_no_right_learns_nothing()
    {
        var (id, domain) = (await cluster.NewOrganizationAsync(), NewDomain());
        var stranger = CallerWith(Permission.None, "elsewhere", Roles.PermissionsOf(["ORG_OWNER"]));
        foreach (var organization in new[] { id, "4711" })
        {
            foreach (
                var call in new Func<Task>[]
                {
                    () => cluster.Organizations.GetAsync(stranger, organization),
                    () => cluster.Organizations.RenameAsync(stranger, organization, NewName()),
                    () => cluster.Organizations.AddDomainAsync(stranger, organization, domain),
                    () => cluster.Organizations.RemoveDomainAsync(stranger, organization, domain),
                    () => cluster.Organizations.ChallengeDomainAsync(stranger, organization, domain, DomainValidation.Dns),
                    () => cluster.Organizations.ChallengeOfAsync(stranger, organization, domain),
                    () => cluster.Organizations.ConfirmDomainAsync(stranger, organization, new(domain, DomainValidation.Dns, "token")),
                    () => cluster.Organization(organization).ListMetadataAsync(stranger),
                    () => cluster.Organization(organization).SetMetadataAsync(stranger, []),
                    () => cluster.Organization(organization).DeleteMetadataAsync(stranger, ["key"]),
                }
            )
            {
                await FailsAsync(SessionErrors.PermissionMissing, call);
            }
        }
    }

    private static string NewDomain() => $"{NewName("domain")}.example.com";

    private static (string Name, bool IsVerified, bool IsPrimary) StateOf(OrganizationDomain domain) =>
        (domain.Name, domain.IsVerified, domain.IsPrimary);

    private async Task<OrganizationDomain> OneAsync(string id) => Assert.Single((await cluster.FindAsync(id))!.Domains!.Value);

    private async Task VerifyAsync(string id, string domain)
    {
        var challenge = await cluster.Organizations.ChallengeDomainAsync(Caller.InCluster, id, domain, DomainValidation.Dns);
        await cluster.Organizations.ConfirmDomainAsync(Caller.InCluster, id, challenge);
    }
}
