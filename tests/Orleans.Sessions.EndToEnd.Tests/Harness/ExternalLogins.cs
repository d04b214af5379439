using System.Collections.Concurrent;

namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>A successful login at a provider.</summary>
public sealed record Login(string IntentId, string Token, string? UserId)
{
    /// <summary>The session check that uses this login.</summary>
    public object Check => new { idpIntentId = IntentId, idpIntentToken = Token };
}

/// <summary>The calls for logins at external providers.</summary>
public static class ExternalLogins
{
    public const string SuccessUrl = "https://login.example.com/idp/success";
    public const string FailureUrl = "https://login.example.com/idp/failure";
    public const string IntentPath = "/v2/idp_intents";

    /// <summary>What each test has added. A service has room for a hundred providers, and all tests share a few services.</summary>
    private static readonly ConcurrentDictionary<string, ConcurrentBag<(Api Admin, string Id)>> s_added = new();

    /// <summary>Options that allow everything and do nothing automatically.</summary>
    public static object Permissive => new { isLinkingAllowed = true, isCreationAllowed = true };

    /// <summary>Adds the test's provider to the service.</summary>
    public static async Task<string> AddProviderAsync(
        this Api admin,
        string issuer,
        object? options = null,
        string clientId = OidcProviderProcess.ClientId,
        bool usePkce = true,
        bool isIdTokenMapping = false
    )
    {
        var added = await admin.PostAsync(
            "/admin/v1/idps/generic_oidc",
            new
            {
                name = Unique("Provider"),
                issuer,
                clientId,
                clientSecret = clientId == OidcProviderProcess.PublicClientId ? "" : OidcProviderProcess.ClientSecret,
                scopes = new[] { "openid", "profile", "email", "phone" },
                isIdTokenMapping,
                usePkce,
                providerOptions = options ?? Permissive,
            }
        );
        var id = added.Expect(200).Text("id");
        if (TestContext.Current.Test is { } test)
        {
            s_added.GetOrAdd(test.UniqueID, _ => []).Add((admin, id));
        }

        return id;
    }

    /// <summary>Removes the providers that this test has added to this service and has not removed.</summary>
    public static async Task RemoveProvidersAsync(this Api admin)
    {
        if (TestContext.Current.Test is { } test && s_added.TryRemove(test.UniqueID, out var added))
        {
            foreach (var (adder, id) in added.Where(provider => provider.Admin.Host == admin.Host))
            {
                await adder.DeleteAsync($"/admin/v1/idps/templates/{id}");
            }
        }
    }

    public static Task<Reply> StartIntentAsync(
        this Api api,
        string providerId,
        string successUrl = SuccessUrl,
        string failureUrl = FailureUrl
    ) => api.PostAsync(IntentPath, new { idpId = providerId, urls = new { successUrl, failureUrl } });

    /// <summary>The URL at which the browser begins a login that is bound to it.</summary>
    public static async Task<string> StartUrlAsync(
        this Api api,
        string providerId,
        string successUrl = SuccessUrl,
        string failureUrl = FailureUrl
    ) => (
            await api.PostAsync(
                IntentPath,
                new
                {
                    idpId = providerId,
                    urls = new { successUrl, failureUrl },
                    bindToBrowser = true,
                }
            )
        ).Expect(200).Text("authUrl");

    /// <summary>The URL at which the browser logs in.</summary>
    public static async Task<string> AuthUrlAsync(this Api api, string providerId) =>
        (await api.StartIntentAsync(providerId)).Expect(200).Text("authUrl");

    /// <summary>A complete login, which must succeed.</summary>
    public static async Task<Login> LogInAtAsync(this Api api, string providerId, string subject)
    {
        using var browser = new Browser();
        return Succeeded(await browser.ArriveAsync(await browser.LogInAsync(await api.AuthUrlAsync(providerId), subject)));
    }

    /// <summary>The login that the browser has come back with.</summary>
    public static Login Succeeded(Landing landing)
    {
        landing.Expect(SuccessUrl);
        return new Login(landing["id"]!, landing["token"]!, landing["user"]);
    }

    public static Task<Reply> RetrieveAsync(this Api api, Login login) =>
        api.PostAsync($"{IntentPath}/{login.IntentId}", new { idpIntentToken = login.Token });

    public static object Link(string idpId, string userId, string userName = "somebody") =>
        new
        {
            idpId,
            userId,
            userName,
        };

    public static Task<Reply> LinkAsync(this Api api, string humanId, string idpId, string subject) =>
        api.PostAsync($"/v2/users/{humanId}/links", new { idpLink = Link(idpId, subject) });

    /// <summary>Creates a user who is linked from the beginning.</summary>
    public static Task<Reply> CreateLinkedAsync(this Api api, string idpId, string subject, string? username = null)
    {
        var body = HumanBody(username ?? Unique("linked"));
        body["idpLinks"] = new[] { Link(idpId, subject) };
        return api.PostAsync("/v2/users/human", body);
    }

    public static async Task<IReadOnlyList<string>> LinksOfAsync(this Api api, string humanId) =>
        (await api.PostAsync($"/v2/users/{humanId}/links/_search")).Expect(200).Texts("result", "userId");

    public static Task<Reply> UseAsync(this Api api, string humanId, Login login) =>
        api.CreateSessionAsync(new { checks = new { user = new { userId = humanId }, idpIntent = login.Check } });
}
