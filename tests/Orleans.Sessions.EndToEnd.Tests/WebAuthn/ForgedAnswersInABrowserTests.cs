using Orleans.Sessions.EndToEnd.WebAuthn.Harness;

namespace Orleans.Sessions.EndToEnd.WebAuthn;

/// <summary>
/// The service refuses the answers that a dishonest page, a thief of an answer or a cloned key can get from a real browser.
/// </summary>
public sealed class ForgedAnswersInABrowserTests(Chromium chromium, SqliteHost host) : BrowserTests(chromium, host)
{
    private const string Discouraged = "USER_VERIFICATION_REQUIREMENT_DISCOURAGED";

    [Fact]
    public async Task An_answer_for_another_relying_party_is_refused()
    {
        var human = await Admin.NewHumanAsync();
        await using var site = await StartSiteAsync();
        await using var window = await OpenAsync(site.SecurelyAt("login.example.test"));
        (await window.RegisterAsync(human.Id, domain: "example.test")).Expect(200);
        var key = await window.CopyKeyAsync();

        // The same private key, moved to another relying party, signs for that relying party.
        await window.HoldAsync(key.With("rpId", "login.example.test"));
        (await window.SignInAsync(human.OnlyUser, "example.test", changes: new { rpId = "login.example.test" })).Expect(Invalid);

        await window.HoldAsync(key);
        (await window.SignInAsync(human.OnlyUser, "example.test")).Expect(200);
    }

    [Fact]
    public async Task The_browser_lends_no_key_to_a_foreign_page()
    {
        var human = await Admin.NewHumanAsync();
        await using var site = await StartSiteAsync();
        await using var window = await OpenAsync(site.SecurelyAt("login.example.test"));
        (await window.RegisterAsync(human.Id, domain: "login.example.test")).Expect(200);
        await using var phishing = await OpenAsync(site.SecurelyAt("login.evil.test"));
        await phishing.HoldAsync(await window.CopyKeyAsync());

        Assert.Equal("SecurityError", (await phishing.SignInAsync(human.OnlyUser, "login.example.test")).Refusal);
    }

    [Fact]
    public async Task An_answer_from_another_origin_is_refused()
    {
        var human = await Admin.NewHumanAsync();
        await using var site = await StartSiteAsync();
        await using var window = await OpenAsync(site.SecurelyAt("login.example.test"));
        (await window.RegisterAsync(human.Id, domain: "login.example.test")).Expect(200);
        var key = await window.CopyKeyAsync();
        await using var phishing = await OpenAsync(site.SecurelyAt("login.evil.test"));
        await phishing.HoldAsync(key.With("rpId", "login.evil.test"));

        (await phishing.SignInAsync(human.OnlyUser, "login.example.test", changes: new { rpId = "login.evil.test" })).Expect(Invalid);
    }

    [Fact]
    public async Task An_answer_from_within_a_foreign_page_is_refused()
    {
        var human = await Admin.NewHumanAsync();
        await using var site = await StartSiteAsync();
        await using var window = await OpenAsync(site.SecurelyAt("login.example.test"));
        (await window.RegisterAsync(human.Id, domain: "login.example.test")).Expect(200);
        await using var foreign = await OpenAsync(site.SecurelyAt("login.evil.test"));
        await foreign.HoldAsync(await window.CopyKeyAsync());

        // The answer is right, except that it was made within a page of another site, which may be designed to deceive.
        await foreign.EmbedAsync(site.SecurelyAt("login.example.test"));

        (await foreign.SignInAsync(human.OnlyUser, "login.example.test")).Expect(Invalid);
    }

    [Fact]
    public async Task An_answer_counts_once_and_in_its_own_session()
    {
        var human = await Admin.NewHumanAsync();
        await using var site = await StartSiteAsync();
        await using var window = await OpenAsync(site.At("localhost"));
        (await window.RegisterAsync(human.Id)).Expect(200);
        var answered = (await window.SignInAsync(human.OnlyUser)).Expect(200);
        var other = await Admin.OpenAsync(
            new
            {
                checks = human.OnlyUser,
                challenges = new
                {
                    webAuthN = new { domain = "localhost", userVerificationRequirement = "USER_VERIFICATION_REQUIREMENT_REQUIRED" },
                },
            }
        );

        (await AnswerAsync(answered.SessionId, answered)).Expect(NoChallenge);
        (await AnswerAsync(other.Id, answered)).Expect(Invalid);
    }

    [Fact]
    public async Task A_cloned_key_is_refused()
    {
        var human = await Admin.NewHumanAsync();
        await using var site = await StartSiteAsync();
        await using var window = await OpenAsync(site.At("localhost"));
        (await window.RegisterAsync(human.Id)).Expect(200);
        var copy = await window.CopyKeyAsync();
        for (var use = 0; use < 2; use++)
        {
            (await window.SignInAsync(human.OnlyUser)).Expect(200);
        }

        var original = await window.CopyKeyAsync();
        Assert.True(original.SignCount > copy.SignCount);

        await using var thief = await OpenAsync(site.At("localhost"));
        await thief.HoldAsync(copy);
        (await thief.SignInAsync(human.OnlyUser)).Expect(Invalid);
        (await window.SignInAsync(human.OnlyUser)).Expect(200);
    }

    [Fact]
    public async Task A_passkey_without_its_person_is_refused()
    {
        var human = await Admin.NewHumanAsync();
        await using var site = await StartSiteAsync();
        await using var window = await OpenAsync(site.At("localhost"));
        (await window.RegisterAsync(human.Id)).Expect(200);
        await window.VerifyPersonAsync(false);

        Assert.Equal("NotAllowedError", (await window.SignInAsync(human.OnlyUser)).Refusal);
        (await window.SignInAsync(human.OnlyUser, changes: new { userVerification = "discouraged" })).Expect(Invalid);
    }

    [Fact]
    public async Task A_security_key_is_no_passkey()
    {
        var human = await Admin.NewHumanAsync();
        await using var site = await StartSiteAsync();
        await using var window = await OpenAsync(site.At("localhost"), withSecurityKey: true);
        (await window.RegisterAsync(human.Id, "u2f")).Expect(200);
        (await window.SignInAsync(human.OnlyUser)).Expect(new Failure(400, 9, "WEBAU-4G8sw", "WebAuthN begin login failed"));
        (await window.SignInAsync(human.OnlyUser, verification: Discouraged)).Expect(200);
    }
}
