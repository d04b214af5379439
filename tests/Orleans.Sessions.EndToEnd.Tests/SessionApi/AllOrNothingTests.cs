namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>The order of checks. A request is executed completely or not at all: contract §3.1.</summary>
public abstract class AllOrNothingTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task Checks_run_in_their_fixed_order_whatever_the_order_in_the_request()
    {
        var human = await Admin.NewHumanAsync(withTotp: true);
        var wrongTotp = $$$$"""{"code":"{{{{TotpCode.Wrong(human.TotpSecret)}}}}"}""";

        (
            await Admin.CreateSessionAsync(
                new Raw(
                    $$$$"""{"checks":{"totp":{{{{wrongTotp}}}},"password":{"password":"wrong"},"user":{"userId":"{{{{human.Id}}}}"}}}"""
                )
            )
        ).Expect(Failures.WrongPassword);
        (
            await Admin.CreateSessionAsync(
                new Raw($$$$"""{"checks":{"totp":{{{{wrongTotp}}}},"password":{"password":"wrong"},"user":{"userId":"nobody"}}}""")
            )
        ).Expect(Failures.NoSuchUser);
        (
            await Admin.CreateSessionAsync(
                new Raw(
                    $$$$"""{"checks":{"totp":{{{{wrongTotp}}}},"password":{"password":"{{{{human.Password}}}}"},"user":{"userId":"{{{{human.Id}}}}"}}}"""
                )
            )
        ).Expect(Failures.WrongTotp);
    }

    [Fact]
    [Asvs("16.5.3")]
    public async Task A_failing_update_changes_nothing_of_the_session()
    {
        var human = await Admin.NewHumanAsync(withTotp: true);
        var session = await Admin.OpenAsync(
            new
            {
                checks = human.OnlyUser,
                metadata = Metadata(("kept", "1")),
                lifetime = "3600s",
            }
        );
        var before = (await Admin.ReadAsync(session)).Expect(200);

        (
            await Admin.SetAsync(
                session,
                new
                {
                    checks = new { password = new { password = human.Password }, totp = new { code = TotpCode.Wrong(human.TotpSecret) } },
                    metadata = Metadata(("kept", "2"), ("new", "3")),
                    lifetime = "10s",
                }
            )
        ).Expect(Failures.WrongTotp);

        var after = (await Admin.ReadAsync(session, session.Token)).Expect(200);
        Assert.Equal(before.Body, after.Body);
    }

    [Fact]
    public async Task A_failing_create_makes_no_session_but_counts_the_failure()
    {
        var human = await Admin.NewHumanAsync();
        var wrong = new { checks = new { user = new { userId = human.Id }, password = new { password = "wrong" } } };

        var first = (await Admin.CreateSessionAsync(wrong)).Expect(Failures.WrongPassword);
        var second = (await Admin.CreateSessionAsync(wrong)).Expect(Failures.WrongPassword);

        Assert.Equal(1, first["details.0.failedAttempts"]!.GetValue<int>());
        Assert.Equal(2, second["details.0.failedAttempts"]!.GetValue<int>());
        Assert.Empty(await Admin.FindAsync(OfUser(human.Id)));
    }

    [Fact]
    public async Task A_right_password_does_not_reset_the_count_when_the_request_fails_later()
    {
        var human = await Admin.NewHumanAsync(withTotp: true);
        var session = await Admin.OpenAsync(new { checks = human.OnlyUser });
        (await Admin.SetAsync(session, new { checks = new { password = new { password = "wrong" } } })).Expect(Failures.WrongPassword);

        (
            await Admin.SetAsync(
                session,
                new
                {
                    checks = new { password = new { password = human.Password }, totp = new { code = TotpCode.Wrong(human.TotpSecret) } },
                }
            )
        ).Expect(Failures.WrongTotp);

        var again = (await Admin.SetAsync(session, new { checks = new { password = new { password = "wrong" } } })).Expect(
            Failures.WrongPassword
        );
        Assert.Equal(2, again["details.0.failedAttempts"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_user_checked_in_the_request_is_known_to_the_later_checks_of_it()
    {
        var human = await Admin.NewHumanAsync(withTotp: true);
        var session = await Admin.OpenAsync();

        (
            await Admin.SetAsync(
                session,
                new
                {
                    checks = new
                    {
                        totp = new { code = TotpCode.Now(human.TotpSecret) },
                        password = new { password = human.Password },
                        user = new { loginName = human.LoginName },
                    },
                }
            )
        ).Expect(200);
    }
}

public sealed class AllOrNothingTestsOnSqlite(SqliteHost host) : AllOrNothingTests(host);

public sealed class AllOrNothingTestsOnPostgreSql(PostgreSqlHost host) : AllOrNothingTests(host);
