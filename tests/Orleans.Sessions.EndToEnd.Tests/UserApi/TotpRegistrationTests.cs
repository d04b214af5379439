namespace Orleans.Sessions.EndToEnd.UserApi;

/// <summary>The registration of an authenticator app: contract §11.3.</summary>
public sealed class TotpRegistrationTests(SqliteHost host) : ContractTests(host)
{
    [Fact]
    public async Task An_app_is_set_up_verified_used_and_removed()
    {
        var human = await Admin.NewHumanAsync();
        var path = $"/v2/users/{human.Id}/totp";

        var registration = (await Admin.PostAsync(path)).Expect(200);
        var secret = registration.Text("secret");
        Assert.Matches("^[A-Z2-7]{16,}=*$", secret);
        var uri = registration.Text("uri");
        Assert.StartsWith("otpauth://totp/", uri, StringComparison.Ordinal);
        Assert.All(["algorithm=SHA1", "digits=6", "period=30", "issuer=", $"secret={secret.TrimEnd('=')}"], part =>
            Assert.Contains(part, uri, StringComparison.Ordinal)
        );
        Assert.Equal(["AUTHENTICATION_METHOD_TYPE_PASSWORD"], await MethodsAsync(human));

        Refused(await Admin.PostAsync($"{path}/verify", new { code = TotpCode.Wrong(secret) }), 400, 3, "EVENT-8isk2");
        (await Admin.PostAsync($"{path}/verify", new { code = TotpCode.Now(secret) })).Expect(200);
        Assert.Equal(["AUTHENTICATION_METHOD_TYPE_PASSWORD", "AUTHENTICATION_METHOD_TYPE_TOTP"], await MethodsAsync(human));
        Refused(await Admin.PostAsync(path), 409, 6, "COMMAND-do9se");
        Refused(await Admin.PostAsync($"{path}/verify", new { code = TotpCode.Now(secret) }), 409, 6, "COMMAND-qx4ls");

        await Admin.OpenAsync(new { checks = new { user = new { userId = human.Id }, totp = new { code = TotpCode.Next(secret) } } });

        (await Admin.DeleteAsync(path)).Expect(200);
        Assert.Equal(["AUTHENTICATION_METHOD_TYPE_PASSWORD"], await MethodsAsync(human));
        Refused(await Admin.DeleteAsync(path), 404, 5, "COMMAND-Hd9sd");
        (
            await Admin.CreateSessionAsync(
                new { checks = new { user = new { userId = human.Id }, totp = new { code = TotpCode.Next(secret) } } }
            )
        ).Expect(Failures.TotpNotReady);
    }

    [Fact]
    public async Task Registering_again_before_verifying_replaces_the_secret()
    {
        var human = await Admin.NewHumanAsync();
        var path = $"/v2/users/{human.Id}/totp";
        var first = (await Admin.PostAsync(path)).Expect(200).Text("secret");
        var second = (await Admin.PostAsync(path)).Expect(200).Text("secret");

        Assert.NotEqual(first, second);
        (await Admin.PostAsync($"{path}/verify", new { code = TotpCode.Now(second) })).Expect(200);
    }

    [Fact]
    public async Task There_must_be_something_to_verify()
    {
        var human = await Admin.NewHumanAsync();

        Refused(await Admin.PostAsync($"/v2/users/{human.Id}/totp/verify", new { code = "123456" }), 404, 5, "COMMAND-3Mif9s");
    }

    [Fact]
    public async Task A_user_sets_up_its_own_app_and_nobody_elses()
    {
        var (human, other) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        var self = Admin.As((await Admin.OpenAsync(human)).Token);

        (await self.PostAsync($"/v2/users/{human.Id}/totp")).Expect(200);
        (await self.PostAsync($"/v2/users/{other.Id}/totp")).Expect(Failures.NoPermission);
        (await self.DeleteAsync($"/v2/users/{other.Id}/totp")).Expect(Failures.NoPermission);
    }

    [Fact]
    public async Task An_unknown_user_has_no_app()
    {
        Refused(await Admin.PostAsync("/v2/users/unknown/totp"), 400, 9, "COMMAND-5M0sd");
    }

    [Fact]
    public async Task An_authenticator_secret_is_never_shown_again()
    {
        var human = await Admin.NewHumanAsync(withTotp: true);

        Assert.DoesNotContain(
            human.TotpSecret,
            (await Admin.GetAsync($"/v2/users/{human.Id}")).Expect(200).Body,
            StringComparison.OrdinalIgnoreCase
        );
    }

    private static void Refused(Reply reply, int status, int code, string id)
    {
        reply.Expect(status);
        Assert.Equal(code, reply["code"]!.GetValue<int>());
        Assert.Equal(id, reply.Text("details.0.id"));
    }

    private async Task<IEnumerable<string>> MethodsAsync(Human human) =>
        (await Admin.GetAsync($"/v2/users/{human.Id}/authentication_methods"))
            .Expect(200)
            .Items("authMethodTypes")
            .Select(method => method.GetValue<string>())
            .Order();
}
