using Orleans.Sessions.EndToEnd.Saml.Harness;

namespace Orleans.Sessions.EndToEnd.Saml;

/// <summary>The identity provider is one on every node, and outlives nodes.</summary>
public sealed class Clusters : OwnHosts
{
    private static readonly Uri s_origin = new("https://id.example.com");

    [Fact]
    public async Task Nodes_share_certificates_service_providers_requests_and_logins()
    {
        var connectionString = await Databases.CreateAsync();
        var settings = HostSettings.Shared.With("Sessions__PublicOrigin", s_origin.OriginalString);
        var a = Admin(await StartAsync(settings.OnPostgreSql(connectionString)));
        var b = a.At(await StartAsync(settings.OnPostgreSql(connectionString)));
        Assert.Equal((await a.GetAsync("/saml/v2/certificate")).Expect(200).Body, (await b.GetAsync("/saml/v2/certificate")).Expect(200).Body);
        using var provider = await TestServiceProvider.RegisterAsync(a);
        provider.Origin = s_origin;
        var session = await a.OpenAsync(await a.NewHumanAsync());
        var query = provider.Query(provider.AuthnRequest());
        var requestId = TestServiceProvider.RequestIdOf(await provider.SignOnAsync(query));

        provider.MoveTo(b);
        (await provider.SignOnAsync(query)).Expect(400);
        var login = await provider.ReceiveAsync((await provider.CompleteAsync(requestId, session)).Expect(200));
        Assert.Equal($"{s_origin}saml/v2/metadata", login.Text("/p:Response/a:Issuer"));
        var page = await provider.PostAsync(provider.SingleLogoutAddress, provider.Field(provider.LogoutRequest(login.NameId, login.SessionIndex)));
        Assert.Equal("Success", (await ReceivedResponse.OfPageAsync(provider.Browser, page, TestServiceProvider.LogoutAddress)).Status);
        (await a.ReadAsync(session)).Expect(404);
    }

    [Fact]
    public async Task A_restart_keeps_certificates_service_providers_names_and_what_was_used()
    {
        var settings = HostSettings.Shared.With(Setting.DataPath, NewFolder()).With("Sessions__PublicOrigin", s_origin.OriginalString);
        var host = await StartAsync(settings);
        var admin = Admin(host);
        using var provider = await TestServiceProvider.RegisterAsync(admin);
        provider.Origin = s_origin;
        var session = await admin.OpenAsync(await admin.NewHumanAsync());
        var certificate = (await admin.GetAsync("/saml/v2/certificate")).Expect(200).Body;
        var request = provider.AuthnRequest([], TestServiceProvider.NameIdPolicy("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"));
        var login = await provider.SignInAsync(session, request);

        await host.TerminateAsync();
        provider.MoveTo(admin.At(await StartAsync(settings)));
        Assert.Equal(certificate, (await provider.Browser.GetAsync("/saml/v2/certificate")).Expect(200).Body);
        (await provider.SignOnAsync(request)).Expect(400);
        request.SetAttributeValue("ID", "_another");
        var again = await provider.SignInAsync(session, request);
        Assert.Equal((login.NameId, login.SessionIndex), (again.NameId, again.SessionIndex));
    }
}
