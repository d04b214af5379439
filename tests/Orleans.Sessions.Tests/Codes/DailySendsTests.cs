using Orleans.Sessions.Codes;
using Orleans.Sessions.Notifications;

namespace Orleans.Sessions.Tests.Codes;

public sealed class DailySendsTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_day_begins_with_the_first_message_and_ends_24_hours_later()
    {
        var sends = DailySends.Take(null, OtpChannel.Sms, s_noon, most: 2);
        sends = DailySends.Take(sends, OtpChannel.Sms, s_noon.AddHours(5), most: 2);

        var refused = Assert.Throws<SessionException>(() => DailySends.Take(sends, OtpChannel.Sms, s_noon.AddHours(23), most: 2));

        Assert.Equal((SessionErrors.TooManyMessagesForUser, TimeSpan.FromHours(1)), (refused.Error, refused.RetryAfter));
        Assert.Equal(new DailySends(s_noon.AddHours(24), Sms: 1), DailySends.Take(sends, OtpChannel.Sms, s_noon.AddHours(24), most: 2));
    }

    [Fact]
    public void Channels_are_counted_apart()
    {
        var sends = DailySends.Take(DailySends.Take(null, OtpChannel.Sms, s_noon, most: 1), OtpChannel.Email, s_noon, most: 1);
        Assert.Equal(new DailySends(s_noon, Emails: 1, Sms: 1), sends);
    }

    [Fact]
    public void Without_a_limit_messages_are_counted_all_the_same() =>
        Assert.Equal(
            new DailySends(s_noon, Emails: 8),
            DailySends.Take(new DailySends(s_noon, Emails: 7), OtpChannel.Email, s_noon, most: 0)
        );

    [Fact]
    public void What_a_change_added_is_known_also_when_a_new_day_began()
    {
        var yesterday = new DailySends(s_noon, 7, 7);
        Assert.Equal((1, 0), DailySends.Added(yesterday, yesterday with { Emails = 8 }));
        Assert.Equal((0, 1), DailySends.Added(yesterday, new DailySends(s_noon.AddDays(1), Sms: 1)));
        Assert.Equal((0, 1), DailySends.Added(null, new DailySends(s_noon, Sms: 1)));
        Assert.Equal((0, 0), DailySends.Added(yesterday, yesterday));
        Assert.Equal((0, 0), DailySends.Added(yesterday, null));
    }

    [Fact]
    public void A_hundredth_of_the_days_budget_is_reserved_at_once_and_never_more_than_there_is()
    {
        var budget = new MessageBudget(new DateOnly(2026, 1, 1)).Reserve(OtpChannel.Sms, 1, most: 300);
        Assert.Equal(4, budget.Sms);
        Assert.Same(budget, budget.Reserve(OtpChannel.Sms, 4, most: 300));
        Assert.Equal(8, budget.Reserve(OtpChannel.Sms, 5, most: 300).Sms);
        Assert.Equal(300, budget.Reserve(OtpChannel.Sms, 299, most: 300).Sms);
        Assert.Equal(5, budget.Reserve(OtpChannel.Sms, 5, most: 50).Sms);
        Assert.Equal(int.MaxValue, budget.Reserve(OtpChannel.Email, int.MaxValue - 1, most: int.MaxValue).Emails);
    }
}
