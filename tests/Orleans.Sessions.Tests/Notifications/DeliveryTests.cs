using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Tests.Notifications;

/// <summary>The stages of a message, on a real SQLite file: claimed, sent, tried again, given up.</summary>
[Collection(nameof(StoredCluster))]
public sealed class DeliveryTests(StoredCluster cluster) : IDisposable
{
    private readonly ServiceProvider _meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeSender _sender = new();

    public void Dispose() => _meters.Dispose();

    [Fact]
    public async Task A_message_is_sent_once_and_leaves_its_event()
    {
        var session = await ChallengedAsync();

        await DeliverDueAsync();
        await DeliverDueAsync();

        var sent = Assert.Single(_sender.Sent);
        Assert.Equal(OtpChannel.Email, sent.Content.Channel);
        Assert.Contains(sent.Content.Code, sent.Message.Plain, StringComparison.Ordinal);
        await cluster.SetAsync(session, set => set with { Checks = new Checks { OtpEmail = sent.Content.Code } });
    }

    [Fact]
    public async Task Each_of_several_changes_is_told()
    {
        await DropAsync();
        var user = await cluster.NewUserAsync();
        await cluster.User(user).AddOtpAsync(Caller.InCluster, OtpChannel.Email);
        await cluster.User(user).RemoveTotpAsync(Caller.InCluster);
        await cluster.User(user).RemoveOtpAsync(Caller.InCluster, OtpChannel.Email);

        await DeliverDueAsync();

        Assert.Equal(
            [("FactorAdded", "otp_email"), ("FactorRemoved", "otp_email"), ("FactorRemoved", "totp")],
            _sender.Sent.Select(sent => (sent.Kind.Text, sent.Content.Factor!)).Order()
        );
    }

    [Fact]
    public async Task A_failure_is_tried_again_ever_later_with_the_same_id()
    {
        await ChallengedAsync();
        _sender.Failures = 2;

        await DeliverDueAsync();
        await DeliverDueAsync();
        Assert.Equal(1, _sender.Attempts);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await DeliverDueAsync();
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await DeliverDueAsync();
        Assert.Equal(2, _sender.Attempts);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await DeliverDueAsync();

        Assert.Equal(3, _sender.Attempts);
        Assert.Single(_sender.Sent);
        Assert.Single(_sender.Ids.Distinct());
    }

    [Fact]
    public async Task A_message_is_given_up_with_its_code()
    {
        await ChallengedAsync();
        _sender.Failures = int.MaxValue;
        for (var minute = 0; minute < 6; minute++)
        {
            await DeliverDueAsync();
            cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var attempts = _sender.Attempts;
        _sender.Failures = 0;
        await DeliverDueAsync();

        Assert.InRange(attempts, 2, 6);
        Assert.Empty(_sender.Sent);
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task A_message_that_is_refused_for_good_is_given_up_at_once()
    {
        await ChallengedAsync();
        _sender.IsFinal = true;
        await DeliverDueAsync();
        cluster.Clock.Advance(NotificationDelivery.Lease);
        await DeliverDueAsync();
        Assert.Equal(1, _sender.Attempts);
    }

    [Fact]
    public async Task What_a_dead_node_claimed_is_sent_after_the_lease()
    {
        await ChallengedAsync();
        await ClaimAsync();
        await DeliverDueAsync();
        Assert.Empty(_sender.Sent);

        cluster.Clock.Advance(NotificationDelivery.Lease);
        await DeliverDueAsync();

        Assert.Single(_sender.Sent);
    }

    [Fact]
    public async Task What_was_sent_while_the_database_was_away_is_not_sent_again_but_noted()
    {
        await ChallengedAsync();
        var isAway = true;
        var outbox = StandIn.For<INotificationOutbox>(
            (method, args) =>
                isAway ? throw new StoreUnavailableException("away", new TimeoutException()) : method.Invoke(cluster.Outbox, args)
        );
        var delivery = Delivery(outbox, new AtOnce());
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await delivery.DeliverAsync(Assert.Single(await ClaimAsync())));
        isAway = false;

        cluster.Clock.Advance(NotificationDelivery.Lease);
        await delivery.DeliverAsync(Assert.Single(await ClaimAsync()));

        Assert.Equal(1, _sender.Attempts);
        cluster.Clock.Advance(NotificationDelivery.Lease);
        Assert.Empty(await ClaimAsync());
    }

    private async Task<string> ChallengedAsync()
    {
        var user = await cluster.NewUserAsync();
        await cluster.User(user).AddOtpAsync(Caller.InCluster, OtpChannel.Email);
        await DropAsync();
        var (session, _) = await cluster.NewSessionAsync(create =>
            create with
            {
                Checks = new Checks { User = new UserCheck { UserId = user } },
            }
        );
        await cluster.SetAsync(session, set =>
            set with
            {
                Challenges = new RequestedChallenges { OtpEmail = new RequestedOtpEmail(ReturnCode: false) },
            }
        );
        return session;
    }

    /// <summary>Drops the messages of other tests and of the preparation, so that they are not sent.</summary>
    private async Task DropAsync()
    {
        foreach (var left in await ClaimAsync())
        {
            await cluster.Outbox.DropAsync(left, default);
        }
    }

    private Task<IReadOnlyList<PendingNotification>> ClaimAsync() =>
        cluster.Outbox.ClaimAsync(cluster.Clock.GetUtcNow(), NotificationDelivery.Lease, 100, default);

    private async Task DeliverDueAsync()
    {
        var delivery = Delivery(cluster.Outbox, cluster.Clock);
        foreach (var pending in await ClaimAsync())
        {
            await delivery.DeliverAsync(pending);
        }
    }

    private NotificationDelivery Delivery(INotificationOutbox outbox, TimeProvider clock)
    {
        var options = Options.Create(new NotificationOptions());
        return new NotificationDelivery(
            outbox,
            [_sender],
            cluster.Notifier,
            new NotificationRenderer(new NotificationTexts(options), options, clock),
            clock,
            new NotificationMeter(_meters.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>()),
            NullLogger<NotificationDelivery>.Instance
        );
    }

    private sealed class FakeSender : INotificationSender
    {
        public OtpChannel Channel => OtpChannel.Email;

        public int Failures { get; set; }

        public bool IsFinal { get; set; }

        public int Attempts => Ids.Count;

        public List<string> Ids { get; } = [];

        public List<Notification> Sent { get; } = [];

        public Task SendAsync(Notification notification, CancellationToken cancellationToken)
        {
            Ids.Add(notification.Id);
            if (IsFinal)
            {
                throw new UndeliverableException("refused");
            }

            if (Failures-- > 0)
            {
                throw new IOException("away");
            }

            Sent.Add(notification);
            return Task.CompletedTask;
        }
    }
}
