using Orleans.Sessions.EndToEnd.Saml.Harness;

namespace Orleans.Sessions.EndToEnd.Saml;

/// <summary>Questions of service providers about people who are logged in there.</summary>
public sealed class AttributeQueryTests(SqliteHost host) : ContractTests(host)
{
    private const string Persistent = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
    private const string Email = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";

    [Fact]
    public async Task A_service_provider_reads_the_present_attributes_of_a_person_who_is_logged_in_there()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        var login = await provider.SignInAsync(session, provider.AuthnRequest([], TestServiceProvider.NameIdPolicy(Persistent)));
        var query = provider.AttributeQuery(login.NameId, Persistent);

        var all = await AskAsync(provider, query);

        Assert.Equal("Success", all.Status);
        Assert.Equal(query.Attribute("ID")!.Value, all.Text("/p:Response/@InResponseTo"));
        Assert.Equal((login.NameId, human.Email), (all.NameId, all.Attribute("Email")));
        Assert.Equal(human.Id, all.Attribute("UserID"));
        Assert.Equal(provider.EntityId, all.Text("/p:Response/a:Assertion/a:Conditions/a:AudienceRestriction/a:Audience"));
        Assert.False(all.Has("//a:AuthnStatement"));

        var some = await AskAsync(provider, provider.AttributeQuery(login.NameId, format: null, attributes: null, "SurName", "unknown"));
        Assert.Equal("Mouse", some.Attribute("SurName"));
        Assert.False(some.Has("//a:Attribute[@Name='Email']"));
        var none = await AskAsync(provider, provider.AttributeQuery(login.NameId, format: null, attributes: null, "unknown"));
        Assert.Equal("Success", none.Status);
        Assert.False(none.Has("//a:Assertion"));

        (await Admin.DeleteAsync($"/v2/sessions/{session.Id}")).Expect(200);
        Assert.Equal("UnknownPrincipal", (await AskAsync(provider, provider.AttributeQuery(login.NameId, Persistent))).Detail);
    }

    [Fact]
    public async Task Nobody_else_is_told_about_and_nobody_else_is_told()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        using var other = await TestServiceProvider.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        await provider.SignInAsync(session);
        var stranger = await Admin.NewHumanAsync();

        (TestServiceProvider Asker, string Name, string? Format)[] refused =
        [
            (other, human.Email, Email),
            (provider, stranger.Email, Email),
            (provider, human.Email, Persistent),
            (provider, human.Id, null),
        ];
        foreach (var (asker, name, format) in refused)
        {
            var answer = await AskAsync(asker, asker.AttributeQuery(name, format));
            Assert.Equal(("Responder", "UnknownPrincipal"), (answer.Status, answer.Detail));
            Assert.False(answer.Has("//a:Assertion"));
        }

        Assert.Equal("Success", (await AskAsync(provider, provider.AttributeQuery(human.Email, Email))).Status);
        (await Admin.PostAsync($"/v2/users/{human.Id}/lock")).Expect(200);
        Assert.Equal("UnknownPrincipal", (await AskAsync(provider, provider.AttributeQuery(human.Email, Email))).Detail);
    }

    [Fact]
    public async Task A_question_must_be_signed_new_and_meant_for_this_service()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        await provider.SignInAsync(await Admin.OpenAsync(human));
        var signed = provider.Envelope(provider.AttributeQuery(human.Email));
        string[] bad =
        [
            provider.Envelope(provider.AttributeQuery(human.Email), sign: false),
            provider.Envelope(provider.AttributeQuery(human.Email, Email, [("Destination", null)])),
            provider.Envelope(provider.AttributeQuery(human.Email, Email, [("Destination", "https://elsewhere.example/attribute")])),
            provider.Envelope(provider.AttributeQuery(human.Email, Email, [("IssueInstant", "2001-01-01T00:00:00Z")])),
            signed.Replace(human.Email, "<!-- x -->" + human.Email, StringComparison.Ordinal),
        ];
        foreach (var envelope in bad)
        {
            (await provider.SendAsync(provider.AttributeAddress, envelope)).Expect(400);
        }

        (await provider.SendAsync(provider.AttributeAddress, signed)).Expect(200);
        (await provider.SendAsync(provider.AttributeAddress, signed)).Expect(400);
    }

    private static async Task<ReceivedMessage> AskAsync(TestServiceProvider provider, System.Xml.Linq.XElement query) =>
        await ReceivedMessage.InEnvelopeAsync(provider.Browser, await provider.SendAsync(query));
}
