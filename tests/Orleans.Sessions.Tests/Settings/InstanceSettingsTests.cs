using System.Collections.Immutable;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Settings;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Settings;

/// <summary>Settings that are changed at run time: who may change them, what they may be, and what is kept of a change.</summary>
[Collection(nameof(LenientCluster))]
public sealed class InstanceSettingsTests(LenientCluster cluster)
{
    private static readonly Caller s_owner = CallerWith(Permission.PolicyWrite | Permission.IdentityProviderWrite);

    private IInstanceSettingsGrain Settings => cluster.Grains.GetGrain<IInstanceSettingsGrain>(GrainKeys.Instance);

    private IIdentityProvidersGrain Providers => cluster.Grains.GetGrain<IIdentityProvidersGrain>(GrainKeys.Instance);

    public static TheoryData<string> BadOrigins =>
        [
            "",
            "https://app.example.com/",
            "https://app.example.com/path",
            "https://user@app.example.com",
            "http://app.example.com",
            "https://*.example.com",
            "https://a.example.com;script-src",
            "https://bücher.example",
            "*",
            "app.example.com",
            "javascript:alert(1)",
            $"https://{new string('a', 200)}.example.com",
        ];

    public static TheoryData<string> BadPages =>
        [
            "ui/login",
            "//other.example.com/ui",
            "http://login.example.com/ui",
            "https://login.example.com/ui?a=b",
            "https://login.example.com/ui#a",
            "https://user:secret@login.example.com/ui",
            "javascript:alert(1)",
            "/ui/ü",
            $"/{new string('a', 200)}",
        ];

    [Fact]
    public async Task Every_change_has_a_version_and_a_trace_and_the_same_value_again_has_none()
    {
        var before = await Settings.GetAsync();
        var origin = $"https://{NewName("app")}.example.com";

        var changed = await Settings.SetFrameOriginsAsync(s_owner, [origin, "http://localhost:3000"]);
        var again = await Settings.SetFrameOriginsAsync(s_owner, [origin, "http://localhost:3000"]);

        Assert.Equal(before.Version + 1, changed.Version);
        Assert.Equal(changed.Version, again.Version);
        Assert.Equal([origin, "http://localhost:3000"], (await Settings.GetAsync()).FrameOrigins!.Value);
        Assert.Equal((before.FrameDetails?.Sequence ?? 0) + 1, changed.FrameDetails!.Sequence);
        Assert.Equal("instance-1", changed.FrameDetails.ResourceOwner);
        var traces = cluster.Store.Audit.Where(row => row.Detail?.StartsWith(origin, StringComparison.Ordinal) == true).ToList();
        Assert.Equal((AuditKinds.SettingsChanged.Name, "frame_origins"), (Assert.Single(traces).Kind, traces[0].TargetId));

        var cleared = await Settings.SetFrameOriginsAsync(s_owner, []);
        Assert.Empty(cleared.FrameOrigins!.Value);
    }

    [Fact]
    public async Task The_login_page_of_the_instance_wins_over_the_one_of_the_system()
    {
        await Settings.SetLoginPageAsync(s_owner, SettingsLevel.System, "https://system.example.com/ui");
        Assert.Equal("https://system.example.com/ui", (await Settings.GetAsync()).LoginFolder);
        await Settings.SetLoginPageAsync(s_owner, SettingsLevel.Instance, "/ui/own");
        Assert.Equal("/ui/own", (await Settings.GetAsync()).LoginFolder);
        await Settings.SetLoginPageAsync(s_owner, SettingsLevel.Instance, "");
        Assert.Null((await Settings.GetAsync()).LoginFolder);
        await Settings.SetLoginPageAsync(s_owner, SettingsLevel.Instance, null);
        Assert.Equal("https://system.example.com/ui", (await Settings.GetAsync()).LoginFolder);
        await Settings.SetLoginPageAsync(s_owner, SettingsLevel.System, null);
        Assert.Null((await Settings.GetAsync()).LoginFolder);
    }

    [Theory, MemberData(nameof(BadOrigins))]
    public async Task What_is_no_protected_origin_is_refused(string origin) =>
        await FailsAsync(SessionErrors.FrameOriginsInvalid, () => Settings.SetFrameOriginsAsync(s_owner, [origin]));

    [Fact]
    public async Task Origins_are_limited_and_named_once()
    {
        ImmutableArray<string> many = [.. Enumerable.Range(0, 51).Select(i => $"https://app{i}.example.com")];
        await FailsAsync(SessionErrors.FrameOriginsInvalid, () => Settings.SetFrameOriginsAsync(s_owner, many));
        await FailsAsync(SessionErrors.FrameOriginsInvalid, () => Settings.SetFrameOriginsAsync(s_owner, [many[0], many[0]]));
        InstanceSettingsRules.EnsureOrigins(many[..50]);
    }

