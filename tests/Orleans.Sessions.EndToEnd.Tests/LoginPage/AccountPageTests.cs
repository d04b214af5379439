using System.Buffers.Text;
using System.Text;
using Orleans.Sessions.EndToEnd.Oidc.Harness;
using static Orleans.Sessions.EndToEnd.Harness.SessionCalls;

namespace Orleans.Sessions.EndToEnd.LoginPage;

/// <summary>The page of a person's own sessions: devices, applications, and what strangers began.</summary>
public abstract class AccountPageTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_session_shows_its_applications_and_one_of_them_can_be_ended()
    {
        var human = await Admin.NewHumanAsync();
        var (here, there) = (await Admin.OpenAsync(human), await Admin.OpenAsync(human));
        var shop = await RelyingParty.RegisterAsync(Admin, ("name", "Shop"), ("logoUri", "https://shop.example/logo.svg"));
        var news = await RelyingParty.RegisterAsync(Admin, ("name", "News"));
        var atShop = await shop.SignInAsync(here);
        var atNews = await news.SignInAsync(here);
        var elsewhere = await shop.SignInAsync(there);
        var person = Admin.As(here.Token);

        var list = (await person.PostAsync($"{here.Path}/applications/search")).Expect(200);
        Assert.Equal(["News", "Shop"], list.Texts("applications", "name").Order());
        Assert.Contains("https://shop.example/logo.svg", list.Body, StringComparison.Ordinal);

        var ended = (await person.PostAsync($"{here.Path}/applications/end", new { clientId = shop.Id })).Expect(200);

        Assert.Equal(1, ended["ended"]!.GetValue<int>());
        Assert.False(await shop.IsActiveAsync(atShop.Text("access_token")));
        Assert.True(await shop.IsActiveAsync(elsewhere.Text("access_token")));
        Assert.True(await news.IsActiveAsync(atNews.Text("access_token")));
        Assert.Equal(["News"], (await person.PostAsync($"{here.Path}/applications/search")).Expect(200).Texts("applications", "name"));
        Assert.False((await person.PostAsync($"{here.Path}/applications/end", new { clientId = "nobody" })).Expect(200).Has("ended"));
    }

    [Fact]
    public async Task Nobody_else_may_see_or_end_them_or_name_the_device()
    {
        var (human, other) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        var session = await Admin.OpenAsync(human);
        var stranger = Admin.As((await Admin.OpenAsync(other)).Token);

        (await stranger.PostAsync($"{session.Path}/applications/search")).Expect(Failures.NoPermission);
        (await stranger.PostAsync($"{session.Path}/applications/end", new { clientId = "shop" })).Expect(Failures.NoPermission);
        (await stranger.PostAsync($"{session.Path}/device_name", new { name = "mine" })).Expect(Failures.NoPermission);
        (await Admin.PostAsync("/v2/sessions/none/applications/search")).Expect(404);
        (await Admin.PostAsync("/v2/sessions/none/applications/end", new { clientId = "shop" })).Expect(404);
        (await Admin.PostAsync("/v2/sessions/none/device_name", new { name = "mine" })).Expect(404);
    }

    [Fact]
    public async Task A_person_lists_their_own_keys_and_nobody_elses()
    {
        var (human, other) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        var person = Admin.As((await Admin.OpenAsync(human)).Token);

        var list = (await person.PostAsync($"/v2/users/{human.Id}/authenticators/search")).Expect(200);

        Assert.Equal(human.Id, Encoding.UTF8.GetString(Base64Url.DecodeFromChars(list.Text("userHandle"))));
        Assert.False(list.Has("authenticators"));
        (await person.PostAsync($"/v2/users/{other.Id}/authenticators/search")).Expect(Failures.NoPermission);
        (await Admin.PostAsync("/v2/users/nobody/authenticators/search")).Expect(404);
    }

    [Fact]
    public async Task A_device_has_the_name_that_its_person_gave_it()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(
            new { checks = human.WithPassword, userAgent = new { description = "Mozilla/5.0 (Windows NT 10.0) Firefox/130.0" } }
        );
        var person = Admin.As(session.Token);
        var before = (await person.GetAsync(session.Path)).Expect(200);
        Assert.Equal("Firefox, Windows", before.Text("session.deviceName"));

        (await person.PostAsync($"{session.Path}/device_name", new { name = "Minnies Rechner" })).Expect(200);

        var named = (await person.GetAsync(session.Path)).Expect(200);
        Assert.Equal("Minnies Rechner", named.Text("session.deviceName"));
        Assert.Equal(before.Number("session.sequence"), named.Number("session.sequence"));
        foreach (var name in new[] { "   ", "two\nlines", new string('x', 101) })
        {
            (await person.PostAsync($"{session.Path}/device_name", new { name })).Expect(400);
        }

        (await person.PostAsync($"{session.Path}/device_name", new { })).Expect(200);
        Assert.Equal("Firefox, Windows", (await person.GetAsync(session.Path)).Expect(200).Text("session.deviceName"));
    }

    [Fact]
    public async Task What_a_stranger_began_is_left_out_if_that_is_asked_for()
    {
        var human = await Admin.NewHumanAsync();
        var mine = await Admin.OpenAsync(human);
        var begun = await Admin.OpenAsync(new { checks = human.OnlyUser, unprovedLifetime = "600s" });
        var person = Admin.As(mine.Token);

        Assert.Equal([mine.Id], await person.FindAsync(OfUser(human.Id), new { provedQuery = new { proved = true } }));
        Assert.Equal(2, (await person.FindAsync(OfUser(human.Id))).Count);
        Assert.True((await Admin.ReadAsync(begun)).Expect(200).Has("session.expirationDate"));
        (await person.SearchAsync(new { provedQuery = new { proved = true } })).Expect(400);
        (await Admin.CreateSessionAsync(new { unprovedLifetime = "0s" })).Expect(400);
    }
}

public sealed class AccountPageTestsOnSqlite(SqliteHost host) : AccountPageTests(host);

public sealed class AccountPageTestsOnPostgreSql(PostgreSqlHost host) : AccountPageTests(host);
