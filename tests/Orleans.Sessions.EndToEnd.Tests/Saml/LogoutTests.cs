using Orleans.Sessions.EndToEnd.Saml.Harness;

namespace Orleans.Sessions.EndToEnd.Saml;

/// <summary>Logouts that service providers start.</summary>
public sealed class LogoutTests(SqliteHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_logout_by_redirect_ends_the_session_and_no_other()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        var (session, other) = (await Admin.OpenAsync(human), await Admin.OpenAsync(human));
        var login = await provider.SignInAsync(session);
        await provider.SignInAsync(other);

        var request = provider.LogoutRequest(login.NameId, login.SessionIndex);
        var reply = (await provider.Browser.GetAsync($"/saml/v2/SLO?{provider.Query(request, "bye")}")).Expect(302);
        var response = await ReceivedMessage.OfUrlAsync(
            provider.Browser,
            reply.Header("Location")!,
            $"{TestServiceProvider.LogoutAddress}/done"
        );
        Assert.Equal(("Success", "bye"), (response.Status, response.RelayState));
        Assert.Equal(request.Attribute("ID")!.Value, response.Text("/p:LogoutResponse/@InResponseTo"));
        Assert.Equal($"{TestServiceProvider.LogoutAddress}/done", response.Text("/p:LogoutResponse/@Destination"));
        (await Admin.ReadAsync(session)).Expect(404);
        (await Admin.ReadAsync(other)).Expect(200);

        // The session has already ended, which is the wanted result.
        Assert.Equal("Success", await LogOutAsync(provider, provider.Query(provider.LogoutRequest(login.NameId, login.SessionIndex))));
    }

    [Fact]
    public async Task A_posted_logout_without_a_session_ends_all_of_the_person_at_this_service_provider()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        using var elsewhere = await TestServiceProvider.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        var (first, second, foreign) = (await Admin.OpenAsync(human), await Admin.OpenAsync(human), await Admin.OpenAsync(human));
        var login = await provider.SignInAsync(first);
        await provider.SignInAsync(second);
        await elsewhere.SignInAsync(foreign);

        var page = await provider.PostAsync(provider.SingleLogoutAddress, provider.Field(provider.LogoutRequest(login.NameId)), "bye");
        var response = await ReceivedMessage.OfPageAsync(provider.Browser, page, TestServiceProvider.LogoutAddress);
        Assert.Equal(("Success", "bye"), (response.Status, response.RelayState));
        (await Admin.ReadAsync(first)).Expect(404);
        (await Admin.ReadAsync(second)).Expect(404);
        (await Admin.ReadAsync(foreign)).Expect(200);
    }

    [Fact]
    public async Task Nobody_is_logged_out_by_guessing()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        using var other = await TestServiceProvider.RegisterAsync(Admin);
        using var bare = await TestServiceProvider.RegisterAsync(Admin, withCertificate: false);
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        var login = await provider.SignInAsync(session);
        var bareLogin = await bare.ReceiveAsync(
            (
                await bare.CompleteAsync(
                    TestServiceProvider.RequestIdOf(await bare.SignOnAsync(bare.Query(bare.AuthnRequest(), sign: false))),
                    session
                )
            ).Expect(200)
        );

        // A request that matches no session succeeds at once, and reveals nothing about the users who are logged in.
        Assert.Equal("Success", await LogOutAsync(provider, provider.Query(provider.LogoutRequest("somebody-else", login.SessionIndex))));
        Assert.Equal("Success", await LogOutAsync(provider, provider.Query(provider.LogoutRequest(login.NameId, "_guessed"))));
        Assert.Equal("Success", await LogOutAsync(other, other.Query(other.LogoutRequest(login.NameId, login.SessionIndex))));
        Assert.Equal("Success", await LogOutAsync(other, other.Query(other.LogoutRequest(login.NameId))));
        foreach (
            var (sender, query) in new[]
            {
                (provider, provider.Query(provider.LogoutRequest(login.NameId, login.SessionIndex), sign: false)),
                (
                    provider,
                    provider
                        .Query(provider.LogoutRequest(login.NameId, login.SessionIndex))
                        .Replace("&Signature=", "&Signature=AAAA", StringComparison.Ordinal)
                ),
                (bare, bare.Query(bare.LogoutRequest(bareLogin.NameId), sign: false)),
                (provider, provider.Query(provider.AuthnRequest())),
            }
        )
        {
            (await sender.Browser.GetAsync($"/saml/v2/SLO?{query}")).Expect(400);
        }

        (await Admin.ReadAsync(session)).Expect(200);
        await provider.ToldAsync(
            await bare.Browser.GetAsync(
                $"/saml/v2/SLO?{bare.Query(bare.LogoutRequest(bareLogin.NameId, bareLogin.SessionIndex), sign: false)}"
            )
        );
        (await Admin.ReadAsync(session)).Expect(404);
    }

    private static async Task<string> LogOutAsync(TestServiceProvider provider, string query)
    {
        var reply = (await provider.Browser.GetAsync($"/saml/v2/SLO?{query}")).Expect(302);
        return (
            await ReceivedMessage.OfUrlAsync(provider.Browser, reply.Header("Location")!, $"{TestServiceProvider.LogoutAddress}/done")
        ).Status;
    }
}
