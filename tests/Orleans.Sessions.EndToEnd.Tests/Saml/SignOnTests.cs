using System.Globalization;
using Orleans.Sessions.EndToEnd.Saml.Harness;

namespace Orleans.Sessions.EndToEnd.Saml;

/// <summary>Successful logins at service providers.</summary>
public sealed class SignOnTests(SqliteHost host) : ContractTests(host)
{
    [Fact]
    public async Task The_metadata_are_signed_and_the_certificate_is_the_one_that_signs()
    {
        var browser = Admin.As(null);
        var certificates = await ReceivedMessage.CertificatesAsync(browser);
        var pem = (await browser.GetAsync("/saml/v2/certificate")).Expect(200).Body;
        Assert.Equal(
            Assert.Single(certificates).RawData,
            System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(pem).RawData
        );
        Assert.True(certificates[0].NotAfter > DateTime.Now.AddDays(3 * 365));
        var metadata = (await browser.GetAsync("/saml/v2/metadata")).Expect(200);
        Assert.StartsWith("application/samlmetadata+xml", metadata.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains($"entityID=\"{new Uri(Admin.Host.Address, "/saml/v2/metadata")}\"", metadata.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_gives_a_signed_assertion_about_the_person_and_the_session()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);
        var session = await Admin.OpenAsync(new { checks = human.WithPassword, lifetime = "3600s" });
        var request = provider.AuthnRequest();
        const string RelayState = "a+b c&d=%2F";

        var requestId = await provider.RequestAsync(request, RelayState);
        var pending = (await Admin.GetAsync($"/v2/saml/saml_requests/{requestId}")).Expect(200);
        Assert.Equal(requestId, pending.Text("samlRequest.id"));
        Assert.True(pending.Date("samlRequest.creationDate") > before);
        Assert.Equal(provider.EntityId, pending.Text("samlRequest.issuer"));
        Assert.Equal(TestServiceProvider.Consumer, pending.Text("samlRequest.assertionConsumerService"));
        Assert.Equal(RelayState, pending.Text("samlRequest.relayState"));
        Assert.Equal(TestServiceProvider.PostBinding, pending.Text("samlRequest.binding"));

        var completed = (await provider.CompleteAsync(requestId, session)).Expect(200);
        Assert.Equal(TestServiceProvider.Consumer, completed.Text("url"));
        Assert.Equal(RelayState, completed.Text("post.relayState"));
        var response = await provider.ReceiveAsync(completed);
        Assert.Equal("Success", response.Status);
        var id = request.Attribute("ID")!.Value;
        const string Subject = "/p:Response/a:Assertion/a:Subject";
        Assert.Equal(id, response.Text("/p:Response/@InResponseTo"));
        Assert.Equal(TestServiceProvider.Consumer, response.Text("/p:Response/@Destination"));
        Assert.Equal(new Uri(Admin.Host.Address, "/saml/v2/metadata").AbsoluteUri, response.Text("/p:Response/a:Assertion/a:Issuer"));
        Assert.Equal(id, response.Text($"{Subject}/a:SubjectConfirmation/a:SubjectConfirmationData/@InResponseTo"));
        Assert.Equal(TestServiceProvider.Consumer, response.Text($"{Subject}/a:SubjectConfirmation/a:SubjectConfirmationData/@Recipient"));
        Assert.Equal(provider.EntityId, response.Text("/p:Response/a:Assertion/a:Conditions/a:AudienceRestriction/a:Audience"));
        Assert.Equal("urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress", response.Text($"{Subject}/a:NameID/@Format"));
        Assert.Equal(human.Email, response.NameId);
        Assert.Equal(human.LoginName, response.Attribute("UserName"));
        Assert.Equal(human.Id, response.Attribute("UserID"));
        Assert.Equal(["Mouse", "Minnie", "Minnie M."], new[] { "SurName", "FirstName", "FullName" }.Select(response.Attribute));
        Assert.Equal((human.Email, "true"), (response.Attribute("Email"), response.Attribute("EmailVerified")));
        Assert.Equal("urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport", response.ContextClass);

        var read = (await Admin.ReadAsync(session)).Expect(200);
        const string Statement = "/p:Response/a:Assertion/a:AuthnStatement";
        Assert.Equal(
            read.Date("session.factors.password.verifiedAt"),
            Date(response.Text($"{Statement}/@AuthnInstant")),
            TimeSpan.FromMilliseconds(2)
        );
        Assert.Equal(
            read.Date("session.expirationDate"),
            Date(response.Text($"{Statement}/@SessionNotOnOrAfter")),
            TimeSpan.FromMilliseconds(2)
        );
        var end = Date(response.Text("/p:Response/a:Assertion/a:Conditions/@NotOnOrAfter"));
        Assert.InRange(end, DateTimeOffset.UtcNow.AddMinutes(4), DateTimeOffset.UtcNow.AddMinutes(5));
        Assert.DoesNotContain(session.Id, response.SessionIndex, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_may_be_posted_and_answers_go_by_redirect_where_that_is_registered()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin, signsRequests: true);
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var request = provider.AuthnRequest(("AssertionConsumerServiceIndex", "1"));
        var requestId = TestServiceProvider.RequestIdOf(await provider.PostAsync(provider.SignOnAddress, provider.Field(request), "state"));

        var completed = (await provider.CompleteAsync(requestId, session)).Expect(200);
        Assert.True(completed.Has("redirect"));
        var response = await ReceivedMessage.OfUrlAsync(provider.Browser, completed.Text("url"), TestServiceProvider.OtherConsumer);
        Assert.Equal(("Success", "state"), (response.Status, response.RelayState));

        requestId = await provider.RequestAsync(provider.AuthnRequest(("AssertionConsumerServiceURL", TestServiceProvider.OtherConsumer)));
        Assert.Equal(
            TestServiceProvider.RedirectBinding,
            (await Admin.GetAsync($"/v2/saml/saml_requests/{requestId}")).Expect(200).Text("samlRequest.binding")
        );
    }

    [Fact]
    public async Task A_response_is_signed_by_the_algorithm_that_the_metadata_name()
    {
        using var provider = TestServiceProvider.New(Admin);
        const string Sha512 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512";
        const string Support = "xmlns:alg=\"urn:oasis:names:tc:SAML:metadata:algsupport\"";
        var metadata = provider
            .Metadata()
            .Replace(
                "<md:SPSSODescriptor",
                $"<md:Extensions><alg:SigningMethod {Support} Algorithm=\"{Sha512}\"/></md:Extensions><md:SPSSODescriptor",
                StringComparison.Ordinal
            );
        var created = (await Admin.PostAsync("/v2/saml/service_providers", new { settings = new { metadata } })).Expect(201);
        Assert.Equal(Sha512, created.Text("serviceProvider.signatureMethod"));

        var response = await provider.SignInAsync(await Admin.OpenAsync(await Admin.NewHumanAsync()));

        Assert.Equal(Sha512, response.Text("/p:Response/d:Signature/d:SignedInfo/d:SignatureMethod/@Algorithm"));
    }

    [Fact]
    public async Task The_login_frontend_reads_whom_a_request_wants_and_how()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        const string Format = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
        var asked = provider.AuthnRequest([("ForceAuthn", "true")], TestServiceProvider.Subject("minnie@example.com", Format));

        var pending = await PendingAsync(await provider.RequestAsync(asked));
        Assert.True(pending["samlRequest.forceAuthn"]!.GetValue<bool>());
        Assert.False(pending.Has("samlRequest.isPassive"));
        Assert.Equal(("minnie@example.com", Format), (pending.Text("samlRequest.subject"), pending.Text("samlRequest.subjectFormat")));

        pending = await PendingAsync(await provider.RequestAsync());
        Assert.False(pending.Has("samlRequest.forceAuthn") || pending.Has("samlRequest.subject"));
    }

