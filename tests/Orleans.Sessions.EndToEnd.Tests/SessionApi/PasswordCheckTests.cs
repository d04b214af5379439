namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>The password check: contract §3.2. Tests of locks are in <see cref="LockoutTests"/>.</summary>
public sealed class PasswordCheckTests(SqliteHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_right_password_becomes_a_factor()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(new { checks = human.OnlyUser });

        session = session.After(await Admin.SetAsync(session, new { checks = human.OnlyPassword }));

        Assert.Equal(5, session.Sequence);
        var verifiedAt = (await Admin.ReadAsync(session)).Expect(200).Date("session.factors.password.verifiedAt");
        Assert.InRange(DateTimeOffset.UtcNow - verifiedAt, TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_counted()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(new { checks = human.OnlyUser });
        var wrong = new { checks = new { password = new { password = "wrong" } } };

        var first = (await Admin.SetAsync(session, wrong)).Expect(Failures.WrongPassword);
        var second = (await Admin.SetAsync(session, wrong)).Expect(Failures.WrongPassword);

        Assert.Equal(1, first["details.0.failedAttempts"]!.GetValue<int>());
        Assert.Equal(2, second["details.0.failedAttempts"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_right_password_starts_the_count_anew()
    {
        var human = await Admin.NewHumanAsync();
        var session = await Admin.OpenAsync(new { checks = human.OnlyUser });
        var wrong = new { checks = new { password = new { password = "wrong" } } };
        (await Admin.SetAsync(session, wrong)).Expect(Failures.WrongPassword);

        (await Admin.SetAsync(session, new { checks = human.OnlyPassword })).Expect(200);

        Assert.Equal(1, (await Admin.SetAsync(session, wrong)).Expect(Failures.WrongPassword)["details.0.failedAttempts"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_password_needs_a_user()
    {
        (await Admin.CreateSessionAsync(new { checks = new { password = new { password = "any" } } })).Expect(Failures.PasswordWithoutUser);
        (await Admin.SetAsync(await Admin.OpenAsync(), new { checks = new { password = new { password = "any" } } })).Expect(
            Failures.PasswordWithoutUser
        );
    }

    [Fact]
    public async Task A_machine_has_no_password()
    {
        var machine = await Admin.NewMachineAsync();

        (
            await Admin.CreateSessionAsync(new { checks = new { user = new { userId = machine.Id }, password = new { password = "any" } } })
        ).Expect(Failures.PasswordOfMachine);
    }

    [Fact]
    public async Task A_person_may_have_no_password_yet()
    {
        var human = await Admin.NewHumanAsync(password: null);

        (
            await Admin.CreateSessionAsync(new { checks = new { user = new { userId = human.Id }, password = new { password = "any" } } })
        ).Expect(Failures.PasswordNotSet);
    }

    [Theory]
    [Asvs("6.2.8")]
    [InlineData("correct-horse-7")]
    [InlineData("Correct-Horse-7 ")]
    [InlineData("Correct-Horse-")]
    public async Task A_password_is_compared_as_it_is(string almost)
    {
        var human = await Admin.NewHumanAsync();

        (
            await Admin.CreateSessionAsync(new { checks = new { user = new { userId = human.Id }, password = new { password = almost } } })
        ).Expect(Failures.WrongPassword);
    }

    [Fact]
    [Asvs("6.2.9")]
    public async Task A_password_may_be_long_and_in_any_script()
    {
        var password = "Пароль-密码-🔑-Aa1-" + new string('x', 180);
        var human = await Admin.NewHumanAsync(password: password);

        await Admin.OpenAsync(human);

        (
            await Admin.CreateSessionAsync(
                new { checks = new { user = new { userId = human.Id }, password = new { password = password[..^1] } } }
            )
        ).Expect(Failures.WrongPassword);
    }
}
