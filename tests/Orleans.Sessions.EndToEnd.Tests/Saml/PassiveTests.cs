using Orleans.Sessions.EndToEnd.Saml.Harness;

namespace Orleans.Sessions.EndToEnd.Saml;

/// <summary>An installation whose login frontend answers requests for which no page may be shown.</summary>
public sealed class PassiveTests : OwnHosts
{
    [Fact]
    public async Task A_session_that_is_handed_over_answers_and_a_refusal_means_that_nobody_was_asked()
    {
        var admin = Admin(await StartAsync(HostSettings.Shared.With("Sessions__Saml__ForwardPassive", "true")));
        using var provider = await TestServiceProvider.RegisterAsync(admin);
        var human = await admin.NewHumanAsync();

        var started = (await provider.SignOnAsync(provider.AuthnRequest(("IsPassive", "true")))).Expect(302);
        Assert.EndsWith("&passive=true", started.Header("Location")!, StringComparison.Ordinal);
        var completed = await provider.CompleteAsync(TestServiceProvider.RequestIdOf(started), await admin.OpenAsync(human));
        Assert.Equal(human.Email, (await provider.ReceiveAsync(completed.Expect(200))).NameId);

        var requestId = await provider.RequestAsync(provider.AuthnRequest(("IsPassive", "true")));
        var refused = await provider.ReceiveAsync(
            (
                await admin.PostAsync($"/v2/saml/saml_requests/{requestId}", new { error = new { error = "ERROR_REASON_AUTH_N_FAILED" } })
            ).Expect(200)
        );
        Assert.Equal(("Responder", "NoPassive"), (refused.Status, refused.Detail));

        // A new login needs a page.
        var forced = await provider.SignOnAsync(provider.AuthnRequest(("IsPassive", "true"), ("ForceAuthn", "true")));
        Assert.Equal("NoPassive", (await ReceivedMessage.OfAsync(provider.Browser, forced, TestServiceProvider.Consumer)).Detail);
    }
}
