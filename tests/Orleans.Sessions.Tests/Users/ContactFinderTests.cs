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
        await cluster.NewHumanAsync(human => human with { Email = new EmailAddress(address) });
        var owner = await cluster.NewHumanAsync(human => human with { Email = new EmailAddress(address, IsVerified: true) });
        Assert.Equal(owner, await FindAsync(new LoginPolicyOptions(), address.ToUpperInvariant()));
        Assert.Null(await FindAsync(new LoginPolicyOptions { AllowLoginWithEmail = false }, address));

        await cluster.NewHumanAsync(human => human with { Email = new EmailAddress(address, IsVerified: true) });
        Assert.Null(await FindAsync(new LoginPolicyOptions(), address));
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

    private Task<string?> FindAsync(LoginPolicyOptions policy, string typed) =>
        new ContactFinder(cluster.Store, cluster.Grains, Options.Create(policy)).FindAsync(typed);
}
