using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Xml;
using System.Xml.Linq;
using Npgsql;
using Orleans.Sessions.EndToEnd.Saml.Harness;

namespace Orleans.Sessions.EndToEnd.Saml;

/// <summary>All nodes act as one identity provider, which survives the loss of a node.</summary>
public sealed class ClusterTests : OwnHosts
{
    private static readonly Uri s_origin = new("https://id.example.com");

    [Fact]
    public async Task Nodes_share_certificates_service_providers_requests_and_logins()
    {
        var connectionString = await Databases.CreateAsync();
        var settings = HostSettings.Shared.With("Sessions__Origin__Public", s_origin.OriginalString);
        var a = Admin(await StartAsync(settings.OnPostgreSql(connectionString)));
        var b = a.At(await JoinAsync(settings.OnPostgreSql(connectionString)));
        Assert.Equal(
            (await a.GetAsync("/saml/v2/certificate")).Expect(200).Body,
            (await b.GetAsync("/saml/v2/certificate")).Expect(200).Body
        );
        using var provider = await TestServiceProvider.RegisterAsync(a);
        provider.Origin = s_origin;
        var session = await a.OpenAsync(await a.NewHumanAsync());
        var query = provider.Query(provider.AuthnRequest());
        var requestId = TestServiceProvider.RequestIdOf(await provider.SignOnAsync(query));

        provider.MoveTo(b);
        (await provider.SignOnAsync(query)).Expect(400);
        var login = await provider.ReceiveAsync((await provider.CompleteAsync(requestId, session)).Expect(200));
        Assert.Equal($"{s_origin}saml/v2/metadata", login.Text("/p:Response/a:Issuer"));
        using var other = await TestServiceProvider.RegisterAsync(a);
        other.Origin = s_origin;
        await other.SignInAsync(session);

        // One node sends the logout request, and another node receives the answer.
        var told = await other.ToldAsync(await provider.PostLogoutAsync(provider.LogoutRequest(login.NameId, login.SessionIndex)));
        Assert.Equal($"{s_origin}saml/v2/metadata", told.Text("/p:LogoutRequest/a:Issuer"));
        Assert.Equal(
            "Success",
            await StatusAsync(provider, await other.LogoutAsync(other.LogoutResponse(told.Text("/p:LogoutRequest/@ID"))))
        );
        (await a.ReadAsync(session)).Expect(404);

        // The purge does the same an hour after the login: afterwards nobody knows what these names meant.
        await using (var database = new NpgsqlConnection(connectionString))
        {
            await database.OpenAsync(TestContext.Current.CancellationToken);
            await using var purge = new NpgsqlCommand("with logins as (delete from saml_login) delete from session_state", database);
            Assert.True(await purge.ExecuteNonQueryAsync(TestContext.Current.CancellationToken) > 0);
        }

        Assert.Equal(
            "Success",
            await StatusAsync(provider, await provider.PostLogoutAsync(provider.LogoutRequest(login.NameId, login.SessionIndex)))
        );
    }

    [Fact]
    public async Task A_certificate_is_in_the_metadata_before_it_signs_and_metadata_are_kept_for_half_of_that_time()
    {
        var settings = HostSettings.Shared.With(Setting.DataPath, NewFolder());
        var host = await StartAsync(settings);
        var browser = Admin(host).As(null);
        var first = Assert.Single(await ReceivedMessage.CertificatesAsync(browser));
        var metadata = await MetadataAsync(browser);
        Assert.Null(metadata.Attribute("validUntil"));
        Assert.Equal("P1D", metadata.Attribute("cacheDuration")!.Value);
        await host.TerminateAsync();

        // With these settings the next certificate is created a tenth of a second after the first one.
        host = await StartAsync(
            settings
                .With("Sessions__Saml__Certificates__Lifetime", "1.00:00:00")
                .With("Sessions__Saml__Certificates__Announcement", "23:59:59.9")
                .With("Sessions__Saml__MetadataLifetime", "10.00:00:00")
        );
        browser = Admin(host).As(null);
        var announced = await ReceivedMessage.CertificatesAsync(browser);
        Assert.Equal(2, announced.Count);
        Assert.Equal(first.Thumbprint, announced[0].Thumbprint);
        metadata = await MetadataAsync(browser);
        Assert.InRange(XmlConvert.ToTimeSpan(metadata.Attribute("cacheDuration")!.Value), TimeSpan.FromHours(11.9), TimeSpan.FromHours(12));
        Assert.InRange(
            DateTimeOffset.Parse(metadata.Attribute("validUntil")!.Value, CultureInfo.InvariantCulture) - DateTimeOffset.UtcNow,
            TimeSpan.FromDays(9.9),
            TimeSpan.FromDays(10)
        );
        using var signing = X509Certificate2.CreateFromPem((await browser.GetAsync("/saml/v2/certificate")).Expect(200).Body);
        Assert.Equal(first.Thumbprint, signing.Thumbprint);
    }

    [Fact]
    public async Task A_restart_keeps_certificates_service_providers_names_and_what_was_used()
    {
        var settings = HostSettings.Shared.With(Setting.DataPath, NewFolder()).With("Sessions__Origin__Public", s_origin.OriginalString);
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

    private static async Task<string> StatusAsync(TestServiceProvider provider, Reply reply)
    {
        var response = await ReceivedMessage.OfPageAsync(provider.Browser, reply, TestServiceProvider.LogoutAddress);
        Assert.False(response.Has("/*/p:Status/p:StatusCode/p:StatusCode"));
        return response.Status;
    }

    private static async Task<XElement> MetadataAsync(Api browser) =>
        XDocument.Parse((await browser.GetAsync("/saml/v2/metadata")).Expect(200).Body).Root!;
}
