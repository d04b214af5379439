using System.Globalization;

namespace Orleans.Sessions.EndToEnd.UserApi;

/// <summary>Names are unique without regard to case, and a name that a request did not get stays free: contract §11.1.</summary>
public abstract class UserNameTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_name_is_given_once_in_whatever_case()
    {
        var human = await Admin.NewHumanAsync(username: Unique("Name"));

        foreach (var name in new[] { human.LoginName, human.LoginName.ToUpperInvariant(), human.LoginName.ToLowerInvariant() })
        {
            Taken(await Admin.PostAsync("/v2/users/human", HumanBody(name)));
            Taken(
                await Admin.PostAsync(
                    "/v2/users/new",
                    new
                    {
                        organizationId = "other",
                        username = name,
                        machine = new { name = "m" },
                    }
                )
            );
        }
    }

    [Fact]
    public async Task Of_twenty_racing_creations_of_one_name_one_wins()
    {
        var name = Unique("race");

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Admin.PostAsync("/v2/users/human", HumanBody(i % 2 == 0 ? name : name.ToUpperInvariant())))
        );

        var winner = Assert.Single(replies, reply => reply.Status == 200);
        Assert.All(replies.Where(reply => reply != winner), Taken);
        var session = await Admin.OpenAsync(new { checks = new { user = new { loginName = name } } });
        Assert.Equal(winner.Text("userId"), (await Admin.ReadAsync(session)).Expect(200).Text("session.factors.user.id"));
        var found = (
            await Admin.PostAsync(
                "/v2/users",
                new
                {
                    queries = new[] { new { loginNameQuery = new { loginName = name, method = "TEXT_QUERY_METHOD_EQUALS_IGNORE_CASE" } } },
                }
            )
        ).Expect(200);
        Assert.Equal(1, found.Number("details.totalResult"));
    }

    [Fact]
    public async Task A_refused_creation_takes_no_name()
    {
        var name = Unique("free");
        var body = HumanBody(name);
        body["password"] = new { password = "weak" };
        (await Admin.PostAsync("/v2/users/human", body)).Expect(400);

        await Admin.NewHumanAsync(username: name);
    }

    [Fact]
    public async Task A_deleted_users_name_is_free_again()
    {
        var human = await Admin.NewHumanAsync();
        (await Admin.DeleteAsync($"/v2/users/{human.Id}")).Expect(200);

        var next = await Admin.NewHumanAsync(username: human.LoginName);

        Assert.NotEqual(human.Id, next.Id);
        var session = await Admin.OpenAsync(new { checks = new { user = new { loginName = human.LoginName } } });
        Assert.Equal(next.Id, (await Admin.ReadAsync(session)).Expect(200).Text("session.factors.user.id"));
    }

    [Fact]
    public async Task A_rename_takes_the_new_name_and_frees_the_old_one()
    {
        var (human, other) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        var name = Unique("renamed");
        Taken(await Admin.PutAsync($"/v2/users/human/{human.Id}", new { username = other.LoginName.ToUpperInvariant() }));
        await Admin.OpenAsync(new { checks = new { user = new { loginName = human.LoginName } } });

        (await Admin.PutAsync($"/v2/users/human/{human.Id}", new { username = name })).Expect(200);

        (await Admin.CreateSessionAsync(new { checks = new { user = new { loginName = human.LoginName } } })).Expect(Failures.NoSuchUser);
        await Admin.OpenAsync(new { checks = new { user = new { loginName = name } } });
        var heir = await Admin.NewHumanAsync(username: human.LoginName);
        var session = await Admin.OpenAsync(new { checks = new { user = new { loginName = human.LoginName } } });
        Assert.Equal(heir.Id, (await Admin.ReadAsync(session)).Expect(200).Text("session.factors.user.id"));
        (await Admin.PutAsync($"/v2/users/human/{human.Id}", new { username = name.ToUpperInvariant() })).Expect(200);
    }

    [Fact]
    public async Task Of_two_racing_renames_to_one_name_one_wins()
    {
        var humans = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Admin.NewHumanAsync()));
        var username = Unique("race");

        var replies = await Task.WhenAll(humans.Select(human => Admin.PutAsync($"/v2/users/human/{human.Id}", new { username })));

        Assert.Single(replies, reply => reply.Status == 200);
        Assert.All(replies.Where(reply => reply.Status != 200), Taken);
    }

    [Theory]
    [InlineData("with space {0}")]
    [InlineData("{{braces}}{0}")]
    [InlineData("quote'\"\\{0}")]
    [InlineData("a@b@{0}")]
    [InlineData("minnie+{0}@mouse.example.com")]
    [InlineData("Jürgen.Groß-{0}")]
    [InlineData("ünïcödé-密码-{0}")]
    [InlineData("王小明-{0}@例子.example")]
    [InlineData("Ирина@{0}.example")]
    [InlineData("Μαρία@{0}.example")]
    [InlineData("محمد@{0}.example")]
    [InlineData("רות@{0}.example")]
    public async Task Names_of_all_scripts_log_in_in_any_case(string pattern)
    {
        var human = await Admin.NewHumanAsync(username: Named(pattern));

        var session = await Admin.OpenAsync(new { checks = new { user = new { loginName = human.LoginName.ToUpperInvariant() } } });

        Assert.Equal(human.LoginName, (await Admin.ReadAsync(session)).Expect(200).Text("session.factors.user.loginName"));
    }

    [Theory]
    [InlineData("admin\u200B-{0}", "USER-Name1")]
    [InlineData("admin\u202E-{0}", "USER-Name1")]
    [InlineData("ad\u00ADmin-{0}", "USER-Name1")]
    [InlineData("admin-{0}\n", "USER-Name1")]
    [InlineData(" admin-{0}", "USER-Name1")]
    [InlineData("admin²-{0}", "USER-Name1")]
    [InlineData("\u0430dmin-{0}", "USER-Name2")]
    [InlineData("{0}@p\u0430ypal.example", "USER-Name2")]
    [InlineData("1محمد", "USER-Name3")]
    public async Task What_looks_like_another_name_is_refused(string pattern, string id)
    {
        var username = Named(pattern);
        var human = await Admin.NewHumanAsync();
        var body = HumanBody(username);
        body.Remove("username");
        body["email"] = new { email = username };

        foreach (
            var reply in new[]
            {
                await Admin.PostAsync("/v2/users/human", HumanBody(username)),
                await Admin.PostAsync(
                    "/v2/users/new",
                    new
                    {
                        organizationId = "other",
                        username,
                        machine = new { name = "m" },
                    }
                ),
                await Admin.PutAsync($"/v2/users/human/{human.Id}", new { username }),
                await Admin.PatchAsync($"/v2/users/{human.Id}", new { username }),
            }
        )
        {
            Assert.Equal((400, id), (reply.Status, reply.Text("details.0.id")));
            Assert.StartsWith("username: ", reply.Text("message"), StringComparison.Ordinal);
        }

        (await Admin.PostAsync("/v2/users/human", body)).Expect(400);
        Assert.Equal(human.LoginName, (await Admin.GetAsync($"/v2/users/{human.Id}")).Expect(200).Text("user.username"));
        (await Admin.CreateSessionAsync(new { checks = new { user = new { loginName = username } } })).Expect(Failures.NoSuchUser);
    }

    [Fact]
    public async Task Names_that_are_written_alike_are_the_same()
    {
        var human = await Admin.NewHumanAsync(username: Named("Mu\u0308ller-{0}"));
        var name = human.LoginName.Replace("u\u0308", "ü", StringComparison.Ordinal);
        Assert.Equal(name, (await Admin.GetAsync($"/v2/users/{human.Id}")).Expect(200).Text("user.username"));

        foreach (var spelling in new[] { name, human.LoginName, name.ToUpperInvariant(), Wide(name) })
        {
            Taken(await Admin.PostAsync("/v2/users/human", HumanBody(spelling)));
            await Admin.OpenAsync(new { checks = new { user = new { loginName = spelling } } });
            var found = (
                await Admin.PostAsync(
                    "/v2/users",
                    new
                    {
                        queries = new[]
                        {
                            new { loginNameQuery = new { loginName = spelling, method = "TEXT_QUERY_METHOD_EQUALS_IGNORE_CASE" } },
                        },
                    }
                )
            ).Expect(200);
            Assert.Equal([human.Id], found.Texts("result", "userId"));
        }
    }

    [Theory]
    [InlineData("line\nfeed-{0}")]
    [InlineData("with space-{0}")]
    [InlineData("\u202E{0}")]
    [InlineData("\u3164{0}")]
    [InlineData("Mu\u0308ller-{0}")]
    [InlineData("..")]
    public async Task Ids_and_addresses_are_what_one_sees(string pattern)
    {
        var body = HumanBody(Unique("human"));
        body["userId"] = Named(pattern);
        Refused(await Admin.PostAsync("/v2/users/human", body), "USER-Id1");
        body["userId"] = Unique("id");
        body["organization"] = new { orgId = Named(pattern) };
        Refused(await Admin.PostAsync("/v2/users/human", body), "USER-Id1");
        body.Remove("organization");
        body["email"] = new { email = $"{Unique("a")}\u2800@example.com" };
        Refused(await Admin.PostAsync("/v2/users/human", body), "USER-Mail1");
        Refused(await Admin.PostAsync("/v2/organizations", new { name = Unique("org"), orgId = Named(pattern) }), "USER-Id1");

        static void Refused(Reply reply, string id) => Assert.Equal((400, id), (reply.Status, reply.Text("details.0.id")));
    }

    private static string Named(string pattern) => string.Format(CultureInfo.InvariantCulture, pattern, Unique("n"));

    /// <summary>The name with its ASCII characters in their full-width forms.</summary>
    private static string Wide(string name) => string.Concat(name.Select(c => c is > ' ' and < '\u007F' ? (char)(c + 0xFEE0) : c));

    private static void Taken(Reply reply)
    {
        reply.Expect(409);
        Assert.Equal("V2-uniqueness", reply.Text("details.0.id"));
        Assert.Equal(6, reply["code"]!.GetValue<int>());
    }
}

