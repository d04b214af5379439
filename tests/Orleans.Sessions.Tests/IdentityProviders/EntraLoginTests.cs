using System.Text.Json.Nodes;
using Orleans.Sessions.IdentityProviders.Entra;
using Orleans.Sessions.Tests.IdentityProviders.Harness;

namespace Orleans.Sessions.Tests.IdentityProviders;

/// <summary>Logins at Entra ID: one registration for one tenant or many, each of which is an issuer of its own.</summary>
[Collection(nameof(StoredCluster))]
public sealed class EntraLoginTests : IAsyncLifetime
{
    private const string Tenant = "3a7f1c52-9d0e-4b8a-8f6d-2c5e7b9a1d30";
    private const string OtherTenant = "b1d2c3e4-5f60-4718-a9ba-cbdcedfe0f10";
    private const string Personal = "9188040d-6c67-4c5b-b112-36a304b66dad";
    private const string Authority = "https://login.example.com";

    private readonly OidcStub _provider = new();
    private readonly StoredCluster _cluster;
    private readonly ProviderLogins _logins;

    public EntraLoginTests(StoredCluster cluster)
    {
        _cluster = cluster;
        _logins = new(cluster);
        _provider.Now = cluster.Clock.GetUtcNow;
        _provider.Subject = "sub of this application";
        _provider.Discovery = document => document["issuer"] = $"{_provider.Issuer}/{{tenantid}}/v2.0";
        LogInOf(Tenant);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _logins.RemoveAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task A_person_is_known_by_the_id_that_is_the_same_for_all_applications()
    {
        await AddAsync(EntraSettings.Organizations);
        var (_, _, request) = await _logins.StartAsync();
        Assert.Equal(("openid profile email", true), (request["scope"], request.ContainsKey("code_challenge")));

        var retrieved = await LogInAsync();

        Assert.Equal(new IdentityLink(_logins.ProviderId, "oid of minnie", "minnie@example.com"), retrieved.Identity);
        Assert.Equal("Somebody", retrieved.Person.DisplayName);
        var raw = JsonNode.Parse(retrieved.RawInformation)!;
        Assert.Equal((Tenant, "sub of this application"), ((string?)raw["tid"], (string?)raw["sub"]));
    }

    [Theory]
    [InlineData("mail@example.com", false, "mail@example.com")]
    [InlineData("mail@example.com", true, "mail@example.com")]
    [InlineData(null, false, "minnie@example.com")]
    [InlineData(null, true, "minnie@example.com")]
    public async Task An_address_is_verified_only_if_the_settings_say_so(string? email, bool isVerified, string expected)
    {
        LogInOf(Tenant, claims => (claims["email"], claims["email_verified"]) = (email, true));
        await AddAsync(EntraSettings.Common, isVerified);

        Assert.Equal(new EmailAddress(expected, isVerified), (await LogInAsync()).Person.Email);
    }

    [Theory]
    [InlineData(EntraSettings.Common, "{tenantid}", false)]
    [InlineData(EntraSettings.Organizations, "{tenantid}", false)]
    [InlineData(Tenant, Tenant, true)]
    public async Task An_address_links_a_person_only_where_the_tenant_is_named(string registered, string named, bool links)
    {
        var user = await _cluster.NewUserAsync();
        _provider.Discovery = document => document["issuer"] = $"{_provider.Issuer}/{named}/v2.0";
        LogInOf(Tenant, claims => claims["email"] = $"{user}@example.com");
        await AddAsync(registered, isEmailVerified: true, AutoLinking.Email);

        Assert.Equal(links ? user : null, (await LogInAsync()).UserId);
    }

    [Fact]
    public async Task An_account_whose_name_is_no_address_has_none()
    {
        LogInOf(Tenant, claims => claims["preferred_username"] = "minnie");
        await AddAsync(EntraSettings.Common, isEmailVerified: true);

        Assert.Null((await LogInAsync()).Person.Email);
    }

    [Theory]
    [InlineData(EntraSettings.Common, Tenant, true)]
    [InlineData(EntraSettings.Common, Personal, true)]
    [InlineData(EntraSettings.Organizations, OtherTenant, true)]
    [InlineData(EntraSettings.Organizations, Personal, false)]
    [InlineData(EntraSettings.Common, "evil.example.com", false)]
    [InlineData(EntraSettings.Common, "{tenantid}", false)]
    [InlineData(EntraSettings.Common, "", false)]
    public async Task Of_many_tenants_those_log_in_that_the_registration_is_for(string registered, string tenant, bool logsIn)
    {
        LogInOf(tenant);
        await AddAsync(registered);

        var outcome = await TryAsync();

        Assert.Equal(logsIn ? null : SessionErrors.ProviderIssuerOther.Text, outcome.ErrorDescription);
        Assert.Equal(logsIn, outcome.Token is not null);
    }

    [Theory]
    [InlineData(Personal, Tenant, false)]
    [InlineData(OtherTenant, Tenant, false)]
    [InlineData(Personal, Personal, true)]
    [InlineData(Tenant, Tenant, true)]
    [InlineData("{tenantid}", Tenant, true)]
    public async Task A_key_of_one_tenant_signs_for_no_other_tenant(string owner, string tenant, bool logsIn)
    {
        _provider.Key = key => key["issuer"] = $"{_provider.Issuer}/{owner}/v2.0";
        LogInOf(tenant);
        await AddAsync(EntraSettings.Common);

        var outcome = await TryAsync();

        Assert.Equal(logsIn ? null : SessionErrors.ProviderSignatureWrong.Id, outcome.Error);
        Assert.Equal(logsIn, outcome.Token is not null);
    }

    [Theory]
    [InlineData(Tenant, Tenant, true)]
    [InlineData(Tenant, OtherTenant, false)]
    [InlineData(EntraSettings.Consumers, Personal, true)]
    [InlineData("contoso.example", Tenant, true)]
    public async Task Of_one_tenant_only_its_people_log_in(string registered, string tenant, bool logsIn)
    {
        var own = registered == EntraSettings.Consumers ? Personal : Tenant;
        _provider.Discovery = document => document["issuer"] = $"{_provider.Issuer}/{own}/v2.0";
        LogInOf(tenant);
        await AddAsync(registered);

        Assert.Equal(logsIn, (await TryAsync()).Token is not null);
    }

    [Fact]
    public async Task Without_its_id_nobody_logs_in()
    {
        LogInOf(Tenant, claims => claims.Remove("oid"));
        await AddAsync(EntraSettings.Common);

        Assert.Null((await TryAsync()).Token);
    }

    [Theory]
    [InlineData(EntraSettings.Common, "{tenantid}", true)]
    [InlineData(EntraSettings.Common, Tenant, false)]
    [InlineData(EntraSettings.Organizations, "{tenantid}", true)]
    [InlineData(EntraSettings.Consumers, Personal, true)]
    [InlineData(EntraSettings.Consumers, Tenant, false)]
    [InlineData(EntraSettings.Consumers, "{tenantid}", false)]
    [InlineData(Tenant, Tenant, true)]
    [InlineData(Tenant, "3A7F1C52-9D0E-4B8A-8F6D-2C5E7B9A1D30", true)]
    [InlineData(Tenant, OtherTenant, false)]
    [InlineData(Tenant, "{tenantid}", false)]
    [InlineData("contoso.example", Tenant, true)]
    [InlineData("contoso.example", "contoso.example", false)]
    public void A_discovery_document_is_of_the_registered_tenant(string registered, string named, bool isAllowed)
    {
        var issuers = new EntraIssuers();

        Assert.Equal(isAllowed, issuers.AllowsDocument($"{Authority}/{registered}/v2.0", $"{Authority}/{named}/v2.0"));
        Assert.False(issuers.AllowsDocument($"{Authority}/{registered}/v2.0", $"https://evil.example.com/{named}/v2.0"));
        Assert.False(issuers.AllowsDocument($"{Authority}/{registered}/v2.0", $"{Authority}/{named}"));
        Assert.False(issuers.AllowsDocument($"{Authority}/{registered}/v2.0", null));
    }

    private Task AddAsync(string tenant, bool isEmailVerified = false, AutoLinking linking = AutoLinking.None) =>
        _logins.AddAsync(
            new ProviderSettings
            {
                Kind = ProviderKind.EntraId,
                Name = "Entra ID",
                Issuer = _provider.Issuer,
                ClientId = OidcStub.ClientId,
                ClientSecret = "secret",
                Entra = new EntraSettings(tenant, isEmailVerified),
                Policy = new IdentityProviderPolicy { AutoLinking = linking },
            }
        );

    /// <summary>From now on a person of this tenant logs in.</summary>
    private void LogInOf(string tenant, Action<JsonObject>? change = null) =>
        _provider.IdToken = claims =>
        {
            (claims["iss"], claims["tid"]) = ($"{_provider.Issuer}/{tenant}/v2.0", tenant);
            (claims["oid"], claims["preferred_username"]) = ("oid of minnie", "minnie@example.com");
            change?.Invoke(claims);
        };

    private Task<RetrievedIntent> LogInAsync() => _logins.LogInAsync(request => _provider.Nonce = request["nonce"]);

    private async Task<IntentOutcome> TryAsync() => (await _logins.TryAsync(request => _provider.Nonce = request["nonce"])).Outcome;
}
