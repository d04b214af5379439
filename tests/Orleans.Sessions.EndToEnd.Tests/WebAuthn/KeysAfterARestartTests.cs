using Orleans.Sessions.EndToEnd.WebAuthn.Harness;

namespace Orleans.Sessions.EndToEnd.WebAuthn;

/// <summary>Keys, and challenges that wait for their answer, survive a restart.</summary>
public sealed class KeysAfterARestartTests(Chromium chromium) : OwnHosts
{
    [Fact]
    public async Task A_challenge_is_answered_after_a_kill()
    {
        var settings = HostSettings.Shared.With(Setting.DataPath, NewFolder());
        var host = await StartAsync(settings);
        var admin = Admin(host);
        var human = await admin.NewHumanAsync();
        var site = EndWithTest(await LoginSite.StartAsync(admin));
        var window = EndWithTest(await BrowserWindow.OpenAsync(chromium, site.At("localhost")));
        (await window.RegisterAsync(human.Id)).Expect(200);
        var challenged = (
            await admin.CreateSessionAsync(
                new
                {
                    challenges = new
                    {
                        webAuthN = new { domain = "localhost", userVerificationRequirement = "USER_VERIFICATION_REQUIREMENT_REQUIRED" },
                    },
                }
            )
        ).Expect(201);

        await host.KillAsync();
        admin = admin.At(await StartAsync(settings));

        var credentialAssertionData = await window.AnswerAsync(
            challenged["challenges.webAuthN.publicKeyCredentialRequestOptions.publicKey"]!
        );
        var path = $"/v2/sessions/{challenged.Text("sessionId")}";
        (await admin.PatchAsync(path, new { checks = new { webAuthN = new { credentialAssertionData } } })).Expect(200);
        Assert.Equal(human.Id, (await admin.GetAsync(path)).Expect(200).Text("session.factors.user.id"));
    }
}
