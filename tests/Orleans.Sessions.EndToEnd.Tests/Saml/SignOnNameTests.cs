using Orleans.Sessions.EndToEnd.Saml.Harness;

namespace Orleans.Sessions.EndToEnd.Saml;

/// <summary>The names of users at service providers. Many service providers identify users by e-mail address.</summary>
public sealed class SignOnNameTests(SqliteHost host) : ContractTests(host)
{
    private const string EmailAddress = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
    private const string Unspecified = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";
    private const string Persistent = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
    private const string Transient = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";

    [Fact]
    public async Task People_have_the_names_that_are_asked_for()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        using var other = await TestServiceProvider.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        var again = await Admin.OpenAsync(human);

        var known = (await SignInAsync(provider, session, Persistent)).NameId;
        Assert.DoesNotContain(human.LoginName, known, StringComparison.Ordinal);
        Assert.DoesNotContain(human.Id, known, StringComparison.Ordinal);
        Assert.Equal(known, (await SignInAsync(provider, again, Persistent)).NameId);
        Assert.NotEqual(known, (await SignInAsync(other, session, Persistent)).NameId);
        Assert.NotEqual(known, (await SignInAsync(provider, await Admin.OpenAsync(await Admin.NewHumanAsync()), Persistent)).NameId);

        Assert.NotEqual((await SignInAsync(provider, session, Transient)).NameId, (await SignInAsync(provider, session, Transient)).NameId);
        Assert.Equal(human.LoginName, (await SignInAsync(provider, session, Unspecified)).NameId);
        Assert.Equal(human.Email, (await SignInAsync(provider, session, EmailAddress)).NameId);
    }

    [Fact]
    public async Task An_address_that_is_not_verified_is_told_to_nobody()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        var somebodyElses = $"{Unique("boss")}@victim.example";
        var human = await Admin.NewHumanAsync(username: somebodyElses, withVerifiedEmail: false);
        (await Admin.PutAsync($"/v2/users/human/{human.Id}", new { email = new { email = somebodyElses } })).Expect(200);
        var session = await Admin.OpenAsync(human);
        var known = (await SignInAsync(provider, session, Persistent)).NameId;

        foreach (var response in new[] { await provider.SignInAsync(session), await SignInAsync(provider, session, Unspecified) })
        {
            Assert.Equal((known, Persistent), (response.NameId, Format(response)));
            Assert.False(response.Has("//a:Attribute[@Name='Email' or @Name='EmailVerified']"));
        }

        // A service provider that accepts only an address gets an error for a user without one.
        var refused = await SignInAsync(provider, session, EmailAddress);
        Assert.Equal(("Requester", "InvalidNameIDPolicy"), (refused.Status, refused.Detail));
        Assert.False(refused.Has("//a:Assertion"));
        using var byAddress = await RegisterAsync(EmailAddress);
        refused = await byAddress.SignInAsync(session);
        Assert.Equal(("Requester", "InvalidNameIDPolicy"), (refused.Status, refused.Detail));
        using var byEither = await RegisterAsync(EmailAddress, Persistent);
        Assert.Equal(Persistent, Format(await byEither.SignInAsync(session)));

        (await Admin.PutAsync($"/v2/users/human/{human.Id}", new { email = new { email = somebodyElses, isVerified = true } })).Expect(200);
        foreach (
            var response in new[]
            {
                await provider.SignInAsync(session),
                await byAddress.SignInAsync(session),
                await SignInAsync(provider, session, Unspecified),
            }
        )
        {
            Assert.Equal(
                (somebodyElses, somebodyElses, "true"),
                (response.NameId, response.Attribute("Email"), response.Attribute("EmailVerified"))
            );
        }
    }

    [Fact]
    public async Task A_person_whom_a_request_names_is_found_by_the_format_of_that_name()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        var persistent = (await SignInAsync(provider, session, Persistent)).NameId;

        (string? Format, string Name)[] own =
        [
            (EmailAddress, human.Email.ToUpperInvariant()),
            (Unspecified, human.LoginName),
            (null, human.Email),
            (Persistent, persistent),
        ];
        foreach (var (format, name) in own)
        {
            var meant = await provider.RequestAsync(provider.AuthnRequest([], TestServiceProvider.Subject(name, format)));
            Assert.True((await EvaluateAsync(session, meant)).Has("sufficient"));
            foreach (var wanted in new[] { Transient, Persistent, EmailAddress })
            {
                var request = provider.AuthnRequest(
                    [],
                    TestServiceProvider.Subject(name, format),
                    TestServiceProvider.NameIdPolicy(wanted)
                );
                Assert.Equal("Success", (await provider.SignInAsync(session, request)).Status);
            }
        }

        (string? Format, string Name)[] others = [(Persistent, human.Email), (EmailAddress, human.Id), (Transient, persistent)];
        foreach (var (format, name) in others)
        {
            var id = await provider.RequestAsync(
                provider.AuthnRequest([], TestServiceProvider.Subject(name, format), TestServiceProvider.NameIdPolicy(EmailAddress))
            );
            var verdict = await EvaluateAsync(session, id);
            Assert.Equal(("OIDC-Acr07", false), (verdict.Text("refusalId"), verdict.Has("sufficient")));
            Assert.Equal("OIDC-Acr07", (await provider.CompleteAsync(id, session)).Expect(400).Text("details.0.id"));
        }
    }

    [Fact]
    public async Task A_format_that_nobody_knows_is_overlooked_where_the_registration_says_so()
    {
        const string Mistaken = "urn:oasis:names:tc:SAML:2.0:nameid-format:emailAddress";
        using var provider = await TestServiceProvider.RegisterAsync(Admin, settings: ("ignoreNameIdPolicy", true));
        var human = await Admin.NewHumanAsync();

        Assert.Equal(human.Email, (await SignInAsync(provider, await Admin.OpenAsync(human), Mistaken)).NameId);
    }

    [Fact]
    public async Task A_logout_goes_by_the_name_and_format_of_the_login()
    {
        using var first = await TestServiceProvider.RegisterAsync(Admin);
        using var second = await TestServiceProvider.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync(withVerifiedEmail: false);
        var session = await Admin.OpenAsync(human);
        var (login, other) = (await first.SignInAsync(session), await second.SignInAsync(session));
        (await Admin.PutAsync($"/v2/users/human/{human.Id}", new { email = new { email = human.Email, isVerified = true } })).Expect(200);

        var told = await second.ToldAsync(await first.LogoutAsync(first.LogoutRequest(login.NameId, login.SessionIndex)));

        Assert.Equal((other.NameId, Persistent), (told.Text("/p:LogoutRequest/a:NameID"), told.Text("/p:LogoutRequest/a:NameID/@Format")));
        (await Admin.ReadAsync(session)).Expect(Failures.NoSession);
    }

    private async Task<Reply> EvaluateAsync(OpenSession session, string samlRequestId)
    {
        var body = new
        {
            sessionId = session.Id,
            sessionToken = session.Token,
            samlRequestId,
        };
        return (await Admin.PostAsync("/v2/sessions/evaluate", body)).Expect(200);
    }

    private static string Format(ReceivedMessage response) => response.Text("/p:Response/a:Assertion/a:Subject/a:NameID/@Format");

    private static Task<ReceivedMessage> SignInAsync(TestServiceProvider provider, OpenSession session, string format) =>
        provider.SignInAsync(session, provider.AuthnRequest([], TestServiceProvider.NameIdPolicy(format)));

    /// <summary>A service provider whose metadata lists the name id formats that it accepts.</summary>
    private async Task<TestServiceProvider> RegisterAsync(params string[] formats)
    {
        var provider = await TestServiceProvider.RegisterAsync(Admin);
        var metadata = provider
            .Metadata()
            .Replace(
                "<md:AssertionConsumerService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\"",
                $"{string.Concat(formats.Select(format => $"<md:NameIDFormat>{format}</md:NameIDFormat>"))}<md:AssertionConsumerService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\"",
                StringComparison.Ordinal
            );
        (await Admin.PutAsync($"/v2/saml/service_providers/{provider.Id}", new { settings = new { metadata } })).Expect(200);
        return provider;
    }
}

