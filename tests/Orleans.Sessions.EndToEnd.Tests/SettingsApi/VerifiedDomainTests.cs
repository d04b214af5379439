using Orleans.Sessions.EndToEnd.Oidc.Harness;
using Orleans.Sessions.EndToEnd.SettingsApi.Harness;
using Orleans.Sessions.EndToEnd.ZitadelLogin.Harness;

namespace Orleans.Sessions.EndToEnd.SettingsApi;

/// <summary>
/// Organizations prove their domains, by a name server and by a forward proxy that the operator configured. A verified domain names its
/// organization, also to ZITADEL's Login UI v2.
/// </summary>
public abstract class VerifiedDomainTests(bool onPostgreSql) : OwnHosts
{
    private readonly string _parent = $"{Unique("domains").ToLowerInvariant()}.example";

    [Fact]
    public async Task A_domain_is_verified_by_its_record_or_its_file_and_names_its_organization_from_then_on()
    {
        var (dns, web) = (EndWithTest(new TxtServer()), EndWithTest(new DomainWeb(_parent)));
        var admin = Admin(await StartAsync(await SettingsAsync(dns, web)));
        var (acme, other) = (await NewOrganizationAsync(admin), await NewOrganizationAsync(admin));

        await VerifiesByRecordAsync(acme, other, dns);
        await VerifiesByFileAsync(acme, web);
        await LetsInItsPeopleAsync(admin, acme);
        await PassesOnTheFirstPlaceAsync(acme);
    }

    private async Task VerifiesByRecordAsync(Organization acme, Organization other, TxtServer dns)
    {
        var domain = $"record.{_parent}";
        var challenge = await acme.ChallengeAsync(domain, "DNS");
        Assert.Equal($"_zitadel-challenge.{domain}", challenge.Text("url"));
        Refused(await acme.VerifyAsync(domain), 400, 3, "ORG-GH3s");

        dns.Records[challenge.Text("url")] =
        [
            ["v=spf1 -all"],
            [challenge.Text("token")],
        ];
        Assert.True((await acme.VerifyAsync(domain)).Expect(200).Has("changeDate"));

        var listed = await acme.DomainAsync(domain);
        Assert.True(listed.Has("domains.0.isVerified") && listed.Has("domains.0.isPrimary"));
        Assert.Equal("DOMAIN_VALIDATION_TYPE_DNS", listed.Text("domains.0.validationType"));
        Assert.Equal([acme.Id], await acme.FindByDomainAsync(domain));
        Refused(await acme.VerifyAsync(domain), 400, 9, "ORG-HGw21");

        // It belongs to one organization only, whoever else can change its records.
        challenge = await other.ChallengeAsync(domain, "DNS");
        dns.Records[challenge.Text("url")] =
        [
            [challenge.Text("token")],
        ];
        Refused(await other.VerifyAsync(domain), 409, 6, "COMMAND-OrgDo");
        Assert.Equal([acme.Id], await acme.FindByDomainAsync(domain));
    }

    private async Task VerifiesByFileAsync(Organization acme, DomainWeb web)
    {
        var domain = $"file.{_parent}";
        var challenge = await acme.ChallengeAsync(domain, "HTTP");
        Refused(await acme.VerifyAsync(domain), 400, 3, "ORG-GH3s");
        web.Files[challenge.Text("url")] = $"{challenge.Text("token")}x";
        Refused(await acme.VerifyAsync(domain), 400, 3, "ORG-GH3s");

        web.Files[challenge.Text("url")] = $"{challenge.Text("token")}\n";
        (await acme.VerifyAsync(domain)).Expect(200);

        var listed = await acme.DomainAsync(domain);
        Assert.True(listed.Has("domains.0.isVerified") && !listed.Has("domains.0.isPrimary"));
        Assert.Equal("DOMAIN_VALIDATION_TYPE_HTTP", listed.Text("domains.0.validationType"));
        Assert.Equal([acme.Id], await acme.FindByDomainAsync(domain));
    }

