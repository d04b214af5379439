using System.Text.Json.Nodes;
using Orleans.Sessions.EndToEnd.WebAuthn.Harness;

namespace Orleans.Sessions.EndToEnd.ZitadelLogin.Harness;

/// <content>Passkeys and security keys. The window is the browser's: there the person touches the authenticator.</content>
public sealed partial class LoginUi
{
    private const string KeyName = "Linux, Firefox";

    /// <summary><c>/passkey/set</c>: the person registers a passkey, and is asked for it at once.</summary>
    public async Task<string> RegisterPasskeyAsync(BrowserWindow window)
    {
        await ReadSessionAsync();
        var link = await CallAsync("user.v2.UserService/CreatePasskeyRegistrationLink", new { userId = UserId, returnCode = new { } });
        var code = new { id = link.Expect(200).Text("code.id"), code = link.Text("code.code") };
        var begun = await CallAsync(
            "user.v2.UserService/RegisterPasskey",
            new
            {
                userId = UserId,
                code,
                domain = HostName,
            }
        );
        var passkeyId = begun.Expect(200).Text("passkeyId");
        var publicKeyCredential = await window.CreateAsync(CreationOptions(begun));
        await ReadSessionAsync();
        var verified = await CallAsync(
            "user.v2.UserService/VerifyPasskeyRegistration",
            new
            {
                userId = UserId,
                passkeyId,
                publicKeyCredential,
                passkeyName = KeyName,
            }
        );
        return verified.Status == 200 ? "/passkey" : "error: Could not verify Passkey";
    }

    /// <summary><c>/passkey</c>: the person answers with a passkey.</summary>
    public Task<string> PasskeyAsync(BrowserWindow window) => AnswerAsync(window, "USER_VERIFICATION_REQUIREMENT_REQUIRED");

    /// <summary><c>/u2f/set</c>: the person registers a security key, and is asked for it at once.</summary>
    public async Task<string> RegisterU2fAsync(BrowserWindow window)
    {
        await ReadSessionAsync();
        var begun = await CallAsync("user.v2.UserService/RegisterU2F", new { userId = UserId, domain = HostName });
        var u2fId = begun.Expect(200).Text("u2fId");
        var publicKeyCredential = await window.CreateAsync(CreationOptions(begun));
        await ReadSessionAsync();
        var verified = await CallAsync(
            "user.v2.UserService/VerifyU2FRegistration",
            new
            {
                userId = UserId,
                u2fId,
                publicKeyCredential,
                tokenName = KeyName,
            }
        );
        return verified.Status == 200 ? "/u2f" : "error: An error on verifying passkey occurred";
    }

    /// <summary><c>/u2f</c>: the person answers with a security key.</summary>
    public Task<string> U2fAsync(BrowserWindow window) => AnswerAsync(window, "USER_VERIFICATION_REQUIREMENT_DISCOURAGED");

    private static JsonNode CreationOptions(Reply begun) => begun["publicKeyCredentialCreationOptions.publicKey"]!;

    private async Task<string> AnswerAsync(BrowserWindow window, string userVerificationRequirement)
    {
        await LoginSettingsAsync(_organization);
        var webAuthN = new { domain = HostName, userVerificationRequirement };
        var challenged = await SetSessionAsync(checks: null, Day, new { webAuthN });
        if (challenged["challenges.webAuthN.publicKeyCredentialRequestOptions.publicKey"] is not { } options)
        {
            return "error: Could not request passkey challenge";
        }

        var credentialAssertionData = await window.AnswerAsync(options);

        // A security key names nobody. The UI then sends an empty name.
        credentialAssertionData["response"]!["userHandle"] ??= "";
        var settings = await LoginSettingsAsync(_organization);
        var checks = new { webAuthN = new { credentialAssertionData } };
        var set = await SetSessionAsync(checks, settings.Text("settings.multiFactorCheckLifetime"));
        if (set.Status != 200)
        {
            return "error: Could not verify passkey";
        }

        return IsToVerify(await UserAsync(UserId)) ? "/verify" : await ContinueAsync();
    }
}
