using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Tests.Sessions;

/// <summary>Applications were told that the session has expired, and the user's index does not look at it any more.</summary>
public sealed class PublishedExpiryTests
{
    private static readonly DateTimeOffset s_expiry = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SessionRecord _session = new() { Id = "s", ExpiresAt = s_expiry };

    [Fact]
    public void A_session_whose_expiry_was_published_stays_expired_when_the_clock_is_set_back()
    {
        var before = s_expiry.AddSeconds(-1);
        Assert.False(_session.IsExpired(before));

        var published = _session with { ExpiryPublishedAt = s_expiry };

        Assert.True(published.IsExpired(before));
        Assert.False(SessionExpiry.IsUseDue(published, before));
    }
}
