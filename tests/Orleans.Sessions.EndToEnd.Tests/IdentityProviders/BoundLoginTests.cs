using Microsoft.Playwright;

namespace Orleans.Sessions.EndToEnd.IdentityProviders;

/// <summary>Logins that are bound to a browser, in a real browser with its own rules for cookies.</summary>
public sealed class BoundLoginTests(Chromium chromium, SqliteHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_form_from_the_providers_site_brings_the_cookie_back()
    {
        await using var stub = new OidcStub();
        await using var front = await SecureFront.StartAsync(Admin.Host.Address);
        var provider = await Admin.AddProviderAsync(stub.Issuer, clientId: OidcStub.ClientId);
        var (success, failure) = ($"{stub.Issuer}/success", $"{stub.Issuer}/failure");
        var start = await Admin
            .With("x-forwarded-proto", "https")
            .With("x-forwarded-host", front.Host)
            .StartUrlAsync(provider, success, failure);
        await using var window = await chromium.NewWindowAsync();
        await using var stranger = await chromium.NewWindowAsync();

        var page = await window.NewPageAsync();
        await page.GotoAsync(start);
        Assert.StartsWith($"{stub.Issuer}/authorize", page.Url, StringComparison.Ordinal);
        var request = Landing.Parameters(new Uri(page.Url));
        stub.Nonce = request["nonce"];

        // Another browser cannot finish the login, and the browser that began it can. Both come from the provider's site.
        var refused = await PostAsync(await stranger.NewPageAsync(), stub, request);
        Assert.StartsWith(failure, refused, StringComparison.Ordinal);
        Assert.Contains("error=IDP-Brws1", refused, StringComparison.Ordinal);
        var landed = await PostAsync(page, stub, request);
        Assert.StartsWith(success, landed, StringComparison.Ordinal);
        Assert.Contains("&token=", landed, StringComparison.Ordinal);

        // The browser keeps its cookie for a reload.
        Assert.Single(await window.CookiesAsync([start]));
    }

    [Fact]
    public async Task Without_tls_on_this_machine_a_browser_comes_back_by_a_link()
    {
        await using var stub = new OidcStub();
        var provider = await Admin.AddProviderAsync(stub.Issuer, clientId: OidcStub.ClientId);
        await using var window = await chromium.NewWindowAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync(await Admin.StartUrlAsync(provider, $"{stub.Issuer}/success"));
        var request = Landing.Parameters(new Uri(page.Url));
        stub.Nonce = request["nonce"];

        var landed = await LandAsync(page, stub, () =>
            page.EvaluateAsync($"location = '{request["redirect_uri"]}?code=any&state={request["state"]}'")
        );

        Assert.StartsWith($"{stub.Issuer}/success?", landed, StringComparison.Ordinal);
    }

    /// <summary>Acts as a provider with <c>response_mode=form_post</c>. Returns the URL where the browser ends up.</summary>
    private static async Task<string> PostAsync(IPage page, OidcStub stub, Dictionary<string, string> request)
    {
        await page.GotoAsync($"{stub.Issuer}/authorize");
        return await LandAsync(page, stub, () => page.EvaluateAsync(
                $$"""
                () => {
                    const form = document.createElement('form');
                    form.method = 'post';
                    form.action = '{{request["redirect_uri"]}}';
                    for (const [name, value] of [['code', 'any'], ['state', '{{request["state"]}}']]) {
                        const field = document.createElement('input');
                        [field.name, field.value] = [name, value];
                        form.append(field);
                    }
                    document.documentElement.append(form);
                    form.submit();
                }
                """
            ));
    }

    /// <summary>The URL to which the browser is sent after the callback.</summary>
    private static async Task<string> LandAsync(IPage page, OidcStub stub, Func<Task> leave)
    {
        await Task.WhenAll(
            page.WaitForURLAsync(url =>
                url.StartsWith($"{stub.Issuer}/", StringComparison.Ordinal) && url.Contains("?id=", StringComparison.Ordinal)
            ),
            leave()
        );
        return page.Url;
    }
}
