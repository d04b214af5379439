using Orleans.Sessions.EndToEnd.Oidc.Harness;
using Orleans.Sessions.EndToEnd.Saml.Harness;

namespace Orleans.Sessions.EndToEnd.Saml;

/// <summary>A logout is sent to the other service providers of the session.</summary>
public sealed class SharedLogoutTests(SqliteHost host) : ContractTests(host)
{
    [Fact]
    public async Task The_browser_visits_each_other_service_provider_of_the_session_before_the_first_one_is_answered()
    {
        using var first = await TestServiceProvider.RegisterAsync(Admin);
        using var second = await TestServiceProvider.RegisterAsync(Admin);
        using var third = await TestServiceProvider.RegisterAsync(Admin, [TestServiceProvider.PostBinding]);
        using var elsewhere = await TestServiceProvider.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        var (session, otherSession) = (await Admin.OpenAsync(human), await Admin.OpenAsync(human));
        var login = await first.SignInAsync(session);
        await elsewhere.SignInAsync(otherSession);
        await second.SignInAsync(session);
        var logins = new Dictionary<TestServiceProvider, ReceivedMessage>
        {
            [second] = await second.SignInAsync(session),
            [third] = await third.SignInAsync(
                session,
                third.AuthnRequest([], TestServiceProvider.NameIdPolicy("urn:oasis:names:tc:SAML:2.0:nameid-format:transient"))
            ),
        };

        var request = first.LogoutRequest(login.NameId, login.SessionIndex);
        var reply = await first.LogoutAsync(request, "bye");
        (await Admin.ReadAsync(session)).Expect(Failures.NoSession);
        foreach (var provider in logins.Keys.OrderBy(provider => provider.EntityId, StringComparer.Ordinal))
        {
            var told = await provider.ToldAsync(reply);
            Assert.Equal(provider == third ? 200 : 302, reply.Status);
            Assert.Equal(logins[provider].NameId, told.Text("/p:LogoutRequest/a:NameID"));
            Assert.Equal(
                logins[provider].Text("/p:Response/a:Assertion/a:Subject/a:NameID/@Format"),
                told.Text("/p:LogoutRequest/a:NameID/@Format")
            );
            Assert.Equal(logins[provider].SessionIndex, told.Text("/p:LogoutRequest/p:SessionIndex"));
            Assert.Equal(logins[provider].Text("/p:Response/a:Issuer"), told.Text("/p:LogoutRequest/a:Issuer"));
            Assert.Equal(TestServiceProvider.LogoutAddress, told.Text("/p:LogoutRequest/@Destination"));
            var limit =
                DateTimeOffset.Parse(told.Text("/p:LogoutRequest/@NotOnOrAfter"), System.Globalization.CultureInfo.InvariantCulture)
                - DateTimeOffset.UtcNow;
            Assert.InRange(limit, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(6));
            var answer = provider.LogoutResponse(told.Text("/p:LogoutRequest/@ID"));
            reply = provider == third ? await provider.PostLogoutAsync(answer) : await provider.LogoutAsync(answer);
        }

        var response = await ReceivedMessage.OfAsync(first.Browser, reply.Expect(302), $"{TestServiceProvider.LogoutAddress}/done");
        Assert.Equal(("Success", "bye"), (response.Status, response.RelayState));
        Assert.False(response.Has("/*/p:Status/p:StatusCode/p:StatusCode"));
        Assert.Equal(request.Attribute("ID")!.Value, response.Text("/p:LogoutResponse/@InResponseTo"));
        (await Admin.ReadAsync(otherSession)).Expect(200);
    }

    [Theory]
    [InlineData("Responder", null)]
    [InlineData("Success", "PartialLogout")]
    public async Task One_that_does_not_agree_makes_the_logout_partial(string status, string? detail)
    {
        using var first = await TestServiceProvider.RegisterAsync(Admin);
        using var second = await TestServiceProvider.RegisterAsync(Admin);
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var login = await first.SignInAsync(session);
        await second.SignInAsync(session);

        var told = await second.ToldAsync(await first.LogoutAsync(first.LogoutRequest(login.NameId, login.SessionIndex)));
        var reply = await second.LogoutAsync(second.LogoutResponse(told.Text("/p:LogoutRequest/@ID"), status, detail));

        var response = await ReceivedMessage.OfAsync(first.Browser, reply, $"{TestServiceProvider.LogoutAddress}/done");
        Assert.Equal(("Success", "PartialLogout"), (response.Status, response.Detail));
        (await Admin.ReadAsync(session)).Expect(Failures.NoSession);
    }