    [Fact]
    public async Task A_request_is_answered_once_however_many_complete_it()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var requestId = await provider.RequestAsync();
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => provider.CompleteAsync(requestId, session)));
        Assert.Single(replies, reply => reply.Status == 200);
        var handled = new Failure(400, 9, "COMMAND-ttPKNdAIFT", "SAML Request has already been handled");
        Assert.All(replies.Where(reply => reply.Status != 200), reply => reply.Expect(handled));
        (await RefuseAsync(requestId, "ERROR_REASON_AUTH_N_FAILED")).Expect(handled with { Id = "COMMAND-32lGj1Fhjt" });
    }

    [Fact]
    public async Task A_service_provider_or_an_address_that_is_gone_gets_no_answer()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var path = $"/v2/saml/service_providers/{provider.Id}";
        var gone = new Failure(404, 5, "SAML-Sp001", "Service provider could not be found");
        var (login, refusal) = (await provider.RequestAsync(), await provider.RequestAsync());

        var moved = provider.Metadata().Replace(TestServiceProvider.Consumer, "https://app.example/elsewhere", StringComparison.Ordinal);
        (await Admin.PutAsync(path, new { settings = new { metadata = moved } })).Expect(200);
        (await provider.CompleteAsync(login, session)).Expect(gone);
        (await Admin.PutAsync(path, new { settings = new { metadata = provider.Metadata() } })).Expect(200);
        (await provider.CompleteAsync(login, session)).Expect(200);

        login = await provider.RequestAsync();
        (await Admin.DeleteAsync(path)).Expect(200);
        (await provider.CompleteAsync(login, session)).Expect(gone);
        (await RefuseAsync(refusal, "ERROR_REASON_AUTH_N_FAILED")).Expect(gone);
    }

    [Fact]
    public async Task A_refused_login_is_told_by_its_status()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        foreach (
            var (reason, status, detail) in new[]
            {
                ("ERROR_REASON_AUTH_N_FAILED", "Responder", "AuthnFailed"),
                ("ERROR_REASON_REQUEST_DENIED", "Responder", "RequestDenied"),
                ("ERROR_REASON_INVALID_NAMEID_POLICY", "Requester", "InvalidNameIDPolicy"),
            }
        )
        {
            var response = await provider.ReceiveAsync((await RefuseAsync(await provider.RequestAsync(), reason)).Expect(200));
            Assert.Equal(
                (status, detail, "no & <way>"),
                (response.Status, response.Detail, response.Text("/p:Response/p:Status/p:StatusMessage"))
            );
            Assert.False(response.Has("//a:Assertion"));
        }
    }

    [Fact]
    public async Task A_relay_state_may_be_the_long_address_of_a_page()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        var page = "https://app.example/page?".PadRight(2096, 'x').PadRight(4096, '&');

        var requestId = await provider.RequestAsync(relayState: page);

        var completed = await provider.CompleteAsync(requestId, await Admin.OpenAsync(await Admin.NewHumanAsync()));
        Assert.Equal(page, completed.Expect(200).Text("post.relayState"));
    }

    [Fact]
    public async Task Only_login_clients_see_and_complete_requests()
    {
        var login = await Admin.NewMachineAsync();
        using var provider = await TestServiceProvider.RegisterAsync(Admin, settings: ("loginClientId", login.Id));
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());
        var requestId = await provider.RequestAsync();
        var path = $"/v2/saml/saml_requests/{requestId}";
        var stranger = await Admin.NewMachineAsync();
        (await stranger.Api.GetAsync(path)).Expect(Failures.NoPermission);
        (await stranger.Api.PostAsync(path, new { session = new { sessionId = session.Id, sessionToken = session.Token } })).Expect(
            Failures.NoPermission
        );
        (await Admin.As(null).GetAsync(path)).Expect(401);
        (await login.Api.GetAsync(path)).Expect(200);
        (await login.Api.PostAsync(path, new { session = new { sessionId = session.Id, sessionToken = session.Token } })).Expect(200);
        const string Id = "COMMAND-GH3PVLSfXC";
        const string Text = "SAML Request does not exist";
        (await Admin.GetAsync("/v2/saml/saml_requests/V2_unknown")).Expect(new Failure(404, 5, Id, Text));
        (await provider.CompleteAsync("V2_unknown", session)).Expect(new Failure(400, 9, Id, Text));
        (await Admin.PostAsync(path)).ExpectRefusal();
    }

    private static DateTimeOffset Date(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private async Task<Reply> PendingAsync(string requestId) => (await Admin.GetAsync($"/v2/saml/saml_requests/{requestId}")).Expect(200);

    private Task<Reply> RefuseAsync(string requestId, string reason) =>
        Admin.PostAsync($"/v2/saml/saml_requests/{requestId}", new { error = new { error = reason, errorDescription = "no & <way>" } });
}
