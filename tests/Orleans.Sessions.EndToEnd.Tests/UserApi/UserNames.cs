namespace Orleans.Sessions.EndToEnd.UserApi;

/// <summary>Names are unique in any case, and a name that was not won is not taken: surroundings §4.1.</summary>
public abstract class UserNames(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_name_is_given_once_in_whatever_case()
    {
        var human = await Admin.NewHumanAsync(username: Unique("Name"));

        foreach (var name in new[] { human.LoginName, human.LoginName.ToUpperInvariant(), human.LoginName.ToLowerInvariant() })
        {
            Taken(await Admin.PostAsync("/v2/users/human", HumanBody(name)));
            Taken(await Admin.PostAsync("/v2/users/new", new { organizationId = "other", username = name, machine = new { name = "m" } }));
        }
    }

    [Fact]
    public async Task Of_twenty_racing_creations_of_one_name_one_wins()
    {
        var name = Unique("race");

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            i => Admin.PostAsync("/v2/users/human", HumanBody(i % 2 == 0 ? name : name.ToUpperInvariant()))));

        var winner = Assert.Single(replies, reply => reply.Status == 200);
        Assert.All(replies.Where(reply => reply != winner), Taken);
        var session = await Admin.OpenAsync(new { checks = new { user = new { loginName = name } } });
        Assert.Equal(winner.Text("userId"), (await Admin.ReadAsync(session)).Expect(200).Text("session.factors.user.id"));
        var found = (await Admin.PostAsync("/v2/users", new
        {
            queries = new[] { new { loginNameQuery = new { loginName = name, method = "TEXT_QUERY_METHOD_EQUALS_IGNORE_CASE" } } },
        })).Expect(200);
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
    [InlineData("with space")]
    [InlineData("{braces}")]
    [InlineData("ünïcödé-密码")]
    [InlineData("quote'\"\\")]
    [InlineData("a@b@c")]
    public async Task A_name_may_be_any_text(string prefix)
    {
        var human = await Admin.NewHumanAsync(username: prefix + Unique("-"));

        var session = await Admin.OpenAsync(new { checks = new { user = new { loginName = human.LoginName.ToUpperInvariant() } } });

        Assert.Equal(human.LoginName, (await Admin.ReadAsync(session)).Expect(200).Text("session.factors.user.loginName"));
    }

    private static void Taken(Reply reply)
    {
        reply.Expect(409);
        Assert.Equal("V2-uniqueness", reply.Text("details.0.id"));
        Assert.Equal(6, reply["code"]!.GetValue<int>());
    }
}

public sealed class UserNamesOnSqlite(SqliteHost host) : UserNames(host);

public sealed class UserNamesOnPostgreSql(PostgreSqlHost host) : UserNames(host);
