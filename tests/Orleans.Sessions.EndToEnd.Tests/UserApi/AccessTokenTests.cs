namespace Orleans.Sessions.EndToEnd.UserApi;

/// <summary>Personal access tokens of machine users, and the roles that they need: contract §11.4.</summary>
public abstract class AccessTokenTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_token_acts_as_its_user_until_it_is_revoked()
    {
        var machine = await Admin.NewMachineAsync("IAM_LOGIN_CLIENT");
        await machine.Api.OpenAsync();

        Assert.True((await Admin.DeleteAsync($"/v2/users/{machine.Id}/pats/{machine.TokenId}")).Expect(200).Has("deletionDate"));

        (await Eventually.StatusAsync(401, () => machine.Api.CreateSessionAsync(new { }), TimeSpan.FromSeconds(1))).Expect(
            Failures.BadToken
        );
        (await Admin.DeleteAsync($"/v2/users/{machine.Id}/pats/{machine.TokenId}")).Expect(404);
    }

    [Fact]
    public async Task A_user_may_have_several_tokens_that_end_one_by_one()
    {
        var machine = await Admin.NewMachineAsync("IAM_LOGIN_CLIENT");
        var second = await Admin.NewTokenAsync(machine.Id);
        Assert.NotEqual(machine.Api.Token, second.Text("token"));

        (await Admin.DeleteAsync($"/v2/users/{machine.Id}/pats/{machine.TokenId}")).Expect(200);

        (await machine.Api.CreateSessionAsync(new { })).Expect(Failures.BadToken);
        await Admin.As(second.Text("token")).OpenAsync();
    }

    [Fact]
    public async Task A_token_ends_at_its_date()
    {
        var machine = await Admin.NewMachineAsync("IAM_LOGIN_CLIENT");
        var api = Admin.As((await Admin.NewTokenAsync(machine.Id, TimeSpan.FromSeconds(1))).Text("token"));
        await api.OpenAsync();

        (await Eventually.StatusAsync(401, () => api.CreateSessionAsync(new { }), TimeSpan.FromSeconds(3))).Expect(Failures.BadToken);
    }

    [Fact]
    public async Task An_id_may_be_any_text_that_one_sees()
    {
        var userId = Unique("a.b_c{d}é|") + "=";
        (
            await Admin.PostAsync(
                "/v2/users/new",
                new
                {
                    userId,
                    organizationId = "machines",
                    machine = new { name = "Robot" },
                }
            )
        ).Expect(200);
        await Admin.GrantAsync(userId, new { instance = true }, "IAM_LOGIN_CLIENT");
        var token = (
            await Admin.PostAsync(
                $"/v2/users/{Uri.EscapeDataString(userId)}/pats",
                new { expirationDate = DateTimeOffset.UtcNow.AddHours(1) }
            )
        )
            .Expect(200)
            .Text("token");

        var session = await Admin.As(token).OpenAsync(new { checks = new { user = new { userId } } });

        Assert.Equal([session.Id], await Admin.FindAsync(OfUser(userId)));
        Assert.Equal([session.Id], await Admin.FindAsync(new { creatorQuery = new { id = userId } }));
        Assert.Equal(userId, (await Admin.GetAsync($"/v2/users/{Uri.EscapeDataString(userId)}")).Expect(200).Text("user.userId"));
    }

    [Fact]
    [Asvs("7.2.2")]
    public async Task A_token_needs_a_machine_and_a_date_to_come()
    {
        var (human, machine) = (await Admin.NewHumanAsync(), await Admin.NewMachineAsync());
        var tomorrow = new { expirationDate = DateTimeOffset.UtcNow.AddDays(1) };

        (await Admin.PostAsync($"/v2/users/{human.Id}/pats", tomorrow)).Expect(400).ExpectRefusal();
        (await Admin.PostAsync($"/v2/users/{machine.Id}/pats", new { expirationDate = DateTimeOffset.UtcNow.AddDays(-1) }))
            .Expect(400)
            .ExpectRefusal();
        (await Admin.PostAsync($"/v2/users/{machine.Id}/pats", new { })).Expect(
            Failure.Invalid("AddPersonalAccessTokenRequest.ExpirationDate: value is required")
        );
        (await Admin.PostAsync("/v2/users/unknown/pats", tomorrow)).Expect(404);
    }

    [Fact]
    public async Task A_user_without_a_role_may_nothing()
    {
        var machine = await Admin.NewMachineAsync();

        (await machine.Api.CreateSessionAsync(new { })).Expect(Failures.NoPermission);
        Assert.Empty(await machine.Api.FindAsync());
    }

    [Fact]
    public async Task Roles_are_given_changed_and_taken()
    {
        var machine = await Admin.NewMachineAsync();
        var resource = new { instance = true };
        const string path = "/v2/internal_permissions/administrators";

        Assert.True((
                await Admin.PostAsync(
                    path,
                    new
                    {
                        userId = machine.Id,
                        resource,
                        roles = new[] { "IAM_LOGIN_CLIENT" },
                    }
                )
            ).Expect(200).Has("creationDate"));
        await Eventually.StatusAsync(201, () => machine.Api.CreateSessionAsync(new { }), TimeSpan.FromSeconds(1));
        (
            await Admin.PostAsync(
                path,
                new
                {
                    userId = machine.Id,
                    resource,
                    roles = new[] { "IAM_OWNER" },
                }
            )
        ).Expect(409);

        (
            await Admin.PutAsync(
                path,
                new
                {
                    userId = machine.Id,
                    resource,
                    roles = new[] { "IAM_OWNER_VIEWER" },
                }
            )
        ).Expect(200);
        await Eventually.StatusAsync(403, () => machine.Api.CreateSessionAsync(new { }), TimeSpan.FromSeconds(1));
        (await machine.Api.ReadAsync(await Admin.OpenAsync())).Expect(200);

        Assert.True((await Admin.DeleteAsync(path, new { userId = machine.Id, resource })).Expect(200).Has("deletionDate"));
        var session = await Admin.OpenAsync();
        await Eventually.StatusAsync(403, () => machine.Api.ReadAsync(session), TimeSpan.FromSeconds(1));
        Assert.False((await Admin.DeleteAsync(path, new { userId = machine.Id, resource })).Expect(200).Has("deletionDate"));
    }

    [Fact]
    public async Task Roles_must_exist_and_fit_their_resource()
    {
        var machine = await Admin.NewMachineAsync();

        foreach (
            var body in new object[]
            {
                new
                {
                    userId = machine.Id,
                    resource = new { instance = true },
                    roles = new[] { "NO_SUCH_ROLE" },
                },
                new
                {
                    userId = machine.Id,
                    resource = new { instance = true },
                    roles = new[] { "ORG_OWNER" },
                },
                new
                {
                    userId = machine.Id,
                    resource = new { organizationId = "o" },
                    roles = new[] { "IAM_OWNER" },
                },
                new
                {
                    userId = machine.Id,
                    resource = new { instance = true },
                    roles = Array.Empty<string>(),
                },
                new
                {
                    userId = machine.Id,
                    resource = new { },
                    roles = new[] { "IAM_OWNER" },
                },
                new
                {
                    userId = machine.Id,
                    resource = new { instance = false },
                    roles = new[] { "IAM_OWNER" },
                },
                new { userId = machine.Id, roles = new[] { "IAM_OWNER" } },
            }
        )
        {
            (await Admin.PostAsync("/v2/internal_permissions/administrators", body)).Expect(400).ExpectRefusal();
        }

        (
            await Admin.PostAsync(
                "/v2/internal_permissions/administrators",
                new
                {
                    userId = "unknown",
                    resource = new { instance = true },
                    roles = new[] { "IAM_OWNER" },
                }
            )
        ).Expect(404);
    }

    [Fact]
    public async Task Nobody_hands_out_more_than_they_have()
    {
        var machine = await Admin.NewMachineAsync();
        var (client, manager) = (
            (await Admin.NewMachineAsync("IAM_LOGIN_CLIENT")).Api,
            (await Admin.NewMachineAsync("IAM_USER_MANAGER")).Api
        );
        var owner = await Admin.NewMachineAsync("IAM_OWNER");
        var body = new
        {
            userId = machine.Id,
            resource = new { instance = true },
            roles = new[] { "IAM_OWNER" },
        };

        (await client.PostAsync("/v2/internal_permissions/administrators", body)).Expect(Failures.NoPermission);
        (await manager.PostAsync("/v2/internal_permissions/administrators", body)).Expect(Failures.NoPermission);
        (await manager.PostAsync($"/v2/users/{owner.Id}/pats", new { expirationDate = DateTimeOffset.UtcNow.AddDays(1) })).Expect(
            Failures.NoPermission
        );
        (await manager.PostAsync($"/v2/users/{machine.Id}/pats", new { expirationDate = DateTimeOffset.UtcNow.AddDays(1) })).Expect(200);
    }
}

public sealed class AccessTokenTestsOnSqlite(SqliteHost host) : AccessTokenTests(host);

public sealed class AccessTokenTestsOnPostgreSql(PostgreSqlHost host) : AccessTokenTests(host);
