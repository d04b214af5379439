using System.Data.Common;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Sessions.Storage;

/// <summary>The table <c>notification</c>. The writes of sessions and users append to it.</summary>
internal sealed class NotificationOutbox(Database database, IOptions<ClusterOptions> cluster) : INotificationOutbox
{
    private static readonly string s_retryText = SqlText.Of("Notifications.RetryNotification");
    private static readonly string s_sentText = SqlText.Of("Notifications.NoteSent");
    private static readonly string s_forgetText = SqlText.Of("Notifications.ForgetSent");
    private static readonly string s_dropText = SqlText.Of("Notifications.DropNotification");
    private readonly string _claimText = SqlText.Of($"{database.Dialect}.ClaimNotifications");

    public async Task<IReadOnlyList<PendingNotification>> ClaimAsync(
        DateTimeOffset now,
        TimeSpan lease,
        int limit,
        CancellationToken cancellationToken
    ) =>
        await Query()
            .With("now", Instant.ToMicroseconds(now))
            .With("until", Instant.ToMicroseconds(now + lease))
            .With("limit", limit)
            .ReadAsync(database, _claimText, Row, cancellationToken);

    public Task SentAsync(PendingNotification notification, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync([
            new RunStatement(s_sentText, [.. Values(notification), SqlValue.Of(at)]),
            new RunStatement(s_forgetText, Values(notification)),
        ]);

    public Task RetryAsync(PendingNotification notification, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        Of(notification)
            .With("attempts", notification.Attempts)
            .With("due", Instant.ToMicroseconds(dueAt))
            .ExecuteAsync(database, s_retryText, cancellationToken);

    public Task DropAsync(PendingNotification notification, CancellationToken cancellationToken) =>
        Of(notification).With("attempts", notification.Attempts).ExecuteAsync(database, s_dropText, cancellationToken);

    private static PendingNotification Row(DbDataReader reader) =>
        new(
            reader.GetString(0),
            reader.GetString(1),
            reader.GetString(2),
            reader.GetString(3),
            Instant.FromMicroseconds(reader.GetInt64(4)),
            reader.GetInt32(5)
        );

    private SqlValue[] Values(PendingNotification notification) =>
        [
            SqlValue.Of(cluster.Value.ServiceId),
            SqlValue.Of(notification.GrainKey),
            SqlValue.Of(notification.Kind),
            SqlValue.Of(notification.Id),
        ];

    private SqlQuery Of(PendingNotification notification) =>
        Query().With("key", notification.GrainKey).With("kind", notification.Kind).With("id", notification.Id);

    private SqlQuery Query() => new SqlQuery().With("service", cluster.Value.ServiceId);
}