    [Theory, MemberData(nameof(BadPages))]
    public async Task What_is_no_page_is_refused(string page) =>
        await FailsAsync(SessionErrors.LoginPageInvalid, () => Settings.SetLoginPageAsync(s_owner, SettingsLevel.Instance, page));

    [Fact]
    public async Task Only_who_may_change_settings_can()
    {
        var others = CallerWith((Permission)~0 & ~Permission.PolicyWrite & ~Permission.IdentityProviderWrite, "org-1", (Permission)~0);
        await FailsAsync(SessionErrors.PermissionMissing, () => Settings.SetFrameOriginsAsync(others, ["no origin"]));
        await FailsAsync(SessionErrors.PermissionMissing, () => Settings.SetLoginPageAsync(others, SettingsLevel.System, "no page"));
        await FailsAsync(SessionErrors.PermissionMissing, () => Settings.OfferProviderAsync(others, "unknown", isOffered: false));
        var texts = cluster.Grains.GetGrain<ILoginTextsGrain>(GrainKeys.LoginTexts);
        await FailsAsync(SessionErrors.PermissionMissing, () => texts.SetAsync(others, "en", "{}"));
    }

    [Fact]
    public async Task A_provider_that_is_not_offered_starts_no_login_until_it_is_offered_again()
    {
        var (hidden, gone) = (await NewProviderAsync(), await NewProviderAsync());
        await Settings.OfferProviderAsync(s_owner, gone, isOffered: false);
        await Providers.RemoveAsync(Caller.InCluster, gone);

        var settings = await Settings.OfferProviderAsync(s_owner, hidden, isOffered: false);

        Assert.False(settings.Offers(hidden));
        // The id of a removed provider is not kept.
        Assert.DoesNotContain(gone, settings.HiddenProviders!.Value);
        await FailsAsync(SessionErrors.ProviderNotOffered, () => StartAsync(hidden));
        Assert.Equal(settings.Version, (await Settings.OfferProviderAsync(s_owner, hidden, isOffered: false)).Version);

        await Settings.OfferProviderAsync(s_owner, hidden, isOffered: true);
        Assert.NotEqual(SessionErrors.ProviderNotOffered, await ErrorOfAsync(() => StartAsync(hidden)));
        await FailsAsync(SessionErrors.ProviderMissing, () => Settings.OfferProviderAsync(s_owner, gone, isOffered: true));
    }

    [Fact]
    public async Task Texts_of_login_pages_are_kept_by_language_and_organization()
    {
        var organization = NewName("org");
        var texts = cluster.Grains.GetGrain<ILoginTextsGrain>(GrainKeys.LoginTextsOf(organization));
        await texts.SetAsync(s_owner, "de", """{"a":"b"}""");
        await texts.SetAsync(s_owner, "de-ch", """{"a":"c"}""");

        Assert.Equal(["""{"a":"b"}""", """{"a":"c"}"""], await texts.GetAsync(["de", "en", "de-ch"]));
        var trace = cluster.Store.Audit.Last(row => row.OrganizationId == organization);
        Assert.Equal((AuditKinds.SettingsChanged.Name, "login_texts", "de-ch"), (trace.Kind, trace.TargetId, trace.Detail));
        await texts.SetAsync(s_owner, "de", null);
        Assert.Equal(["""{"a":"c"}"""], await texts.GetAsync(["de", "en", "de-ch"]));
        Assert.Empty(await cluster.Grains.GetGrain<ILoginTextsGrain>(GrainKeys.LoginTextsOf(NewName("org"))).GetAsync(["de-ch"]));
    }

    [Fact]
    public async Task Fifty_languages_are_enough()
    {
        var texts = cluster.Grains.GetGrain<ILoginTextsGrain>(GrainKeys.LoginTextsOf(NewName("org")));
        for (var i = 0; i < ILoginTextsGrain.MaxLocales; i++)
        {
            await texts.SetAsync(s_owner, $"en-{i}", "{}");
        }

        await FailsAsync(SessionErrors.TooManyLocales, () => texts.SetAsync(s_owner, "de", "{}"));
        await texts.SetAsync(s_owner, "en-7", """{"a":"b"}""");
        await texts.SetAsync(s_owner, "de", null);
    }

    private async Task<string> NewProviderAsync()
    {
        var id = NewName("idp");
        var settings = new ProviderSettings
        {
            Name = id,
            Issuer = "https://idp.invalid",
            ClientId = "client",
            ClientSecret = "secret",
        };
        await Providers.AddAsync(Caller.InCluster, id, settings);
        return id;
    }

    private Task<StartedIntent> StartAsync(string providerId) =>
        cluster
            .Grains.GetGrain<IIntentGrain>(GrainKeys.Intent(NewName("intent")))
            .StartAsync(
                Caller.InCluster,
                new StartIntent(
                    providerId,
                    "https://login.example.com/ok",
                    "https://login.example.com/no",
                    "https://sessions.example.com/callback",
                    null,
                    null
                )
            );
}
