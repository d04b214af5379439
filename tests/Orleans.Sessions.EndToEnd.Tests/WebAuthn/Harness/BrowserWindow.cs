using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Orleans.Sessions.EndToEnd.WebAuthn.Harness;

/// <summary>A browser window on the login page, with a virtual authenticator (Chrome DevTools protocol, domain WebAuthn).</summary>
public sealed class BrowserWindow : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly IPage _page;
    private readonly ICDPSession _devTools;
    private readonly string _authenticator;
    private IFrame _frame;

    private BrowserWindow(IBrowserContext context, IPage page, ICDPSession devTools, string authenticator) =>
        (_context, _page, _frame, _devTools, _authenticator) = (context, page, page.MainFrame, devTools, authenticator);

    /// <summary>Opens the page with an authenticator that stores passkeys and verifies its user, or with a plain U2F key.</summary>
    public static async Task<BrowserWindow> OpenAsync(Chromium chromium, string address, bool withSecurityKey = false)
    {
        var context = await chromium.NewWindowAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);
        var devTools = await context.NewCDPSessionAsync(page);
        await devTools.SendAsync("WebAuthn.enable");
        var added = await devTools.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new Dictionary<string, object>
            {
                ["options"] = new
                {
                    protocol = withSecurityKey ? "u2f" : "ctap2",
                    transport = withSecurityKey ? "usb" : "internal",
                    hasResidentKey = !withSecurityKey,
                    hasUserVerification = !withSecurityKey,
                    isUserVerified = !withSecurityKey,
                    automaticPresenceSimulation = true,
                },
            }
        );
        return new BrowserWindow(context, page, devTools, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    /// <summary>Registers a key for a user through the page.</summary>
    public Task<Outcome> RegisterAsync(string userId, string kind = "passkeys", string domain = "localhost", object? code = null) =>
        RunAsync(
            "register",
            new
            {
                userId,
                kind,
                domain,
                code,
            }
        );

    /// <summary>Signs in through the page. Without checks, the sign-in names no user.</summary>
    public Task<Outcome> SignInAsync(
        object? checks = null,
        string domain = "localhost",
        string verification = "USER_VERIFICATION_REQUIREMENT_REQUIRED",
        object? changes = null
    ) =>
        RunAsync(
            "signIn",
            new
            {
                checks,
                domain,
                verification,
                changes,
            }
        );

    /// <summary>The new key that the authenticator makes for a registration.</summary>
    public async Task<JsonNode> CreateAsync(JsonNode options) => (await RunAsync("create", options)).Json;

    /// <summary>The authenticator's answer to a challenge.</summary>
    public async Task<JsonNode> AnswerAsync(JsonNode options) => (await RunAsync("get", options)).Json;

    /// <summary>The only key in the authenticator.</summary>
    public async Task<KeyCopy> CopyKeyAsync()
    {
        var held = await _devTools.SendAsync(
            "WebAuthn.getCredentials",
            new Dictionary<string, object> { ["authenticatorId"] = _authenticator }
        );
        return new KeyCopy(JsonNode.Parse(held!.Value.GetRawText())!["credentials"]!.AsArray().Single()!.AsObject());
    }

    /// <summary>Puts this key into the authenticator, as its only key.</summary>
    public async Task HoldAsync(KeyCopy key)
    {
        await _devTools.SendAsync("WebAuthn.clearCredentials", new Dictionary<string, object> { ["authenticatorId"] = _authenticator });
        await _devTools.SendAsync(
            "WebAuthn.addCredential",
            new Dictionary<string, object>
            {
                ["authenticatorId"] = _authenticator,
                ["credential"] = JsonSerializer.SerializeToElement(key.Credential),
            }
        );
    }

    /// <summary>Embeds another page that may use keys. All further actions happen in that page.</summary>
    public async Task EmbedAsync(string address)
    {
        await _page.EvaluateAsync(
            """
            address => new Promise(done => {
              const frame = document.createElement('iframe');
              frame.allow = 'publickey-credentials-get *';
              frame.onload = done;
              frame.src = address;
              document.body.append(frame);
            }).then(() => undefined)
            """,
            address
        );
        _frame = _page.Frames.Single(frame => frame != _page.MainFrame);
    }

    /// <summary>Sets whether the authenticator verifies its user from now on.</summary>
    public Task VerifyPersonAsync(bool succeeds) =>
        _devTools.SendAsync(
            "WebAuthn.setUserVerified",
            new Dictionary<string, object> { ["authenticatorId"] = _authenticator, ["isUserVerified"] = succeeds }
        );

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    /// <summary>Runs a function of the page. A refusal by the browser is also an outcome.</summary>
    private async Task<Outcome> RunAsync(string function, object arguments)
    {
        var json = await _frame.EvaluateAsync<string>(
            $"async arguments => {{ try {{ return JSON.stringify(await {function}(JSON.parse(arguments))) }} catch (error) {{ return JSON.stringify({{ refusal: error.name }}) }} }}",
            JsonSerializer.Serialize(arguments)
        );
        return new Outcome(JsonNode.Parse(json)!.AsObject());
    }
}

/// <summary>A key with its private part, as the virtual authenticator holds it.</summary>
public sealed record KeyCopy(JsonObject Credential)
{
    public uint SignCount => Credential["signCount"]!.GetValue<uint>();

    /// <summary>The same key with other members.</summary>
    public KeyCopy With(string member, JsonNode value)
    {
        var copy = Credential.DeepClone().AsObject();
        copy[member] = value;
        return new KeyCopy(copy);
    }
}

/// <summary>The outcome of an action of the page.</summary>
public sealed record Outcome(JsonObject Json)
{
    /// <summary>The name of the error with which the browser refused; <c>null</c> if it did not refuse.</summary>
    public string? Refusal => Json["refusal"]?.GetValue<string>();

    public string SessionId => Json["sessionId"]!.GetValue<string>();

    /// <summary>The authenticator's answer.</summary>
    public JsonNode Credential => Json["credential"]!;

    public Outcome Expect(int status)
    {
        Assert.True(Json["status"]?.GetValue<int>() == status, $"Expected {status}, got {Json.ToJsonString()}");
        return this;
    }

    /// <summary>Fails the test unless the service refused with this error.</summary>
    public void Expect(Failure failure)
    {
        Expect(failure.Status);
        Assert.Equal(failure.Message, Json["body"]!["message"]!.GetValue<string>());
    }
}
