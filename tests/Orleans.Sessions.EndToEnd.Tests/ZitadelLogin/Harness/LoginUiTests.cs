using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using MimeKit;
using Orleans.Sessions.EndToEnd.Oidc.Harness;

namespace Orleans.Sessions.EndToEnd.ZitadelLogin.Harness;

/// <summary>Tests of flows through ZITADEL's Login UI v2, which has the token of a machine user with its role and nothing else.</summary>
public abstract partial class LoginUiTests(SharedHost host) : ContractTests(host)
{
    protected const string Next = "Another-Horse-8";

    protected Task<LoginUi> NewUiAsync() => NewUiAsync(Admin);

    protected static async Task<LoginUi> NewUiAsync(Api admin) => new(await TokenAsync(admin));

    /// <summary>The service, called as the UI calls it.</summary>
    protected static async Task<Api> TokenAsync(Api admin) => (await admin.NewMachineAsync("IAM_LOGIN_CLIENT")).Api;

    /// <summary>A browser at the UI, sent by an application.</summary>
    protected async Task<(LoginUi Ui, RelyingParty Client)> ArriveAsync(LoginUi? browser = null)
    {
        var (ui, client) = (browser ?? await NewUiAsync(), await RelyingParty.RegisterAsync(Admin));
        await ui.ArriveAsync(await client.RequestAsync());
        return (ui, client);
    }

    protected static async Task LogInAsync(LoginUi ui, RelyingParty client, Human human)
    {
        await ui.ArriveAsync(await client.RequestAsync());
        await ui.NameAsync(human.LoginName);
        await ArrivesAsync(client, await ui.PasswordAsync(human.Password));
    }

    /// <summary>Fails unless the browser is back at the application with a code that is good.</summary>
    protected static async Task ArrivesAsync(RelyingParty client, string page)
    {
        Assert.StartsWith(RelyingParty.RedirectUri, page, StringComparison.Ordinal);
        (await client.RedeemAsync(RelyingParty.QueryOf(new Uri(page))["code"])).Expect(200);
    }

    /// <summary>The parameters of the link in a message. The link must lead to this page of the UI.</summary>
    protected static Dictionary<string, string> LinkIn(MimeMessage message, string page)
    {
        var link = new Uri(Link().Match(message.TextBody!).Value);
        Assert.Equal($"/ui/v2/login{page}", link.AbsolutePath);
        return QueryHelpers.ParseQuery(link.Query).ToDictionary(field => field.Key, field => field.Value.ToString());
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();
}
