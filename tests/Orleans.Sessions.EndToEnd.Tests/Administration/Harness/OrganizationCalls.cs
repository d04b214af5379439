namespace Orleans.Sessions.EndToEnd.Administration.Harness;

/// <summary>The methods of organizations, their domains and their metadata.</summary>
internal static class OrganizationCalls
{
    private const string Organizations = "zitadel.org.v2.OrganizationService";
    private const string Unknown = "ORG-1MRds";

    public static IEnumerable<SimultaneousCall> All => OfStates.Concat(OfDomains).Concat(OfMetadata);

    private static IEnumerable<SimultaneousCall> OfStates =>
        [
            new($"{Organizations}/AddOrganization", scene => Task.FromResult<object>(new { name = scene.New }))
            {
                Loses = "COMMAND-OrgEx",
                Count = scene =>
                    scene.CountAsync(
                        $"{Organizations}/ListOrganizations",
                        "result",
                        new { queries = new[] { new { nameQuery = new { name = scene.New } } } }
                    ),
            },
            Of("UpdateOrganization", async scene => new { organizationId = await scene.OrganizationAsync(), name = scene.New }) with
            {
                Loses = "EVENT-4VSdf",
            },
            Of("ListOrganizations", async scene => new
            {
                queries = new[] { new { idQuery = new { id = await scene.OrganizationAsync() } } },
            }) with
            {
                Gone = null,
            },
            Of("DeactivateOrganization", OrganizationAsync) with
            {
                Loses = "EVENT-Dbs2g",
                MayBothWin = true,
                Gone = "ORG-oL9nT",
            },
            Of("ActivateOrganization", async scene =>
            {
                await scene.CallAsync($"{Organizations}/DeactivateOrganization", await OrganizationAsync(scene));
                return await OrganizationAsync(scene);
            }) with
            {
                Loses = "EVENT-bfnrh",
                MayBothWin = true,
                Gone = "ORG-Dgf3g",
            },
            Of("DeleteOrganization", OrganizationAsync) with
            {
                Loses = "COMMA-aps2n",
                MayBothWin = true,
                Parent = null,
            },
        ];

    private static IEnumerable<SimultaneousCall> OfDomains =>
        [
            Of("AddOrganizationDomain", async scene => new
            {
                organizationId = await scene.OrganizationAsync(),
                domain = $"{scene.New}.example.com",
            }) with
            {
                Loses = "COMMA-Bd2jj",
                Count = scene =>
                    scene.CountAsync($"{Organizations}/ListOrganizationDomains", "domains", new { organizationId = scene.Organization }),
            },
            Of("ListOrganizationDomains", OrganizationAsync),
            Of("DeleteOrganizationDomain", DomainAsync) with
            {
                Loses = "ORG-GDfA3",
            },
            Of("GenerateOrganizationDomainValidation", async scene =>
            {
                var domain = await scene.DomainAsync();
                return new
                {
                    organizationId = scene.Organization,
                    domain,
                    type = "DOMAIN_VALIDATION_TYPE_DNS",
                };
            }),
            // Nobody has begun to verify the domain. OrganizationDomainTests verify one.
            Of("VerifyOrganizationDomain", DomainAsync) with
            {
                Fails = "ORG-SFBB3",
            },
        ];

    private static IEnumerable<SimultaneousCall> OfMetadata =>
        [
            Of("SetOrganizationMetadata", NewMetadataAsync) with
            {
                Count = scene =>
                    scene.CountAsync($"{Organizations}/ListOrganizationMetadata", "metadata", new { organizationId = scene.Organization }),
            },
            Of("ListOrganizationMetadata", OrganizationAsync),
            Of("DeleteOrganizationMetadata", async scene =>
            {
                await scene.CallAsync($"{Organizations}/SetOrganizationMetadata", await NewMetadataAsync(scene));
                return new { organizationId = scene.Organization, keys = new[] { "key" } };
            }) with
            {
                Loses = "META-2npds",
            },
        ];

    private static SimultaneousCall Of(string method, Func<Scene, Task<object>> prepare) =>
        new($"{Organizations}/{method}", prepare) { Parent = Parent.Organization, Gone = Unknown };

    private static async Task<object> OrganizationAsync(Scene scene) => new { organizationId = await scene.OrganizationAsync() };

    private static async Task<object> DomainAsync(Scene scene)
    {
        var domain = await scene.DomainAsync();
        return new { organizationId = scene.Organization, domain };
    }

    private static async Task<object> NewMetadataAsync(Scene scene) =>
        new { organizationId = await scene.OrganizationAsync(), metadata = new[] { new { key = "key", value = "AQ==" } } };
}
