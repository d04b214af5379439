namespace Orleans.Sessions.EndToEnd.Protocol;

/// <summary>
/// What a person sees where no page of the application or of the login frontend can be shown, and what programs get there.
/// </summary>
public sealed class MessagePageTests(SqliteHost host) : ContractTests(host)
{
    [Theory]
    [InlineData("/oauth/v2/authorize?client_id=nobody&response_type=code&redirect_uri=https%3A%2F%2Fevil.example%2F")]
    [InlineData("/saml/v2/SSO?SAMLRequest=nonsense")]
    public async Task A_browser_gets_a_page_in_the_language_of_the_person(string path)
    {
        var browser = Admin.As(null).With("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

        var german = (await browser.With("Accept-Language", "de-CH,de;q=0.9").GetAsync(path)).Expect(400);
        var english = (await browser.GetAsync(path)).Expect(400);

        Assert.Equal("text/html; charset=utf-8", german.Header("Content-Type"));
        Assert.Contains("<html lang=\"de\">", german.Body, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", english.Body, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", german.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/oauth/v2/authorize?client_id=nobody&response_type=code&redirect_uri=https%3A%2F%2Fevil.example%2F")]
    [InlineData("/saml/v2/SSO?SAMLRequest=nonsense")]
    public async Task A_program_gets_json(string path)
    {
        var reply = (await Admin.As(null).With("Accept", "application/json").GetAsync(path)).Expect(400);

        Assert.False(string.IsNullOrEmpty(reply.Text("error")));
        Assert.False(string.IsNullOrEmpty(reply.Text("error_description")));
    }

    [Fact]
    public async Task What_a_request_says_is_text_on_the_page()
    {
        const string Script = "<script>alert(1)</script>";
        var browser = Admin.As(null).With("Accept", "text/html");

        var reply = await browser.GetAsync($"/oauth/v2/authorize?client_id={Uri.EscapeDataString(Script)}&response_type=code");

        Assert.DoesNotContain(Script, reply.Expect(400).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v2/sessions/unknown")]
    [InlineData("/v2/oidc/clients")]
    [InlineData("/debug/healthz")]
    [InlineData("/openapi/v2.json")]
    [InlineData("/saml/v2/metadata")]
    public async Task Where_get_is_head_is_with_the_same_status_and_without_a_body(string path)
    {
        var get = await Admin.GetAsync(path);
        var head = await Admin.SendAsync(HttpMethod.Head, path);

        Assert.Equal(get.Status, head.Status);
        Assert.Equal("", head.Body);
    }

    [Fact]
    public async Task Another_verb_is_told_which_there_are()
    {
        var refused = await Admin.SendAsync(HttpMethod.Put, "/v2/oidc/clients", new { });

        Assert.Equal(405, refused.Status);
        Assert.All(new[] { "GET", "HEAD", "POST" }, verb => Assert.Contains(verb, refused.Header("Allow"), StringComparison.Ordinal));
    }
}
