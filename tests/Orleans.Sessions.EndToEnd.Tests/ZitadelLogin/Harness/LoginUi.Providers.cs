using System.Text.Json.Nodes;

namespace Orleans.Sessions.EndToEnd.ZitadelLogin.Harness;

/// <content>Logins at external providers.</content>
public sealed partial class LoginUi
{
    private Reply? _intent;
    private Login? _login;

    /// <summary><c>/idp</c>, the provider, and <c>/idp/oidc/success</c>.</summary>
    public async Task<string> ProviderAsync(string providerId, string subject)
    {
        var provider = await ReturnFromProviderAsync(providerId, subject);
        if (_intent!["userId"]?.GetValue<string>() is { } known)
        {
            if (provider.Has("idp.config.options.isAutoUpdate") && _intent["addHumanUser"] is { } update)
            {
                await UpdateAsync(known, update);
            }

            return await EnterAsync(known);
        }

        if (provider.Has("idp.config.options.isAutoCreation"))
        {
            var created = await CallAsync("user.v2.UserService/AddHumanUser", new Raw(_intent["addHumanUser"]!.ToJsonString()));
            return await EnterAsync(created.Expect(200).Text("userId"));
        }

        return provider.Has("idp.config.options.isCreationAllowed") ? "/idp/oidc/complete-registration" : "error: No user found";
    }

    /// <summary>
    /// <c>/authenticator/set</c>, the provider, and <c>/idp/oidc/success?link=true</c>: the invited person logs in there from now on. The
    /// UI of that month does not say whom to link, which is its own fault. Later ones name the person of the session.
    /// </summary>
    public async Task<string> LinkProviderAsync(string providerId, string subject)
    {
        var (person, provider) = (UserId, await ReturnFromProviderAsync(providerId, subject));
        if (!provider.Has("idp.config.options.isLinkingAllowed"))
        {
            return "error: Linking is no longer allowed";
        }

        var linked = await CallAsync("user.v2.UserService/AddIDPLink", new { userId = person, idpLink = IntendedLink() });
        return linked.Status == 200 ? await EnterAsync(person) : "error: linking failed";
    }

    /// <summary><c>/idp/oidc/complete-registration</c>: the person confirms their name, is created, and then linked.</summary>
    public async Task<string> RegisterAsync(string email, string organizationId)
    {
        var created = await CallAsync(
            "user.v2.UserService/AddHumanUser",
            new
            {
                username = email,
                email = new { email, isVerified = false },
                profile = new { givenName = "Minnie", familyName = "Mouse" },
                organization = new { orgId = organizationId },
            }
        );
        var userId = created.Expect(200).Text("userId");
        var linked = await CallAsync("user.v2.UserService/AddIDPLink", new { userId, idpLink = IntendedLink() });
        return linked.Status == 200 ? await EnterAsync(userId) : $"error: {linked.Text("message")}";
    }

    /// <summary>The browser goes to the provider and comes back. Returns what the service knows of the provider.</summary>
    private async Task<Reply> ReturnFromProviderAsync(string providerId, string subject)
    {
        var started = await CallAsync(
            "user.v2.UserService/StartIdentityProviderIntent",
            new { idpId = providerId, urls = new { successUrl = SuccessUrl, failureUrl = FailureUrl } }
        );
        using var browser = new Browser();
        var back = await browser.LogInAsync(started.Expect(200).Text("authUrl"), subject);
        _login = Succeeded(await browser.ArriveAsync(back));
        _intent = (
            await CallAsync(
                "user.v2.UserService/RetrieveIdentityProviderIntent",
                new { idpIntentId = _login.IntentId, idpIntentToken = _login.Token }
            )
        ).Expect(200);
        var id = _intent.Text("idpInformation.idpId");
        return (await CallAsync("idp.v2.IdentityProviderService/GetIDPByID", new { id })).Expect(200);
    }

    private object IntendedLink() =>
        new
        {
            idpId = _intent!.Text("idpInformation.idpId"),
            userId = _intent.Text("idpInformation.userId"),
            userName = _intent.Text("idpInformation.userName"),
        };

    private async Task UpdateAsync(string userId, JsonNode known)
    {
        var body = new JsonObject { ["userId"] = userId };
        foreach (var part in new[] { "profile", "email", "phone" })
        {
            body[part] = known[part]?.DeepClone();
        }

        // The UI only logs a failure.
        await CallAsync("user.v2.UserService/UpdateHumanUser", new Raw(body.ToJsonString()));
    }

    private async Task<string> EnterAsync(string userId)
    {
        var organization = (await UserAsync(userId)).Text("user.details.resourceOwner");
        var lifetime = (await LoginSettingsAsync(organization)).Text("settings.externalLoginCheckLifetime");
        (await CreateSessionAsync(new { user = new { userId }, idpIntent = _login!.Check }, lifetime)).Expect(200);
        return await ContinueAsync();
    }
}
