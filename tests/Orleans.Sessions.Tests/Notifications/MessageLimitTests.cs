using Orleans.Core.Internal;
using Orleans.Sessions.Notifications;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Notifications;

/// <summary>The daily limits of messages for one user, and for all users together.</summary>
[Collection(nameof(StrictCluster))]
public sealed class MessageLimitTests(StrictCluster cluster)
{
    private static readonly RequestedChallenges s_email = new() { OtpEmail = new RequestedOtpEmail(ReturnCode: false) };
    private static readonly RequestedChallenges s_sms = new() { OtpSms = new RequestedOtpSms(ReturnCode: false) };

    private IMessageBudgetGrain Budget => cluster.Grains.GetGrain<IMessageBudgetGrain>(GrainKeys.MessageBudget);

    [Fact]
    public async Task A_person_gets_fifty_messages_of_a_kind_in_a_day()
    {
        var user = await NewUserAsync();
        var since = cluster.Clock.GetUtcNow();
        for (var sent = 0; sent < 50; sent++)
        {
            await ChallengeAsync(user, s_email);
            cluster.Clock.Advance(TimeSpan.FromSeconds(3));
        }

        var refused = await FailsAsync(SessionErrors.TooManyMessagesForUser, () => ChallengeAsync(user, s_email));
        Assert.Equal(since.AddDays(1) - cluster.Clock.GetUtcNow(), refused.RetryAfter);
        await FailsAsync(SessionErrors.TooManyMessagesForUser, () =>
            cluster.User(user).RequestPasswordResetAsync(Caller.InCluster, new CodeRequest(CodeDelivery.Send), OtpChannel.Email)
        );
        await cluster.User(user).RequestPasswordResetAsync(Caller.InCluster, new CodeRequest(CodeDelivery.Return), OtpChannel.Email);
        await ChallengeAsync(user, s_sms);
        await ChallengeAsync(await NewUserAsync(), s_email);

        cluster.Clock.Advance(TimeSpan.FromDays(1));
        await ChallengeAsync(user, s_email);
    }

    [Fact]
    public async Task All_people_together_get_so_many_messages_in_a_day()
    {
        cluster.Clock.Advance(TimeSpan.FromDays(1));
        await Budget.TakeAsync(OtpChannel.Sms, SmsPerDay - 1);
        await ChallengeAsync(await NewUserAsync(), s_sms);

        var user = await NewUserAsync();
        var refused = await FailsAsync(SessionErrors.TooManyMessages, () => ChallengeAsync(user, s_sms));
        var now = cluster.Clock.GetUtcNow();
        Assert.Equal(new DateTimeOffset(now.Date, TimeSpan.Zero).AddDays(1) - now, refused.RetryAfter);
        Assert.Null(cluster.Store.User(user)!.Sends);
        await ChallengeAsync(user, s_email);

        cluster.Clock.Advance(refused.RetryAfter!.Value);
        await ChallengeAsync(user, s_sms);
    }

    [Fact]
    public async Task What_was_sent_before_a_crash_counts_after_it()
    {
        var most = new NotificationOptions().EmailsPerDay;
        await Budget.TakeAsync(OtpChannel.Email, most / 2);

        // A failed write ends the grain as a crash does: it gives nothing back.
        cluster.Store.WritesUntilFailure = 0;
        await FailsAsync(SessionErrors.StorageAway, () => Budget.TakeAsync(OtpChannel.Email, most / 4));

        await FailsAsync(SessionErrors.TooManyMessages, () => Budget.TakeAsync(OtpChannel.Email, (most / 2) + 1));
        await Budget.TakeAsync(OtpChannel.Email, most / 4);
    }

    private async Task ChallengeAsync(string user, RequestedChallenges challenges) =>
        await cluster
            .Session(NewName("session"))
            .CreateAsync(
                new CreateSession
                {
                    Caller = Caller.InCluster,
                    Checks = new Checks { User = new UserCheck { UserId = user } },
                    Challenges = challenges,
                }
            );

    private async Task<string> NewUserAsync()
    {
        var user = await cluster.NewHumanAsync(human => human with { Phone = new PhoneNumber("+41791234567", IsVerified: true) });
        await cluster.User(user).AddOtpAsync(Caller.InCluster, OtpChannel.Sms);
        await cluster.User(user).AddOtpAsync(Caller.InCluster, OtpChannel.Email);
        return user;
    }
}

/// <summary>The daily budget in a real database, while nodes join and leave.</summary>
[Collection(nameof(StoredCluster))]
public sealed class StoredMessageBudgetTests(StoredCluster cluster)
{
    [Fact]
    public async Task What_was_sent_today_is_known_after_a_restart()
    {
        cluster.Clock.Advance(TimeSpan.FromDays(1));
        var budget = cluster.Grains.GetGrain<IMessageBudgetGrain>(GrainKeys.MessageBudget);
        await budget.TakeAsync(OtpChannel.Sms, 9_000);
        await budget.TakeAsync(OtpChannel.Sms, 10);

        await budget.AsReference<IGrainManagementExtension>().DeactivateOnIdle();

        await FailsAsync(SessionErrors.TooManyMessages, () => budget.TakeAsync(OtpChannel.Sms, 991));
        await budget.TakeAsync(OtpChannel.Sms, 990);
        await FailsAsync(SessionErrors.TooManyMessages, () => budget.TakeAsync(OtpChannel.Sms, 1));
    }
}