public sealed class UserNameTestsOnSqlite(SqliteHost host) : UserNameTests(host);

public sealed class UserNameTestsOnPostgreSql(PostgreSqlHost host) : UserNameTests(host);

/// <summary>Names that were assigned before the rules existed.</summary>
public sealed class OlderUserNames : OwnHosts
{
    [Fact]
    public async Task Who_has_one_goes_on_logging_in_by_it()
    {
        var settings = HostSettings.Shared.With(Setting.DataPath, NewFolder());
        var host = await StartAsync(settings.With("Sessions__Users__NameRule", "AnyText"));
        var admin = Admin(host);
        string[] names = ["admin\u200B", "\u0430dmin", "ａdmin", "Mu\u0308ller", "  spaces ", "ΜΆΡΙΟΣ", "line\nfeed", "J\u030Can"];
        var humans = new List<Human>();
        foreach (var name in names)
        {
            humans.Add(await admin.NewHumanAsync(username: name));
        }

        await host.TerminateAsync();
        admin = admin.At(await StartAsync(settings));
        await admin.NewHumanAsync(username: "Müller");

        foreach (var human in humans)
        {
            var session = await admin.OpenAsync(
                new { checks = new { user = new { loginName = human.LoginName }, password = new { password = human.Password } } }
            );
            Assert.Equal(human.Id, (await admin.ReadAsync(session)).Expect(200).Text("session.factors.user.id"));
            var found = (
                await admin.PostAsync(
                    "/v2/users",
                    new
                    {
                        queries = new[]
                        {
                            new { loginNameQuery = new { loginName = human.LoginName, method = "TEXT_QUERY_METHOD_EQUALS_IGNORE_CASE" } },
                        },
                    }
                )
            ).Expect(200);
            Assert.Contains(human.Id, found.Texts("result", "userId"));

            // An unchanged name is not checked as a new one.
            (
                await admin.PutAsync(
                    $"/v2/users/human/{human.Id}",
                    new { username = human.LoginName, profile = new { givenName = "New", familyName = "Name" } }
                )
            ).Expect(200);
        }
    }
}
