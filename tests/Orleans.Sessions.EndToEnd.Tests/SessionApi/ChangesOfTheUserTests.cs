namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>The effects of changes of a user on the user's sessions: contract §5.6, ended properly.</summary>
public abstract class ChangesOfTheUserTests(SharedHost host) : ContractTests(host)
{
    [Theory]
    [Asvs("7.4.2")]
    [InlineData("lock")]
    [InlineData("deactivate")]
    [InlineData("delete")]
    [InlineData("reset")]
    public async Task Losing_the_right_to_log_in_ends_all_sessions(string change)
    {
        var (human, other) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        var sessions = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Admin.OpenAsync(human)));
        var otherSession = await Admin.OpenAsync(other);

        (await ChangeAsync(human, change)).Expect(200);

        foreach (var session in sessions)
        {
            (await Admin.ReadAsync(session)).Expect(Failures.NoSession);
            (await Admin.ReadAsync(session, session.Token)).Expect(Failures.NoSession);
            (await Admin.SetAsync(session, new { metadata = Metadata(("a", "1")) })).Expect(Failures.Terminated);
            (await Admin.As(session.Token).ReadAsync(session)).Expect(401);
        }

        Assert.Empty(await Admin.FindAsync(OfUser(human.Id)));
        (await Admin.ReadAsync(otherSession, otherSession.Token)).Expect(200);
    }

    [Theory]
    [InlineData("lock", "unlock")]
    [InlineData("deactivate", "reactivate")]
    public async Task Getting_the_right_back_brings_no_session_back(string away, string back)
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);

        (await ChangeAsync(human, away)).Expect(200);
        (await ChangeAsync(human, back)).Expect(200);

        (await Admin.ReadAsync(session)).Expect(Failures.NoSession);
        (await Admin.ReadAsync(await Admin.OpenAsync(human))).Expect(200);
    }

    [Fact]
    [Asvs("7.4.2")]
    public async Task A_bearer_is_refused_within_a_second_after_the_lock()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        var self = Admin.As(session.Token);
        (await self.ReadAsync(session)).Expect(200);

        (await ChangeAsync(human, "lock")).Expect(200);

        await Eventually.StatusAsync(401, () => self.GetAsync($"/v2/users/{human.Id}"), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_new_name_shows_in_the_session()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(human);
        (await Admin.ReadAsync(session)).Expect(200);
        var username = Unique("renamed");

        (
            await Admin.PutAsync(
                $"/v2/users/human/{human.Id}",
                new
                {
                    username,
                    profile = new
                    {
                        givenName = "Daisy",
                        familyName = "Duck",
                        displayName = "Daisy D.",
                    },
                }
            )
        ).Expect(200);

        var read = (await Admin.ReadAsync(session, session.Token)).Expect(200);
        Assert.Equal(username, read.Text("session.factors.user.loginName"));
        Assert.Equal("Daisy D.", read.Text("session.factors.user.displayName"));
        var found = (await Admin.SearchAsync(OfUser(human.Id))).Expect(200);
        Assert.Equal(username, found.Text("sessions.0.factors.user.loginName"));
        (await Admin.CreateSessionAsync(new { checks = new { user = new { loginName = human.LoginName } } })).Expect(Failures.NoSuchUser);
        await Admin.OpenAsync(new { checks = new { user = new { loginName = username } } });
    }

    [Fact]
    public async Task A_new_password_takes_the_password_factor_away_and_nothing_else()
    {
        var human = await Admin.NewHumanAsync(withTotp: true);
        var session = await Admin.OpenAsync(
            new
            {
                checks = new
                {
                    user = new { userId = human.Id },
                    password = new { password = human.Password },
                    totp = new { code = TotpCode.Now(human.TotpSecret) },
                },
            }
        );

        (
            await Admin.PostAsync(
                $"/v2/users/{human.Id}/password",
                new { newPassword = new { password = "Another-Horse-8" }, currentPassword = human.Password }
            )
        ).Expect(200);

        var read = (await Admin.ReadAsync(session)).Expect(200);
        Assert.Equal(["totp", "user"], read["session.factors"]!.AsObject().Select(member => member.Key).Order());
        var found = (await Admin.SearchAsync(OfUser(human.Id))).Expect(200);
        Assert.False(found.Has("sessions.0.factors.password"));

        session = session.After(await Admin.SetAsync(session, new { checks = new { password = new { password = "Another-Horse-8" } } }));
        Assert.True((await Admin.ReadAsync(session)).Expect(200).Has("session.factors.password.verifiedAt"));
    }

    [Fact]
    public async Task A_bearer_whose_only_factor_was_the_old_password_has_none_any_more()
    {
        var human = await Admin.NewHumanAsync();
        var (session, changing) = (await Admin.OpenAsync(human), await Admin.OpenAsync(human));
        var (self, changer) = (Admin.As(session.Token), Admin.As(changing.Token));

        (
            await changer.PostAsync(
                $"/v2/users/{human.Id}/password",
                new { newPassword = new { password = "Another-Horse-8" }, currentPassword = human.Password }
            )
        ).Expect(200);

        (await Eventually.StatusAsync(403, () => self.ReadAsync(session), TimeSpan.FromSeconds(1))).Expect(Failures.BearerWithoutFactor);

        // The session with which it was changed has proved the old one, and goes on.
        (await changer.ReadAsync(changing)).Expect(200);
    }

    private Task<Reply> ChangeAsync(Human human, string change) =>
        change switch
        {
            "delete" => Admin.DeleteAsync($"/v2/users/{human.Id}"),
            "reset" => Admin.PostAsync($"/v2/users/{human.Id}/password", new { newPassword = new { password = "Another-Horse-8" } }),
            _ => Admin.PostAsync($"/v2/users/{human.Id}/{change}"),
        };
}

public sealed class ChangesOfTheUserTestsOnSqlite(SqliteHost host) : ChangesOfTheUserTests(host);

public sealed class ChangesOfTheUserTestsOnPostgreSql(PostgreSqlHost host) : ChangesOfTheUserTests(host);
