using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Tests.Sessions;

/// <summary>How long a key in certified hardware counts as that.</summary>
public sealed class HardwareProofTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly SessionRecord s_session = new SessionRecord
    {
        Id = "s",
        UserId = "u",
        UserCheckedAt = s_start,
        ChangedAt = s_start,
    }.Proved(ProvedFactor.WebAuthn, s_start, userVerified: true, inHardware: true);

    [Fact]
    public void It_counts_for_fifteen_minutes_without_use()
    {
        Assert.Same(s_session, HardwareProof.At(s_session, s_start.AddMinutes(15).AddSeconds(-1)));
        var later = HardwareProof.At(s_session, s_start.AddMinutes(15));
        Assert.False(HardwareProof.Any(later));
        Assert.True(ProofRules.Find(later, ProvedFactor.WebAuthn)!.UserVerified);
    }

    [Fact]
    public void It_counts_for_twelve_hours_of_use()
    {
        Assert.True(HardwareProof.Any(Used(s_start.AddHours(12).AddSeconds(-1))));
        Assert.False(HardwareProof.Any(Used(s_start.AddHours(12))));

        static SessionRecord Used(DateTimeOffset at) => HardwareProof.At(s_session with { UsedAt = at.AddMinutes(-1) }, at);
    }

    [Fact]
    public void A_use_is_noted_each_minute_while_it_counts()
    {
        Assert.False(SessionExpiry.IsUseDue(s_session, s_start.AddSeconds(59)));
        Assert.True(SessionExpiry.IsUseDue(s_session, s_start.AddMinutes(1)));
        Assert.False(SessionExpiry.IsUseDue(HardwareProof.At(s_session, s_start.AddMinutes(15)), s_start.AddMinutes(15)));
        var idle = SessionExpiry.WithIdleTimeout(s_session, TimeSpan.FromHours(10), s_start);
        Assert.True(SessionExpiry.IsUseDue(idle, s_start.AddMinutes(1)));
    }
}