    [Fact]
    public async Task One_that_cannot_be_told_makes_the_logout_partial()
    {
        using var first = await TestServiceProvider.RegisterAsync(Admin);
        using var deaf = await TestServiceProvider.RegisterAsync(Admin, logoutBindings: []);
        using var gone = await TestServiceProvider.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        foreach (var other in new[] { deaf, gone })
        {
            var session = await Admin.OpenAsync(human);
            var login = await first.SignInAsync(session);
            await other.SignInAsync(session);
            if (other == gone)
            {
                (await Admin.DeleteAsync($"/v2/saml/service_providers/{gone.Id}")).Expect(200);
            }

            var reply = await first.LogoutAsync(first.LogoutRequest(login.NameId, login.SessionIndex));
            var response = await ReceivedMessage.OfAsync(first.Browser, reply, $"{TestServiceProvider.LogoutAddress}/done");
            Assert.Equal(("Success", "PartialLogout"), (response.Status, response.Detail));
            (await Admin.ReadAsync(session)).Expect(Failures.NoSession);
        }
    }

    [Fact]
    public async Task An_answer_counts_once_and_only_from_whom_it_is_waited_for()
    {
        using var first = await TestServiceProvider.RegisterAsync(Admin);
        using var second = await TestServiceProvider.RegisterAsync(Admin);
        using var stranger = await TestServiceProvider.RegisterAsync(Admin);
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var login = await first.SignInAsync(session);
        await second.SignInAsync(session);
        var id = (await second.ToldAsync(await first.LogoutAsync(first.LogoutRequest(login.NameId, login.SessionIndex)))).Text(
            "/p:LogoutRequest/@ID"
        );

        var good = second.Query(second.LogoutResponse(id));
        foreach (
            var query in new[]
            {
                first.Query(first.LogoutResponse(id)),
                stranger.Query(stranger.LogoutResponse(id)),
                second.Query(second.LogoutResponse(id), sign: false),
                second.Query(second.LogoutResponse($"{id[..^1]}{(id[^1] == 'A' ? 'B' : 'A')}")),
                second.Query(second.LogoutResponse("_nobody")),
                second.Query(second.LogoutResponse(null)),
                second.Query(second.LogoutResponse(id, attributes: ("Destination", "https://elsewhere.example/saml/v2/SLO"))),
                second.Query(second.LogoutResponse(id, attributes: ("IssueInstant", "2020-01-01T00:00:00Z"))),
                good.Replace("&Signature=", "&Signature=AAAA", StringComparison.Ordinal),
                good.Replace("SAMLResponse=", "SAMLRequest=", StringComparison.Ordinal),
            }
        )
        {
            (await second.Browser.GetAsync($"/saml/v2/SLO?{query}")).Expect(400);
        }

        var reply = (await second.Browser.GetAsync($"/saml/v2/SLO?{good}")).Expect(302);
        Assert.Equal("Success", (await ReceivedMessage.OfAsync(first.Browser, reply, $"{TestServiceProvider.LogoutAddress}/done")).Status);
        (await second.Browser.GetAsync($"/saml/v2/SLO?{good}")).Expect(400);
        (await second.LogoutAsync(second.LogoutResponse(id))).Expect(400);
    }

    [Fact]
    public async Task The_browser_of_a_logout_by_OpenID_Connect_visits_the_service_providers_too()
    {
        await using var receiver = new LogoutReceiver();
        var client = await RelyingParty.RegisterAsync(Admin, ("backchannelLogoutUri", receiver.Address));
        using var provider = await TestServiceProvider.RegisterAsync(Admin, withCertificate: false);
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var tokens = await client.SignInAsync(session);
        var login = await provider.ReceiveAsync(
            (
                await provider.CompleteAsync(
                    TestServiceProvider.RequestIdOf(await provider.SignOnAsync(provider.Query(provider.AuthnRequest(), sign: false))),
                    session
                )
            ).Expect(200)
        );

        var told = await provider.ToldAsync(
            (
                await client.Anonymous.GetAsync(
                    $"/oidc/v1/end_session?id_token_hint={tokens.Text("id_token")}&state=s-2&post_logout_redirect_uri={Uri.EscapeDataString(RelyingParty.PostLogoutRedirectUri)}"
                )
            ).Expect(302)
        );
        (await Admin.ReadAsync(session)).Expect(Failures.NoSession);
        await receiver.WaitForAsync(session.Id, TimeSpan.FromSeconds(10));
        Assert.Equal(login.SessionIndex, told.Text("/p:LogoutRequest/p:SessionIndex"));

        // This service provider has no keys. The request id, which only it knows, proves the answer.
        var answer = provider.Query(provider.LogoutResponse(told.Text("/p:LogoutRequest/@ID"), "Responder"), sign: false);
        var back = (await provider.Browser.GetAsync($"/saml/v2/SLO?{answer}")).Expect(302);
        Assert.Equal($"{RelyingParty.PostLogoutRedirectUri}?state=s-2", back.Header("Location"));
    }
}