/// <summary>An installation that also sends unverified addresses.</summary>
public sealed class SignOnWithUnverifiedAddresses : OwnHosts
{
    [Fact]
    public async Task The_attribute_can_be_sent_all_the_same_and_says_so()
    {
        var admin = Admin(await StartAsync(HostSettings.Shared.With("Sessions__Saml__SendUnverifiedEmail", "true")));
        using var provider = await TestServiceProvider.RegisterAsync(admin);
        var human = await admin.NewHumanAsync(withVerifiedEmail: false);

        var response = await provider.SignInAsync(await admin.OpenAsync(human));

        Assert.Equal((human.Email, "false"), (response.Attribute("Email"), response.Attribute("EmailVerified")));
        Assert.NotEqual(human.Email, response.NameId);
    }
}

/// <summary>An installation without rules for user names.</summary>
public sealed class SignOnWithAnyNames : OwnHosts
{
    [Fact]
    public async Task A_name_that_would_arrive_as_another_one_logs_nobody_in()
    {
        var admin = Admin(await StartAsync(HostSettings.Shared.With("Sessions__Users__NameRule", "AnyText")));
        using var provider = await TestServiceProvider.RegisterAsync(admin);
        var human = await admin.NewHumanAsync();
        foreach (var name in new[] { $"{human.LoginName}\u0001", $"{human.LoginName}\uffff", $" {human.LoginName}" })
        {
            var other = await admin.NewHumanAsync(username: name);
            var requestId = await provider.RequestAsync();
            (await provider.CompleteAsync(requestId, await admin.OpenAsync(other))).Expect(
                new Failure(
                    400,
                    9,
                    "SAML-Nam01",
                    "The login name has control characters, or white space at its ends: service providers would read another name"
                )
            );
            Assert.Equal(
                human.Email,
                (await provider.ReceiveAsync((await provider.CompleteAsync(requestId, await admin.OpenAsync(human))).Expect(200))).NameId
            );
        }
    }
}
