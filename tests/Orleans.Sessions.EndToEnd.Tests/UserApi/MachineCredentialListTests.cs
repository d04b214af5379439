namespace Orleans.Sessions.EndToEnd.UserApi;

/// <summary>Lists of keys and personal access tokens do not contain their secrets.</summary>
public abstract class MachineCredentialListTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task Tokens_are_found_by_user_id_and_date_and_sorted()
    {
        var machine = await Admin.NewMachineAsync();
        var second = (await Admin.NewTokenAsync(machine.Id, TimeSpan.FromDays(2))).Text("tokenId");
        var all = await SearchAsync("pats", null, new { userIdFilter = new { id = machine.Id } });
        Assert.Equal([machine.TokenId, second], all.Texts("result", "id"));
        Assert.Equal("2", all.Text("pagination.totalResult"));
        Assert.Equal("100", all.Text("pagination.appliedLimit"));
        Assert.Equal([machine.Id, machine.Id], all.Texts("result", "userId"));
        Assert.Equal(["machines", "machines"], all.Texts("result", "organizationId"));
        Assert.DoesNotContain(machine.Api.Token!, all.Body, StringComparison.Ordinal);

        var page = (
            await Admin.PostAsync(
                "/v2/users/pats/search",
                new
                {
                    pagination = new { limit = 1 },
                    sortingColumn = "PERSONAL_ACCESS_TOKEN_FIELD_NAME_EXPIRATION_DATE",
                    filters = new[] { new { userIdFilter = new { id = machine.Id } } },
                }
            )
        ).Expect(200);
        Assert.Equal([second], page.Texts("result", "id"));
        var tomorrow = new { timestamp = DateTimeOffset.UtcNow.AddDays(1), method = "TIMESTAMP_FILTER_METHOD_BEFORE" };
        Assert.Equal(
            [machine.TokenId],
            (
                await SearchAsync("pats", null, new { userIdFilter = new { id = machine.Id } }, new { expirationDateFilter = tomorrow })
            ).Texts("result", "id")
        );
        Assert.False(
            (
                await SearchAsync(
                    "pats",
                    null,
                    new { userIdFilter = new { id = machine.Id } },
                    new
                    {
                        createdDateFilter = new
                        {
                            timestamp = DateTimeOffset.UtcNow.AddMinutes(1),
                            method = "TIMESTAMP_FILTER_METHOD_AFTER",
                        },
                    }
                )
            ).Has("result")
        );
        Assert.Contains(second, (await SearchAsync("pats", null, new { tokenIdFilter = new { id = second } })).Texts("result", "id"));

        (await Admin.DeleteAsync($"/v2/users/{machine.Id}/pats/{second}")).Expect(200);
        Assert.Equal(
            [machine.TokenId],
            (await SearchAsync("pats", null, new { userIdFilter = new { id = machine.Id } })).Texts("result", "id")
        );
    }

    [Fact]
    public async Task Keys_are_found_by_organization()
    {
        var organizationId = Unique("org");
        var machine = await Admin.NewMachineAsync(organizationId: organizationId);
        var key = (await Admin.PostAsync($"/v2/users/{machine.Id}/keys", new { expirationDate = DateTimeOffset.UtcNow.AddDays(1) }))
            .Expect(200)
            .Text("keyId");

        Assert.Equal(
            [key],
            (await SearchAsync("keys", null, new { organizationIdFilter = new { id = organizationId } })).Texts("result", "id")
        );
        Assert.Equal(
            [key],
            (await SearchAsync("keys", null, new { keyIdFilter = new { id = key } }, new { userIdFilter = new { id = machine.Id } })).Texts(
                "result",
                "id"
            )
        );
        (await Admin.DeleteAsync($"/v2/users/{machine.Id}/keys/{key}")).Expect(200);
        Assert.False((await SearchAsync("keys", null, new { organizationIdFilter = new { id = organizationId } })).Has("result"));
    }

    [Fact]
    public async Task Who_may_not_read_a_service_account_finds_nothing_of_it()
    {
        var (machine, stranger) = (
            await Admin.NewMachineAsync(organizationId: Unique("org")),
            await Admin.NewMachineAsync(organizationId: Unique("org"))
        );

        Assert.False((await SearchAsync("pats", stranger.Api, new { userIdFilter = new { id = machine.Id } })).Has("result"));
        Assert.Equal(
            [stranger.TokenId],
            (await SearchAsync("pats", stranger.Api, new { userIdFilter = new { id = stranger.Id } })).Texts("result", "id")
        );
        Assert.False((await SearchAsync("pats", null, new { userIdFilter = new { id = "nobody" } })).Has("result"));
        (await Admin.PostAsync("/v2/users/pats/search", new { pagination = new { limit = 1001 } })).Expect(Failures.LimitExceeded);
        (await Admin.PostAsync("/v2/users/pats/search", new { filters = new[] { new { } } })).Expect(400);
    }

    [Fact]
    public async Task Metadata_is_listed_by_key_for_who_may_read_the_user()
    {
        var human = await Admin.NewHumanAsync();
        (
            await Admin.PostAsync(
                $"/v2/users/{human.Id}/metadata",
                new
                {
                    metadata = new[]
                    {
                        new { key = "plan", value = "Z29sZA==" },
                        new { key = "Planet", value = "bWFycw==" },
                        new { key = "other", value = "eA==" },
                    },
                }
            )
        ).Expect(200);

        var found = (
            await Admin.PostAsync(
                $"/v2/users/{human.Id}/metadata/search",
                new
                {
                    pagination = new { asc = true },
                    filters = new[] { new { keyFilter = new { key = "PLAN", method = "TEXT_FILTER_METHOD_STARTS_WITH_IGNORE_CASE" } } },
                }
            )
        ).Expect(200);
        Assert.Equal(["Planet", "plan"], found.Texts("metadata", "key"));
        Assert.Equal(["bWFycw==", "Z29sZA=="], found.Texts("metadata", "value"));
        Assert.Equal("2", found.Text("pagination.totalResult"));
        (await Admin.As((await Admin.OpenAsync(human)).Token).PostAsync($"/v2/users/{human.Id}/metadata/search")).Expect(
            Failures.NoPermission
        );
        (await Admin.PostAsync("/v2/users/nobody/metadata/search")).Expect(Failures.NoSuchUser);
    }

    private async Task<Reply> SearchAsync(string kind, Api? caller, params object[] filters) =>
        (await (caller ?? Admin).PostAsync($"/v2/users/{kind}/search", new { pagination = new { asc = true }, filters })).Expect(200);
}

public sealed class MachineCredentialListTestsOnSqlite(SqliteHost host) : MachineCredentialListTests(host);

public sealed class MachineCredentialListTestsOnPostgreSql(PostgreSqlHost host) : MachineCredentialListTests(host);
