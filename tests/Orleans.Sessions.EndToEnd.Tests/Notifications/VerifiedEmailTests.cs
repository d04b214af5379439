using Grpc.Net.Client;
using Orleans.Sessions.EndToEnd.Notifications.Harness;
using Orleans.Sessions.Protocol.UserV2;

namespace Orleans.Sessions.EndToEnd.Notifications;

/// <summary>While a new address is not verified, the one that was verified before is told, and still gets codes.</summary>
public abstract class VerifiedEmailTests(NotifyingHost host) : ContractTests(host)
{
    private const string Shown = "user.human.email.verifiedEmail";

    [Fact]
    public async Task An_address_that_is_verified_or_that_never_was_shows_no_other_one()
    {
        var verified = await Admin.NewHumanAsync();
        var unverified = await Admin.NewHumanAsync(withVerifiedEmail: false);
        Assert.False((await ReadAsync(verified)).Has(Shown));
        Assert.False((await ReadAsync(unverified)).Has(Shown));

        var (email, code) = await ChangeAsync(unverified);
        var read = await ReadAsync(unverified);
        Assert.Equal((email, false), (read.Text("user.human.email.email"), read.Has(Shown)));

        (await VerifyAsync(unverified, code)).Expect(200);
        read = await ReadAsync(unverified);
        Assert.Equal((email, true, false), (read.Text("user.human.email.email"), read.Has("user.human.email.isVerified"), read.Has(Shown)));
    }

    [Fact]
    public async Task The_last_verified_address_is_told_however_often_the_address_changes_until_one_is_verified()
    {
        var human = await Admin.NewHumanAsync();
        await ChangeAsync(human);
        var (email, code) = await ChangeAsync(human);

        var read = await ReadAsync(human);
        Assert.Equal((email, human.Email), (read.Text("user.human.email.email"), read.Text(Shown)));
        Assert.False(read.Has("user.human.email.isVerified"));

        (await VerifyAsync(human, "WRONG1")).Expect(CodeFailures.CodeInvalid);
        Assert.Equal(human.Email, (await ReadAsync(human)).Text(Shown));

        (await VerifyAsync(human, code)).Expect(200);
        read = await ReadAsync(human);
        Assert.Equal((email, false), (read.Text("user.human.email.email"), read.Has(Shown)));

        // From now on this one counts.
        await ChangeAsync(human);
        Assert.Equal(email, (await ReadAsync(human)).Text(Shown));
    }

    [Fact]
    public async Task Every_protocol_and_the_search_tell_it_and_strangers_do_not_see_it()
    {
        var human = await Admin.NewHumanAsync();
        await ChangeAsync(human);
        var self = Admin.As((await Admin.OpenAsync(human)).Token);
        var stranger = Admin.As((await Admin.OpenAsync(await Admin.NewHumanAsync())).Token);

        var searched = (
            await Admin.PostAsync("/v2/users", new { queries = new[] { new { inUserIdsQuery = new { userIds = new[] { human.Id } } } } })
        ).Expect(200);
        Assert.Equal(human.Email, searched.Text("result.0.human.email.verifiedEmail"));
        var connect = (await Admin.PostAsync("/zitadel.user.v2.UserService/GetUserByID", new { userId = human.Id })).Expect(200);
        Assert.Equal(human.Email, connect.Text(Shown));
        using var channel = GrpcChannel.ForAddress(Admin.Host.Address);
        var grpc = await new UserService.UserServiceClient(channel).GetUserByIDAsync(
            new GetUserByIDRequest { UserId = human.Id },
            new Grpc.Core.Metadata { { "authorization", $"Bearer {Admin.Token}" } },
            cancellationToken: TestContext.Current.CancellationToken
        );
        Assert.Equal(human.Email, grpc.User.Human.Email.VerifiedEmail);
        Assert.Equal(human.Email, (await self.GetAsync($"/v2/users/{human.Id}")).Expect(200).Text(Shown));
        var refused = (await stranger.GetAsync($"/v2/users/{human.Id}")).ExpectRefusal();
        Assert.DoesNotContain(human.Email, refused.Body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_code_that_gives_the_account_goes_to_the_address_that_is_told()
    {
        var human = await Admin.NewHumanAsync();
        var (email, _) = await ChangeAsync(human);
        var link = new { notificationType = "NOTIFICATION_TYPE_Email", urlTemplate = "https://a.example/reset?c={{.Code}}" };

        (await Admin.PostAsync($"/v2/users/{human.Id}/password_reset", new { sendLink = link })).Expect(200);

        var message = await host.Email.ReceiveAsync((await ReadAsync(human)).Text(Shown));
        Assert.Contains("https://a.example/reset?c=", message.TextBody, StringComparison.Ordinal);
        Assert.Equal(0, host.Email.Waiting(email));
    }

    private async Task<Reply> ReadAsync(Human human) => (await Admin.GetAsync($"/v2/users/{human.Id}")).Expect(200);

    /// <summary>Gives the person a new address that is not verified, and returns it with the code that would verify it.</summary>
    private async Task<(string Email, string Code)> ChangeAsync(Human human)
    {
        var email = $"{Unique("mail")}@example.com";
        var reply = (await Admin.PostAsync($"/v2/users/{human.Id}/email", new { email, returnCode = new { } })).Expect(200);
        return (email, reply.Text("verificationCode"));
    }

    private Task<Reply> VerifyAsync(Human human, string verificationCode) =>
        Admin.PostAsync($"/v2/users/{human.Id}/email/verify", new { verificationCode });
}

public sealed class VerifiedEmailTestsOnSqlite(NotifyingSqliteHost host) : VerifiedEmailTests(host);

public sealed class VerifiedEmailTestsOnPostgreSql(NotifyingPostgreSqlHost host) : VerifiedEmailTests(host);
