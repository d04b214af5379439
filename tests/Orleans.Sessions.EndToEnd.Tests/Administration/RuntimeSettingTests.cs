using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.Administration;

/// <summary>Settings that are changed at run time: every node follows within a second.</summary>
[Collection(typeof(Undisturbed))]
public sealed class RuntimeSettingTests(SharedClusters clusters)
{
    private const string Features = "/v2/features/instance";
    private const string Security = "/v2/policies/security";
    private const string Texts = "/v2/settings/hosted_login_translation";
    private const string Page = "https://login.example.com/ui";
    private const string App = "https://app.example.com";
    private static readonly TimeSpan s_promised = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task The_other_node_sends_browsers_to_the_new_login_page()
    {
        var (a, b) = await clusters.TwoNodesAsync();
        var client = await RelyingParty.RegisterAsync(a);
        var there = new RelyingParty(b, client.Id, client.Secret);
        Assert.StartsWith("/ui/v2/login/login?", new Uri(await LocationAsync(there)).PathAndQuery, StringComparison.Ordinal);
        try
        {
            var set = (await a.PutAsync(Features, new { loginV2 = new { required = true, baseUri = Page } })).Expect(200);
            Assert.True(set.Number("details.sequence") > 0);
            await Eventually.GetAsync(
                () => there.AuthorizeAsync(),
                reply => reply.Header("Location")!.StartsWith($"{Page}/login?authRequest=V2_", StringComparison.Ordinal),
                s_promised,
                "the new page"
            );
            var known = (await b.GetAsync($"{Features}?inheritance=true")).Expect(200);
            Assert.Equal((Page, "SOURCE_INSTANCE"), (known.Text("loginV2.baseUri"), known.Text("loginV2.source")));
        }
        finally
        {
            (await a.DeleteAsync(Features)).Expect(200);
        }

        await Eventually.GetAsync(
            () => there.AuthorizeAsync(),
            reply => !reply.Header("Location")!.StartsWith(Page, StringComparison.Ordinal),
            s_promised,
            "the page of the configuration"
        );
        Assert.Equal("SOURCE_SYSTEM", (await b.GetAsync(Features)).Expect(200).Text("loginV2.source"));
    }

    [Fact]
    public async Task The_other_node_lets_the_named_pages_show_its_pages_in_a_frame()
    {
        var (a, b) = await clusters.TwoNodesAsync();
        var client = await RelyingParty.RegisterAsync(a);
        var there = new RelyingParty(b, client.Id, client.Secret);
        var session = await a.OpenAsync(await a.NewHumanAsync());
        var strict = await FormAsync(there, session);
        Assert.Contains("frame-ancestors 'none'", strict.Header("Content-Security-Policy")!, StringComparison.Ordinal);
        Assert.Equal("DENY", strict.Header("X-Frame-Options"));
        try
        {
            (await a.PutAsync(Security, new { embeddedIframe = new { enabled = true, allowedOrigins = new[] { App } } })).Expect(200);
            var open = await Eventually.GetAsync(
                () => FormAsync(there, session),
                reply => reply.Header("Content-Security-Policy")!.EndsWith($"frame-ancestors {App}", StringComparison.Ordinal),
                s_promised,
                "the origin"
            );
            Assert.Null(open.Header("X-Frame-Options"));
            Assert.Equal("DENY", (await b.GetAsync("/v2/settings")).Header("X-Frame-Options"));
            var known = (await b.GetAsync("/v2/settings/security")).Expect(200);
            Assert.Equal(App, known.Text("settings.embeddedIframe.allowedOrigins.0"));
        }
        finally
        {
            (await a.PutAsync(Security, new { embeddedIframe = new { enabled = false } })).Expect(200);
        }
    }

    [Fact]
    public async Task Texts_of_login_pages_are_read_on_the_other_node_at_once()
    {
        var (a, b) = await clusters.TwoNodesAsync();
        var organizationId = (await a.PostAsync("/v2/organizations", new { name = Unique("org") })).Expect(201).Text("organizationId");
        var german = new { login = new { title = "Hallo", hint = "Name" } };
        (
            await a.PutAsync(
                Texts,
                new
                {
                    instance = true,
                    locale = "de",
                    translations = german,
                }
            )
        ).Expect(200);
        var set = (
            await a.PutAsync(
                Texts,
                new
                {
                    organizationId,
                    locale = "de-CH",
                    translations = new { login = new { title = "Grüezi" } },
                }
            )
        ).Expect(200);

        var merged = (await b.GetAsync($"{Texts}?organizationId={organizationId}&locale=de-CH")).Expect(200);
        Assert.Equal(("Grüezi", "Name"), (merged.Text("translations.login.title"), merged.Text("translations.login.hint")));
        var own = (await b.GetAsync($"{Texts}?organizationId={organizationId}&locale=de-CH&ignoreInheritance=true")).Expect(200);
        Assert.False(own.Has("translations.login.hint"));
        Assert.Equal(set.Text("etag"), own.Text("etag"));
        Assert.NotEqual(set.Text("etag"), merged.Text("etag"));

        (
            await a.PutAsync(
                Texts,
                new
                {
                    instance = true,
                    locale = "de",
                    translations = new { },
                }
            )
        ).Expect(200);
        Assert.False((await b.GetAsync($"{Texts}?instance=true&locale=de")).Expect(200).Has("translations.login"));
        var unknown = new
        {
            organizationId = "none",
            locale = "de",
            translations = new { },
        };
        Assert.Equal("AUTH-Bs7Ds", (await a.PutAsync(Texts, unknown)).Expect(403).Text("details.0.id"));
    }

    private static async Task<string> LocationAsync(RelyingParty client) => (await client.AuthorizeAsync()).Expect(302).Header("Location")!;

    private static async Task<Reply> FormAsync(RelyingParty client, OpenSession session)
    {
        var requestId = await client.RequestAsync(("response_mode", "form_post"));
        var page = new Uri((await client.CompleteAsync(requestId, session)).Expect(200).Text("callbackUrl"));
        return (await client.Anonymous.GetAsync(page.PathAndQuery)).Expect(200);
    }
}
