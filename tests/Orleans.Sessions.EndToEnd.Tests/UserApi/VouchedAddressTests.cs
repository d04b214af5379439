namespace Orleans.Sessions.EndToEnd.UserApi;

/// <summary>Addresses that somebody else has proved already, and who may say that they are another person's too.</summary>
public abstract class VouchedAddressTests(SharedHost host) : ContractTests(host)
{
    private static readonly Failure s_notVouchedFor = new(
        403,
        7,
        "USER-Mail2",
        "email: only a code that is sent to this address can verify it"
    );

    [Fact]
    public async Task A_manager_does_not_vouch_for_the_address_of_somebody_out_of_their_reach()
    {
        var organizationId = Unique("org");
        var manager = (await Admin.NewMachineAsync(organizationRole: "ORG_OWNER", organizationId: organizationId)).Api;
        var own = await manager.NewHumanAsync(organizationId: organizationId);
        var (owner, stranger) = (await Admin.NewHumanAsync(), await Admin.NewHumanAsync());
        await Admin.GrantAsync(owner.Id, new { instance = true }, "IAM_OWNER");

        foreach (var email in new[] { owner.Email, stranger.Email, stranger.Email.ToUpperInvariant() })
        {
            foreach (var vouched in new object[] { new { email, isVerified = true }, new { email, returnCode = new { } } })
            {
                var body = HumanBody(Unique("human"));
                (body["email"], body["organization"]) = (vouched, new { orgId = organizationId });
                (await manager.PostAsync("/v2/users/human", body)).Expect(s_notVouchedFor);
                (await manager.PutAsync($"/v2/users/human/{own.Id}", new { email = vouched })).Expect(s_notVouchedFor);
                (await manager.PostAsync($"/v2/users/{own.Id}/email", vouched)).Expect(s_notVouchedFor);
                (
                    await manager.PostAsync(
                        "/v2/users/new",
                        new { organizationId, human = new { profile = new { givenName = "A", familyName = "B" }, email = vouched } }
                    )
                ).Expect(s_notVouchedFor);
            }
        }

        Assert.Equal(own.Email, (await manager.GetAsync($"/v2/users/{own.Id}")).Expect(200).Text("user.human.email.email"));
        (await manager.PutAsync($"/v2/users/human/{own.Id}", new { email = new { email = own.Email, isVerified = true } })).Expect(200);
        (await Admin.PostAsync($"/v2/users/{own.Id}/email", new { email = stranger.Email, isVerified = true })).Expect(200);
    }
}

public sealed class VouchedAddressTestsOnSqlite(SqliteHost host) : VouchedAddressTests(host);

public sealed class VouchedAddressTestsOnPostgreSql(PostgreSqlHost host) : VouchedAddressTests(host);

/// <summary>An installation where an address is one person's.</summary>
public sealed class UniqueAddresses : OwnHosts
{
    private static readonly Failure s_taken = new(409, 6, "USER-Mail3", "email: another user has verified this address");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_address_is_verified_at_one_person_whatever_the_way(bool isShared)
    {
        var settings = HostSettings.Shared.With("Sessions__Users__UniqueVerifiedEmail", "true");
        var admin = Admin(await StartAsync(isShared ? settings.OnPostgreSql(await Databases.CreateAsync()) : settings));
        var (first, second) = (await admin.NewHumanAsync(), await admin.NewHumanAsync());
        var vouched = new { email = first.Email, isVerified = true };
        var body = HumanBody(Unique("human"));
        body["email"] = vouched;

        (await admin.PostAsync("/v2/users/human", body)).Expect(s_taken);
        (await admin.PostAsync($"/v2/users/{second.Id}/email", vouched)).Expect(s_taken);
        var code = (
            await admin.PostAsync($"/v2/users/{second.Id}/email", new { email = first.Email.ToUpperInvariant(), returnCode = new { } })
        )
            .Expect(200)
            .Text("verificationCode");
        (await VerifyAsync()).Expect(s_taken);
        Assert.False((await admin.GetAsync($"/v2/users/{second.Id}")).Expect(200).Has("user.human.email.isVerified"));

        (await admin.DeleteAsync($"/v2/users/{first.Id}")).Expect(200);
        (await VerifyAsync()).Expect(200);

        Task<Reply> VerifyAsync() => admin.PostAsync($"/v2/users/{second.Id}/email/verify", new { verificationCode = code });
    }
}
