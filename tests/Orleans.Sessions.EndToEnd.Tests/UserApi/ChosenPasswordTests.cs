using System.Security.Cryptography;
using System.Text;

namespace Orleans.Sessions.EndToEnd.UserApi;

/// <summary>Passwords that users may not choose, on every way to choose a password.</summary>
public sealed class ChosenPasswordTests(SqliteHost host) : ContractTests(host)
{
    private const string Better = "Another-Horse-8";

    public static TheoryData<string, string> Guessable =>
        new()
        {
            { "Password1!", "SESSION-Pwd01" },
            { "P@ssw0rd", "SESSION-Pwd01" },
            { "Password123!", "SESSION-Pwd01" },
            { "Minnie-Mouse-1", "SESSION-Pwd02" },
            { "Orleans.Sessions9", "SESSION-Pwd02" },
        };

    [Theory]
    [Asvs("6.2.4")]
    [MemberData(nameof(Guessable))]
    public async Task Nobody_registers_with_a_password_that_is_guessed_first(string password, string id)
    {
        var frontend = (await Admin.NewMachineAsync(instanceRole: "IAM_LOGIN_CLIENT")).Api;
        var body = Provisioning.HumanBody(Unique("guessable"));
        body["password"] = new { password };
        (await frontend.PostAsync("/v2/users/human", body)).Expect(Refusal(id));
        body["password"] = new { password = Better };
        (await frontend.PostAsync("/v2/users/human", body)).Expect(200);
    }

    [Theory]
    [Asvs("6.2.4")]
    [MemberData(nameof(Guessable))]
    public async Task Nobody_changes_or_resets_to_one(string password, string id)
    {
        var human = await Admin.NewHumanAsync();
        var self = Admin.As((await Admin.OpenAsync(human)).Token);
        var path = $"/v2/users/{human.Id}/password";
        (await self.PostAsync(path, new { newPassword = new { password }, currentPassword = human.Password })).Expect(Refusal(id));

        var verificationCode = (await Admin.PostAsync($"{path}_reset", new { returnCode = new { } })).Expect(200).Text("verificationCode");
        (await Admin.PostAsync(path, new { newPassword = new { password }, verificationCode })).Expect(Refusal(id));
        (await Admin.PostAsync(path, new { newPassword = new { password = Better }, verificationCode })).Expect(200);
    }

    [Fact]
    public async Task Administrators_may_set_one()
    {
        var human = await Admin.NewHumanAsync(password: "Password1!");
        (await Admin.PostAsync($"/v2/users/{human.Id}/password", new { newPassword = new { password = "P@ssw0rd" } })).Expect(200);
    }

    private static Failure Refusal(string id) =>
        new(
            400,
            3,
            id,
            id == "SESSION-Pwd01"
                ? "Password is one of the most common ones"
                : "Password consists mostly of names of the person, the organization or the product"
        );
}

/// <summary>The settings for passwords that users may not choose.</summary>
public sealed class ChosenPasswordSettings : OwnHosts
{
    [Fact]
    [Asvs("6.2.12")]
    public async Task A_service_that_knows_breached_passwords_is_asked_by_the_beginning_of_the_hash()
    {
#pragma warning disable CA5350 // The interface is made of SHA-1.
        var hash = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes("Breached-Horse-9")));
#pragma warning restore CA5350
        await using var service = new RangeService($"{hash[5..]}:42\r\n");
        var admin = Admin(await StartAsync(HostSettings.Shared.With("Sessions__BreachedPasswords__Url", service.Address)));
        var human = await admin.NewHumanAsync(password: "Breached-Horse-9");
        var change = new { newPassword = new { password = "Breached-Horse-9" }, verificationCode = await CodeAsync(admin, human) };
        (await admin.PostAsync($"/v2/users/{human.Id}/password", change)).Expect(
            new Failure(400, 3, "SESSION-Pwd03", "Password appears in a known data breach")
        );
        Assert.Equal($"/{hash[..5]}", Assert.Single(service.Paths));
    }

    [Fact]
    [Asvs("6.2.11")]
    public async Task Administrators_can_be_held_to_the_same_and_words_can_be_added()
    {
        var admin = Admin(
            await StartAsync(
                HostSettings
                    .Shared.With("Sessions__PasswordPolicy__CheckAssigned", "true")
                    .With("Sessions__PasswordPolicy__ForbiddenWords__0", "Acme Rockets")
            )
        );
        var body = Provisioning.HumanBody(Unique("assigned"));
        foreach (var (password, id) in new[] { ("Password1!", "SESSION-Pwd01"), ("Acme-Rockets-1", "SESSION-Pwd02") })
        {
            body["password"] = new { password };
            Assert.Contains(id, (await admin.PostAsync("/v2/users/human", body)).ExpectRefusal().Text("message"), StringComparison.Ordinal);
        }
    }

    private static async Task<string> CodeAsync(Api admin, Human human) =>
        (await admin.PostAsync($"/v2/users/{human.Id}/password_reset", new { returnCode = new { } })).Expect(200).Text("verificationCode");
}
