using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Orleans.Sessions.EndToEnd.Saml.Harness;

namespace Orleans.Sessions.EndToEnd.Saml;

/// <summary>Answers that service providers fetch by an artifact.</summary>
public sealed class ArtifactTests(SqliteHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_browser_carries_an_artifact_and_the_server_fetches_the_login_once()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        var human = await Admin.NewHumanAsync();
        var request = provider.AuthnRequest(("ProtocolBinding", TestServiceProvider.ArtifactBinding));
        var requestId = await provider.RequestAsync(request, "a+b c&d=%2F");

        var completed = (await provider.CompleteAsync(requestId, await Admin.OpenAsync(human))).Expect(200);

        Assert.True(completed.Has("redirect"));
        Assert.StartsWith($"{TestServiceProvider.ArtifactConsumer}?", completed.Text("url"), StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(new Uri(completed.Text("url")).Query);
        Assert.Equal("a+b c&d=%2F", query["RelayState"].ToString());
        Assert.Equal(["RelayState", "SAMLart"], query.Keys.Order(StringComparer.Ordinal));
        var artifact = query["SAMLart"].ToString();
        Assert.DoesNotContain(requestId["V2_".Length..], completed.Text("url"), StringComparison.Ordinal);

        var login = await ReceivedMessage.ResolvedAsync(provider.Browser, await provider.SendAsync(provider.ArtifactResolve(artifact)));
        Assert.Equal(("Success", human.Email), (login!.Status, login.NameId));
        Assert.Equal(request.Attribute("ID")!.Value, login.Text("/p:Response/@InResponseTo"));
        Assert.Equal(TestServiceProvider.ArtifactConsumer, login.Text("/p:Response/@Destination"));

        Assert.Null(await ResolveAsync(provider, artifact));
    }

    [Fact]
    public async Task An_artifact_is_only_for_its_service_provider()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        using var other = await TestServiceProvider.RegisterAsync(Admin);
        var artifact = await SignInAsync(provider);
        var bytes = Convert.FromBase64String(artifact);
        bytes[^1] ^= 1;

        Assert.Null(await ResolveAsync(other, artifact));
        foreach (var unknown in new[] { Convert.ToBase64String(bytes), "nonsense", artifact[..56], new string('A', 60) })
        {
            Assert.Null(await ResolveAsync(provider, unknown));
        }

        Assert.NotNull(await ResolveAsync(provider, artifact));
    }

    [Fact]
    public async Task A_login_that_was_revoked_before_the_server_fetched_it_is_not_given_out()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        var (human, locked) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        var (ended, session) = (await Admin.OpenAsync(human), await Admin.OpenAsync(human));
        var ofEnded = await SignInAsync(provider, ended);
        var ofLocked = await SignInAsync(provider, await Admin.OpenAsync(locked));
        var artifact = await SignInAsync(provider, session);

        (await Admin.DeleteAsync($"/v2/sessions/{ended.Id}")).Expect(200);
        (await Admin.PostAsync($"/v2/users/{locked.Id}/lock")).Expect(200);

        Assert.Null(await ResolveAsync(provider, ofEnded));
        Assert.Null(await ResolveAsync(provider, ofLocked));
        Assert.NotNull(await ResolveAsync(provider, artifact));
    }

    [Fact]
    public async Task One_of_many_simultaneous_requests_gets_the_login()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        var artifact = await SignInAsync(provider);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ResolveAsync(provider, artifact)));

        Assert.Single(answers, answer => answer is not null);
    }

    [Fact]
    public async Task A_message_that_cannot_be_trusted_gets_a_fault_and_uses_nothing_up()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        using var stranger = TestServiceProvider.New(Admin);
        using var keyless = await TestServiceProvider.RegisterAsync(Admin, withCertificate: false);
        var artifact = await SignInAsync(provider);
        var old = DateTimeOffset.UtcNow.AddMinutes(-6).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var signed = provider.Envelope(provider.ArtifactResolve(artifact));
        var start = signed.IndexOf("<s:Body>", StringComparison.Ordinal) + "<s:Body>".Length;
        var message = signed[start..signed.LastIndexOf("</s:Body>", StringComparison.Ordinal)];
        const string Header = "<s:Header><x xmlns=\"urn:x\" s:mustUnderstand=\"1\"/></s:Header><s:Body>";
        (string Name, string Envelope)[] bad =
        [
            ("empty", ""),
            ("no XML", "nonsense"),
            ("no envelope", message),
            ("an empty body", TestServiceProvider.Envelope("")),
            ("two messages", TestServiceProvider.Envelope($"{message}{message.Replace("ID=\"_", "ID=\"_x", StringComparison.Ordinal)}")),
            ("a DTD", $"<!DOCTYPE x [<!ENTITY a \"b\">]>{signed}"),
            ("another message", provider.Envelope(provider.LogoutRequest("somebody"))),
            ("no signature", provider.Envelope(provider.ArtifactResolve(artifact), sign: false)),
            ("a change", signed.Replace("Version=\"2.0\"", "Version=\"2.0\" Consent=\"urn:x\"", StringComparison.Ordinal)),
            ("a stranger", stranger.Envelope(stranger.ArtifactResolve(artifact))),
            ("no certificate", keyless.Envelope(keyless.ArtifactResolve(artifact))),
            ("another address", provider.Envelope(provider.ArtifactResolve(artifact, ("Destination", "https://elsewhere.example/a")))),
            ("too old", provider.Envelope(provider.ArtifactResolve(artifact, ("IssueInstant", old)))),
            ("a header that must be understood", signed.Replace("<s:Body>", Header, StringComparison.Ordinal)),
        ];
        foreach (var (name, envelope) in bad)
        {
            var reply = await provider.SendAsync(provider.ArtifactAddress, envelope);
            Assert.True(reply.Status == 400 && reply.Body.Contains("<soap:Fault>", StringComparison.Ordinal), reply.Explain(name));
        }

        (await provider.SendAsync(provider.ArtifactAddress, signed, "application/json")).Expect(400);
        var large = await provider.SendAsync(provider.ArtifactAddress, signed.PadRight(300 * 1024));
        Assert.Contains("<soap:Fault>", large.Expect(413).Body, StringComparison.Ordinal);
        (await provider.SendAsync(provider.ArtifactAddress, signed.PadRight(10 * 1024 * 1024))).Expect(413);

        Assert.NotNull(await ReceivedMessage.ResolvedAsync(provider.Browser, await provider.SendAsync(provider.ArtifactAddress, signed)));
        var replayed = await provider.SendAsync(provider.ArtifactAddress, signed);
        Assert.Contains("already been used", replayed.Expect(400).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_fetched_in_the_same_way()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin);
        var refused = await provider.SignOnAsync(
            provider.AuthnRequest(("ProtocolBinding", TestServiceProvider.ArtifactBinding), ("IsPassive", "true"))
        );
        var passive = await ResolveAsync(provider, ArtifactIn(refused.Expect(302).Header("Location")!));
        Assert.Equal(("Responder", "NoPassive"), (passive!.Status, passive.Detail));

        var requestId = await provider.RequestAsync(provider.AuthnRequest(("AssertionConsumerServiceIndex", "2")));
        var completed = await Admin.PostAsync(
            $"/v2/saml/saml_requests/{requestId}",
            new { error = new { error = "ERROR_REASON_REQUEST_DENIED" } }
        );
        var denied = await ResolveAsync(provider, ArtifactIn(completed.Expect(200).Text("url")));
        Assert.Equal("RequestDenied", denied!.Detail);
    }

    [Fact]
    public async Task The_metadata_say_where_artifacts_are_resolved()
    {
        var metadata = (await Admin.As(null).GetAsync("/saml/v2/metadata")).Expect(200).Body;
        Assert.Contains($"Location=\"{new Uri(Admin.Host.Address, "/saml/v2/artifact")}\" index=\"0\"", metadata, StringComparison.Ordinal);
        Assert.Contains($"Location=\"{new Uri(Admin.Host.Address, "/saml/v2/attribute")}\"", metadata, StringComparison.Ordinal);
    }

    private static string ArtifactIn(string url) => QueryHelpers.ParseQuery(new Uri(url).Query)["SAMLart"].ToString();

    private static async Task<ReceivedMessage?> ResolveAsync(TestServiceProvider provider, string artifact) =>
        await ReceivedMessage.ResolvedAsync(provider.Browser, await provider.SendAsync(provider.ArtifactResolve(artifact)));

    private async Task<string> SignInAsync(TestServiceProvider provider) =>
        await SignInAsync(provider, await Admin.OpenAsync(await Admin.NewHumanAsync()));

    private static async Task<string> SignInAsync(TestServiceProvider provider, OpenSession session)
    {
        var request = provider.AuthnRequest(("ProtocolBinding", TestServiceProvider.ArtifactBinding));
        return ArtifactIn((await provider.CompleteAsync(await provider.RequestAsync(request), session)).Expect(200).Text("url"));
    }
}
