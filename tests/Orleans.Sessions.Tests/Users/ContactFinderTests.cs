using Microsoft.Extensions.Options;
using Orleans.Sessions.Policies;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Tests.Users;

/// <summary>
/// Whom an e-mail address or a phone number names at a login. The end-to-end tests have numbers, which the database finds.
/// </summary>
[Collection(nameof(LenientCluster))]
public sealed class ContactFinderTests(LenientCluster cluster)
{
    [Fact]
    public async Task An_address_names_the_only_person_who_has_verified_it_unless_that_is_turned_off()
    {
        var address = $"{SessionCluster.NewName("mail")}@example.com";
        await NewAsync(address, isVerified: false);
        var owner = await NewAsync(address, isVerified: true);
        Assert.Equal(owner, await FindAsync(new LoginPolicyOptions(), address.ToUpperInvariant()));
        Assert.Null(await FindAsync(new LoginPolicyOptions { AllowLoginWithEmail = false }, address));

        await NewAsync(address, isVerified: true);
        Assert.Null(await FindAsync(new LoginPolicyOptions(), address));
    }

    [Fact]
    public async Task The_only_person_who_has_verified_an_address_goes_before_one_who_took_it_as_a_login_name()
    {
        var address = $"{SessionCluster.NewName("mail")}@example.com";
        var named = SessionCluster.NewName();
        await cluster.User(named).CreateAsync(SessionCluster.NewHuman(named) with { UserName = address });
        Assert.Equal(named, await LogInAsync(address));

        var owner = await NewAsync(address, isVerified: true);
        Assert.Equal(owner, await LogInAsync(address));

        await NewAsync(address, isVerified: true);
        Assert.Equal(named, await LogInAsync(address));
    }

    [Theory]
    [InlineData("minnie")]
    [InlineData("@")]
    [InlineData("@example.com")]
    [InlineData("+")]
    [InlineData("+1")]
    [InlineData("0791234567")]
    public async Task Anything_else_names_nobody_and_is_not_searched_for(string typed) =>
        Assert.Null(await FindAsync(new LoginPolicyOptions(), typed));

    [Fact]
    public async Task A_number_is_not_searched_for_where_that_is_turned_off() =>
        Assert.Null(await FindAsync(new LoginPolicyOptions { AllowLoginWithPhone = false }, "+41791234567"));

    /// <summary>A person whose login name is not the address, because login names are unique.</summary>
    private async Task<string> NewAsync(string address, bool isVerified)
    {
        var id = SessionCluster.NewName();
        await cluster
            .User(id)
            .CreateAsync(
                SessionCluster.NewHuman(id, human => human with { Email = new EmailAddress(address, isVerified) }) with
                {
                    UserName = id,
                }
            );
        return id;
    }

    /// <summary>The user of a session that was begun with a login name.</summary>
    private async Task<string> LogInAsync(string loginName)
    {
        var session = cluster.Session(SessionCluster.NewName("session"));
        await session.CreateAsync(
            new CreateSession
            {
                Caller = Caller.InCluster,
                Checks = new Checks { User = new UserCheck { LoginName = loginName } },
            }
        );
        return (await session.GetAsync(Caller.InCluster, null)).Factors!.User.Id;
    }

    private Task<string?> FindAsync(LoginPolicyOptions policy, string typed) =>
        new ContactFinder(cluster.Store, cluster.Grains, Options.Create(policy)).FindAsync(typed);
}