    /// <summary>The scope of an application names the organization by its domain.</summary>
    private async Task LetsInItsPeopleAsync(Api admin, Organization acme)
    {
        var (member, stranger) = (await admin.NewHumanAsync(organizationId: acme.Id), await admin.NewHumanAsync());
        var (ui, client) = (new LoginUi((await admin.NewMachineAsync("IAM_LOGIN_CLIENT")).Api), await RelyingParty.RegisterAsync(admin));
        var request = await client.RequestAsync(("scope", $"openid urn:zitadel:iam:org:domain:primary:record.{_parent}"));

        Assert.Equal("/loginname", await ui.ArriveAsync(request));
        Assert.Equal("error: User not found in the system", await ui.NameAsync(stranger.LoginName));
        Assert.Equal("/password", await ui.NameAsync(member.LoginName));
        Assert.StartsWith(RelyingParty.RedirectUri, await ui.PasswordAsync(member.Password), StringComparison.Ordinal);
    }

    private async Task PassesOnTheFirstPlaceAsync(Organization acme)
    {
        (await acme.RemoveAsync($"record.{_parent}")).Expect(200);

        Assert.True((await acme.DomainAsync($"file.{_parent}")).Has("domains.0.isPrimary"));
        Assert.Empty(await acme.FindByDomainAsync($"record.{_parent}"));
    }

    /// <summary>
    /// The operator's name server, proxy and trusted certificate. The machine's own resolver does not know the domains, and is not waited
    /// for.
    /// </summary>
    private async Task<Dictionary<string, string>> SettingsAsync(TxtServer dns, DomainWeb web)
    {
        var trusted = System.IO.Path.Combine(NewFolder(), "trusted.pem");
        await File.WriteAllTextAsync(trusted, web.Certificate, TestContext.Current.CancellationToken);
        var settings = HostSettings
            .Shared.With("Sessions__Organizations__Domains__NameServers__0", dns.Address)
            .With("https_proxy", web.Proxy)
            .With("no_proxy", "unused.invalid")
            .With("SSL_CERT_FILE", trusted)
            .With("RES_OPTIONS", "timeout:1 attempts:1")
            .With("LOCALDOMAIN", ".");
        return onPostgreSql ? settings.OnPostgreSql(await Databases.CreateAsync()) : settings;
    }

    private static void Refused(Reply reply, int status, int code, string id)
    {
        reply.Expect(status);
        Assert.Equal((code, id), (reply["code"]!.GetValue<int>(), reply.Text("details.0.id")));
    }

    private static async Task<Organization> NewOrganizationAsync(Api admin) =>
        new(admin, (await admin.PostAsync("/v2/organizations", new { name = Unique("Acme") })).Expect(201).Text("organizationId"));

    private sealed record Organization(Api Admin, string Id)
    {
        private string Domains => $"/v2/organizations/{Id}/domains";

        public async Task<Reply> ChallengeAsync(string domain, string type)
        {
            (await Admin.PostAsync(Domains, new { domain })).Expect(200);
            return (
                await Admin.PostAsync($"{Domains}/validation/generate", new { domain, type = $"DOMAIN_VALIDATION_TYPE_{type}" })
            ).Expect(200);
        }

        public Task<Reply> VerifyAsync(string domain) => Admin.PostAsync($"{Domains}/validation/verify", new { domain });

        public Task<Reply> RemoveAsync(string domain) => Admin.DeleteAsync($"{Domains}?domain={domain}");

        public async Task<Reply> DomainAsync(string domain)
        {
            var filters = new[] { new { domainFilter = new { domain, method = "TEXT_QUERY_METHOD_EQUALS" } } };
            return (await Admin.PostAsync($"{Domains}/search", new { filters })).Expect(200);
        }

        public async Task<IReadOnlyList<string>> FindByDomainAsync(string domain)
        {
            var queries = new[] { new { domainQuery = new { domain, method = "TEXT_QUERY_METHOD_EQUALS" } } };
            return (await Admin.PostAsync("/v2/organizations/_search", new { queries })).Expect(200).Texts("result", "id");
        }
    }
}

public sealed class VerifiedDomainTestsOnSqlite() : VerifiedDomainTests(onPostgreSql: false);

public sealed class VerifiedDomainTestsOnPostgreSql() : VerifiedDomainTests(onPostgreSql: true);
