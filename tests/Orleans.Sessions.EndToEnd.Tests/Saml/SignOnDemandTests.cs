using System.Security.Cryptography;
using System.Xml.Linq;
using Orleans.Sessions.EndToEnd.Saml.Harness;

namespace Orleans.Sessions.EndToEnd.Saml;

/// <summary>The rules for a request, and the proofs that a session needs before it may answer one.</summary>
public sealed class SignOnDemandTests(SqliteHost host) : ContractTests(host)
{
    private const string Mfa = "https://refeds.org/profile/mfa";
    private const string Password = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";

    [Fact]
    public async Task A_message_that_cannot_be_trusted_gets_a_page_and_leads_nowhere()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin, signsRequests: true);
        using var stranger = TestServiceProvider.New(Admin);
        using var key = RSA.Create(2048);
        var old = DateTimeOffset.UtcNow.AddMinutes(-6).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        var future = DateTimeOffset
            .UtcNow.AddMinutes(6)
            .ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        var signed = provider.Query(provider.AuthnRequest());
        string[] queries =
        [
            "",
            "SAMLRequest=nonsense",
            "SAMLRequest=",
            stranger.Query(stranger.AuthnRequest()),
            provider.Query(provider.AuthnRequest(), sign: false),
            provider.Query(provider.AuthnRequest(), key: key),
            signed[..signed.IndexOf("&Signature=", StringComparison.Ordinal)] + "&Signature=AAAA",
            signed.Replace("&SigAlg", "&RelayState=added&SigAlg", StringComparison.Ordinal),
            provider.Query(provider.AuthnRequest(("Destination", "https://elsewhere.example/saml/v2/SSO"))),
            provider.Query(provider.AuthnRequest(("Destination", null))),
            provider.Query(provider.AuthnRequest(("IssueInstant", old))),
            provider.Query(provider.AuthnRequest(("IssueInstant", future))),
            provider.Query(provider.AuthnRequest(("Version", "1.1"))),
            provider.Query(provider.AuthnRequest(("AssertionConsumerServiceURL", "https://evil.example/acs"))),
            provider.Query(provider.AuthnRequest(("AssertionConsumerServiceURL", $"{TestServiceProvider.Consumer}/"))),
            provider.Query(provider.AuthnRequest(("AssertionConsumerServiceURL", $"{TestServiceProvider.Consumer}/paos"))),
            provider.Query(provider.AuthnRequest(("AssertionConsumerServiceIndex", "9"))),
            provider.Query(provider.AuthnRequest(), relayState: new string('x', 4097)),
            provider.Query(provider.LogoutRequest("somebody")),
        ];
        foreach (var query in queries)
        {
            ExpectPage(await provider.SignOnAsync(query));
        }

        ExpectPage(
            await provider.PostAsync(
                provider.SignOnAddress,
                Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(provider.AuthnRequest().ToString()))
            )
        );
        ExpectPage(await provider.PostAsync(provider.SignOnAddress, ""));
        var tampered = System.Text.Encoding.UTF8.GetString(
            Convert.FromBase64String(provider.Field(provider.AuthnRequest(("ForceAuthn", "true"))))
        );
        ExpectPage(
            await provider.PostAsync(
                provider.SignOnAddress,
                Convert.ToBase64String(
                    System.Text.Encoding.UTF8.GetBytes(
                        tampered.Replace("ForceAuthn=\"true\"", "ForceAuthn=\"false\"", StringComparison.Ordinal)
                    )
                )
            )
        );
        Assert.Equal(302, (await provider.SignOnAsync(signed)).Status);
    }

    [Fact]
    public async Task A_request_is_taken_once()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        var query = provider.Query(provider.AuthnRequest());
        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => provider.SignOnAsync(query)));
        Assert.Single(replies, reply => reply.Status == 302);
        Assert.All(replies.Where(reply => reply.Status != 302), ExpectPage);
        ExpectPage(await provider.SignOnAsync(query));

        // Another service provider may use the same id.
        using var other = await TestServiceProvider.RegisterAsync(Admin);
        var request = provider.AuthnRequest();
        await provider.RequestAsync(request);
        await other.RequestAsync(other.AuthnRequest(("ID", request.Attribute("ID")!.Value)));
    }

    [Fact]
    public async Task Unsigned_requests_are_taken_only_from_those_who_need_not_sign()
    {
        using var free = await TestServiceProvider.RegisterAsync(Admin);
        using var bare = await TestServiceProvider.RegisterAsync(Admin, withCertificate: false);
        using var strict = await TestServiceProvider.RegisterAsync(Admin, settings: ("requireSignedRequests", true));
        Assert.Equal(302, (await free.SignOnAsync(free.Query(free.AuthnRequest(("Destination", null)), sign: false))).Status);
        Assert.Equal(302, (await bare.SignOnAsync(bare.Query(bare.AuthnRequest(), sign: false))).Status);
        ExpectPage(await strict.SignOnAsync(strict.Query(strict.AuthnRequest(), sign: false)));
        using var key = RSA.Create(2048);
        ExpectPage(await free.SignOnAsync(free.Query(free.AuthnRequest(), key: key)));
    }

    [Fact]
    public async Task What_cannot_be_done_is_told_to_the_service_provider()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        foreach (
            var (request, status, detail) in new (XElement, string, string)[]
            {
                (provider.AuthnRequest(("IsPassive", "true")), "Responder", "NoPassive"),
                (
                    provider.AuthnRequest([], TestServiceProvider.NameIdPolicy("urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos")),
                    "Requester",
                    "InvalidNameIDPolicy"
                ),
                (
                    provider.AuthnRequest(
                        [],
                        TestServiceProvider.RequestedContext("exact", "urn:oasis:names:tc:SAML:2.0:ac:classes:Kerberos")
                    ),
                    "Requester",
                    "NoAuthnContext"
                ),
                (provider.AuthnRequest([], TestServiceProvider.RequestedContext("better", "aal3")), "Requester", "NoAuthnContext"),
            }
        )
        {
            var response = await ReceivedMessage.OfPageAsync(
                provider.Browser,
                await provider.SignOnAsync(request, "state <&>"),
                TestServiceProvider.Consumer
            );
            Assert.Equal((status, detail, "state <&>"), (response.Status, response.Detail, response.RelayState));
            Assert.Equal(request.Attribute("ID")!.Value, response.Text("/p:Response/@InResponseTo"));
        }

        var passive = provider.AuthnRequest(("IsPassive", "true"), ("AssertionConsumerServiceURL", TestServiceProvider.OtherConsumer));
        var redirected = (await provider.SignOnAsync(passive)).Expect(302).Header("Location")!;
        Assert.Equal(
            "NoPassive",
            (await ReceivedMessage.OfUrlAsync(provider.Browser, redirected, TestServiceProvider.OtherConsumer)).Detail
        );
    }

    [Fact]
    [Asvs("7.6.1")]
    public async Task A_forced_login_wants_a_factor_newer_than_the_request()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        var requestId = await provider.RequestAsync(provider.AuthnRequest(("ForceAuthn", "true")));
        (await provider.CompleteAsync(requestId, session)).Expect(
            new Failure(
                400,
                9,
                "OIDC-Acr03",
                "insufficient_user_authentication: the request asks for a new login (prompt=login, ForceAuthn): prove a factor again"
            )
        );
        session = session.After(await Admin.SetAsync(session, new { checks = human.OnlyPassword }));
        (await provider.CompleteAsync(requestId, session)).Expect(200);
    }

    [Fact]
    public async Task The_wanted_assurance_is_kept_and_told()
    {
        var secondFactor = new Failure(
            400,
            9,
            "OIDC-Acr04",
            "insufficient_user_authentication: acr aal2 needs a second factor of another kind, or a passkey"
        );
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        using var strict = await TestServiceProvider.RegisterAsync(Admin, settings: ("minimumAcr", "aal2"));
        var human = await Admin.NewHumanAsync(withTotp: true);
        var session = await Admin.OpenAsync(human);
        var exact = await provider.RequestAsync(Context(provider, "exact", Mfa));
        var verdict = (
            await Admin.PostAsync(
                "/v2/sessions/evaluate",
                new
                {
                    sessionId = session.Id,
                    sessionToken = session.Token,
                    samlRequestId = exact,
                }
            )
        ).Expect(200);
        Assert.Equal((secondFactor.Id, "aal2"), (verdict.Text("refusalId"), verdict.Text("requiredAcr")));
        (await provider.CompleteAsync(exact, session)).Expect(secondFactor);
        (await provider.CompleteAsync(await provider.RequestAsync(Context(provider, "better", Password)), session)).Expect(secondFactor);
        (await strict.CompleteAsync(await strict.RequestAsync(), session)).Expect(secondFactor);
        Assert.Equal(Password, (await provider.SignInAsync(session, Context(provider, "exact", Mfa, Password))).ContextClass);

        session = session.After(
            await Admin.SetAsync(session, new { checks = new { totp = new { code = TotpCode.Now(human.TotpSecret) } } })
        );
        Assert.Equal(Mfa, (await provider.ReceiveAsync((await provider.CompleteAsync(exact, session)).Expect(200))).ContextClass);
        Assert.Equal(Mfa, (await strict.SignInAsync(session)).ContextClass);
        Assert.Equal(Mfa, (await provider.SignInAsync(session, Context(provider, "minimum", Password))).ContextClass);
        Assert.Equal(Password, (await provider.SignInAsync(session, Context(provider, "exact", Password))).ContextClass);
        Assert.Equal(Password, (await provider.SignInAsync(session, Context(provider, "maximum", Password))).ContextClass);
    }

    [Fact]
    public async Task The_session_must_be_there_be_alive_have_this_token_and_prove_something()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        var requestId = await provider.RequestAsync();
        (await provider.CompleteAsync(requestId, session with { Token = (await Admin.OpenAsync(human)).Token })).Expect(
            new Failure(403, 7, "COMMAND-sGr42", "Session Token is invalid")
        );
        (await provider.CompleteAsync(requestId, session with { Id = "4711" })).Expect(
            new Failure(400, 9, "COMMAND-Flk38", "Session does not exist")
        );
        (await provider.CompleteAsync(requestId, await Admin.OpenAsync(new { checks = human.OnlyUser }))).Expect(
            new Failure(400, 9, "OIDC-Acr01", "insufficient_user_authentication: the session has proved no factor")
        );
        (await Admin.EndAsync(session)).Expect(200);
        (await provider.CompleteAsync(requestId, session)).Expect(Failures.Terminated);
        (await provider.CompleteAsync(requestId, await Admin.OpenAsync(human))).Expect(200);
    }

    private static XElement Context(TestServiceProvider provider, string comparison, params string[] classes) =>
        provider.AuthnRequest([], TestServiceProvider.RequestedContext(comparison, classes));

    private static void ExpectPage(Reply reply)
    {
        reply.Expect(400);
        Assert.StartsWith("text/plain", reply.Header("Content-Type"), StringComparison.Ordinal);
        Assert.StartsWith("The application's message cannot be accepted", reply.Body, StringComparison.Ordinal);
    }
}
