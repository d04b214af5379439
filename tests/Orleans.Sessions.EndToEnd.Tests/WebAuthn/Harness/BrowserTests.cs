namespace Orleans.Sessions.EndToEnd.WebAuthn.Harness;

/// <summary>Tests with a browser, a login site and the real service.</summary>
public abstract class BrowserTests(Chromium chromium, SharedHost host) : ContractTests(host)
{
    protected static readonly Failure Invalid = new(400, 3, "WEBAU-3M9si", "Error on validate login credentials");
    protected static readonly Failure NoChallenge = new(400, 9, "COMMAND-Ioqu5", "Session without WebAuthN challenge");

    protected Task<BrowserWindow> OpenAsync(string address, bool withSecurityKey = false) =>
        BrowserWindow.OpenAsync(chromium, address, withSecurityKey);

    protected Task<LoginSite> StartSiteAsync() => LoginSite.StartAsync(Admin);

    /// <summary>The session after a successful sign-in.</summary>
    protected async Task<Reply> SessionAsync(Outcome outcome) =>
        (await Admin.GetAsync($"/v2/sessions/{outcome.Expect(200).SessionId}")).Expect(200);

    protected Task<Reply> AnswerAsync(string sessionId, Outcome answered) =>
        Admin.PatchAsync(
            $"/v2/sessions/{sessionId}",
            new { checks = new { webAuthN = new { credentialAssertionData = answered.Credential } } }
        );
}
