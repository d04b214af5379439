using System.Diagnostics;

namespace Orleans.Sessions.EndToEnd.Operations;

/// <summary>Lock and tarpit, as configured.</summary>
public sealed class LockoutSettingTests : OwnHosts
{
    [Fact]
    public async Task Codes_are_counted_apart_from_passwords_and_a_switch_makes_the_limit_lock_the_user()
    {
        var admin = Admin(
            await StartAsync(
                HostSettings.Shared.With(Setting.MaxOtpAttempts, "2").With(Setting.MaxPasswordAttempts, "2").With(Setting.LockUser, "true")
            )
        );
        var human = await admin.NewHumanAsync(withTotp: true);
        var session = await admin.OpenAsync(new { checks = human.OnlyUser });
        var wrongCode = new { checks = new { totp = new { code = TotpCode.Wrong(human.TotpSecret) } } };
        (await admin.SetAsync(session, new { checks = new { password = new { password = "wrong" } } })).Expect(Failures.WrongPassword);

        (await admin.SetAsync(session, wrongCode)).Expect(Failures.WrongTotp);
        Assert.Equal("USER_STATE_ACTIVE", await StateAsync(admin, human));
        (await admin.SetAsync(session, wrongCode)).Expect(Failures.WrongTotp);

        Assert.Equal("USER_STATE_LOCKED", await StateAsync(admin, human));
        var refused = (await admin.SetAsync(session, new { checks = new { totp = new { code = TotpCode.Now(human.TotpSecret) } } })).Expect(
            400
        );
        Assert.Equal(9, refused["code"]!.GetValue<int>());
        Assert.Contains(refused.Text("details.0.id"), new[] { "COMMAND-SF3fg", "COMMAND-Hewfq" });
        (await admin.CreateSessionAsync(new { checks = human.OnlyUser })).Expect(Failures.UserNotActive);
    }

    [Fact]
    public async Task Zero_turns_the_lock_off_and_the_tarpit_holds_only_the_failing_answers_back()
    {
        var admin = Admin(
            await StartAsync(
                HostSettings
                    .Shared.With(Setting.MaxPasswordAttempts, "0")
                    .With(Setting.TarpitStep, "00:00:05")
                    .With(Setting.TarpitMaxDelay, "00:00:10")
            )
        );
        var human = await admin.NewHumanAsync();
        var session = await admin.OpenAsync(new { checks = human.OnlyUser });
        var wrong = new { checks = new { password = new { password = "wrong" } } };
        for (var i = 0; i < 9; i++)
        {
            (await admin.SetAsync(session, wrong)).Expect(Failures.WrongPassword);
        }

        var clock = Stopwatch.StartNew();
        var held = Enumerable.Range(0, 3).Select(_ => admin.SetAsync(session, wrong)).ToList();

        // Neither the session nor the user waits for the delayed answers.
        (await admin.SetAsync(session, new { metadata = Metadata(("a", "1")) })).Expect(200);
        (await admin.ReadAsync(session)).Expect(200);
        await admin.OpenAsync(new { checks = human.OnlyUser });
        Assert.All(held, answer => Assert.False(answer.IsCompleted));

        Assert.All(await Task.WhenAll(held), reply => reply.Expect(Failures.WrongPassword));
        Assert.True(clock.Elapsed >= TimeSpan.FromSeconds(5), $"The tenth failure was answered after {clock.Elapsed}.");
        await admin.OpenAsync(human);
    }

    private static async Task<string> StateAsync(Api admin, Human human) =>
        (await admin.GetAsync($"/v2/users/{human.Id}")).Expect(200).Text("user.state");
}
