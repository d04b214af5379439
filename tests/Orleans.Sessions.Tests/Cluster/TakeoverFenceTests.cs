using System.Net;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;
using Orleans.Sessions.Cluster;

namespace Orleans.Sessions.Tests.Cluster;

/// <summary>The successor of a dead node acknowledges no change while that node's lease may still be valid.</summary>
public sealed class TakeoverFenceTests
{
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(0.75);

    private static readonly SiloAddress s_one = SiloAddress.New(IPAddress.Loopback, 1, 1);
    private static readonly SiloAddress s_two = SiloAddress.New(IPAddress.Loopback, 2, 1);
    private static readonly SiloAddress s_three = SiloAddress.New(IPAddress.Loopback, 3, 1);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly TakeoverFence _fence;

    public TakeoverFenceTests() => _fence = new TakeoverFence(_clock, s_lease);

    [Fact]
    public void An_activation_that_is_older_than_the_death_waits_for_nothing()
    {
        Note(10, Member(s_one, 1));
        Note(11, Dead(s_one, 1));

        Assert.True(ChangeIn(10).IsCompletedSuccessfully);
        Assert.False(ChangeIn(11).IsCompleted);
    }

    [Fact]
    public async Task One_that_may_follow_waits_until_the_lease_must_be_over_counted_from_when_its_last_renewal_was_seen()
    {
        Note(10, Member(s_one, 1));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Note(10, Member(s_one, 1));
        Note(11, Dead(s_one, 1));
        var change = ChangeIn(11);

        _clock.Advance(TimeSpan.FromSeconds(1.99));
        Assert.False(change.IsCompleted);
        Assert.Empty(_fence.Over);
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        await change;
        Assert.Equal([s_one], _fence.Over);
        Assert.True(ChangeIn(11).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_renewal_that_is_seen_with_the_death_only_counts_from_then()
    {
        Note(10, Member(s_one, 1));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Note(11, Dead(s_one, 2));
        var change = ChangeIn(11);

        _clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(change.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.2));

        await change;
    }

    [Fact]
    public async Task The_length_is_that_of_the_dead_node()
    {
        Note(10, Member(s_one, 1, TimeSpan.FromSeconds(2)));
        Note(11, Dead(s_one, 1, TimeSpan.FromSeconds(2)));
        var change = ChangeIn(11);

        _clock.Advance(TimeSpan.FromSeconds(2.1));

        await change;
    }

    [Fact]
    public void A_node_that_has_said_goodbye_costs_nobody_anything()
    {
        Note(10, Member(s_one, 1));

        Note(12, Dead(s_one, 1) with { IsOver = true });

        Assert.True(ChangeIn(12).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task When_the_goodbye_comes_after_the_death_the_fence_is_over_then()
    {
        Note(10, Member(s_one, 1));
        Note(11, Dead(s_one, 1));
        Assert.False(ChangeIn(11).IsCompleted);

        Note(11, Dead(s_one, 1) with { IsOver = true });

        await ChangeIn(11);
    }

    [Fact]
    public async Task What_the_directory_knows_and_this_node_does_not_is_read_first()
    {
        Note(10, Member(s_one, 1));
        var change = ChangeIn(11);
        await _fence.Demand;
        Assert.False(change.IsCompleted);

        Note(11, Dead(s_one, 1) with { IsOver = true });

        await change;
    }

    [Fact]
    public async Task A_fence_that_nobody_would_wait_for_is_refused_with_the_time_it_takes()
    {
        Note(10, Member(s_one, 1, TimeSpan.FromSeconds(30)));
        Note(11, Dead(s_one, 1, TimeSpan.FromSeconds(30)));

        var refused = await Assert.ThrowsAsync<SessionException>(() => ChangeIn(11));

        Assert.Equal(SessionErrors.LeaseLost, refused.Error);
        Assert.InRange(refused.RetryAfter!.Value, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(31));
    }

    [Fact]
    public void A_node_that_just_started_counts_from_its_first_look()
    {
        Note(11, Member(s_two, 1), Dead(s_one, 7));

        Assert.False(ChangeIn(5).IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(3.1));
        Assert.True(ChangeIn(5).IsCompletedSuccessfully);
    }

    [Fact]
    public void A_member_that_does_not_renew_while_others_read_is_silent()
    {
        for (var time = TimeSpan.Zero; time < TimeSpan.FromSeconds(6); time += s_poll)
        {
            Note(10, Member(s_one, 1), Member(s_two, (long)time.TotalMilliseconds));
            Assert.Equal(time > TimeSpan.FromSeconds(5) ? [s_one] : [], _fence.Silent);
            _clock.Advance(s_poll);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nobody_is_silent_to_who_could_not_read_or_was_suspended_itself(bool fails)
    {
        for (var i = 0; i < 5; i++)
        {
            Note(10, Member(s_one, 1));
            _clock.Advance(s_poll);
        }

        if (fails)
        {
            _fence.NoteFailure();
        }
        else
        {
            _clock.Advance(TimeSpan.FromSeconds(20));
        }

        for (var i = 0; i < 5; i++)
        {
            Note(10, Member(s_one, 1));
            _clock.Advance(s_poll);
            Assert.Empty(_fence.Silent);
        }
    }

    [Fact]
    public void What_is_in_memory_is_to_be_confirmed_after_each_change_of_the_members_and_after_nothing_else()
    {
        Note(10, Member(s_one, 1));
        var epoch = _fence.Epoch;
        Note(11, Member(s_one, 2));
        Assert.Equal(epoch, _fence.Epoch);

        Note(12, Member(s_one, 3), Member(s_two, 1));
        Assert.Equal(epoch + 1, _fence.Epoch);
        Note(13, Dead(s_one, 3), Member(s_two, 2));
        Assert.Equal(epoch + 2, _fence.Epoch);
    }

    [Fact]
    public void What_is_in_memory_does_not_count_for_some_seconds_after_each_change_and_is_confirmed_once_more_then()
    {
        Assert.True(_fence.IsCurrent(_fence.Epoch));
        Note(10, Member(s_one, 1));
        _clock.Advance(TimeSpan.FromSeconds(4));
        Note(10, Member(s_one, 2), Member(s_two, 1));
        var changed = _fence.Epoch;
        _clock.Advance(TimeSpan.FromSeconds(4));
        Note(10, Member(s_one, 3), Member(s_two, 2));
        Assert.True(_fence.IsSettling);
        Assert.False(_fence.IsCurrent(changed));

        _clock.Advance(TimeSpan.FromSeconds(2));
        Note(10, Member(s_one, 4), Member(s_two, 3));

        Assert.False(_fence.IsSettling);
        Assert.Equal(changed + 1, _fence.Epoch);
        Assert.True(_fence.IsCurrent(changed + 1));
    }

    [Fact]
    public void Nothing_in_memory_counts_while_a_member_may_answer_that_has_not_read_the_change()
    {
        Note(10, Member(s_one, 1));
        Note(11, Member(s_one, 2), Member(s_two, 1, TimeSpan.FromSeconds(30)));

        _clock.Advance(TimeSpan.FromSeconds(29));
        Note(11, Member(s_one, 3), Member(s_two, 1, TimeSpan.FromSeconds(30)));
        Assert.True(_fence.IsSettling);

        _clock.Advance(TimeSpan.FromSeconds(2));
        Note(11, Member(s_one, 4), Member(s_two, 1, TimeSpan.FromSeconds(30)));
        Assert.False(_fence.IsSettling);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(30)]
    public async Task After_a_node_joins_new_activations_change_nothing_until_the_others_must_have_read_it(int lease)
    {
        var length = TimeSpan.FromSeconds(lease);
        Note(10, Member(s_one, 1, length));
        Note(11, Member(s_one, 1, length), Member(s_two, 1, length));
        Assert.True(ChangeIn(10).IsCompletedSuccessfully);
        var change = ChangeIn(11);
        Note(11, Member(s_one, 4, length), Member(s_two, 3, length));
        Assert.False(ChangeIn(11).IsCompleted);
        Assert.False(_fence.IsOpen);

        Note(11, Member(s_one, 5, length), Member(s_two, 4, length));

        await change;
        Assert.True(_fence.IsOpen);
    }

    [Fact]
    public async Task Who_does_not_read_the_change_is_waited_for_until_its_lease_must_be_over()
    {
        Note(10, Member(s_one, 1), Member(s_two, 1));
        Note(11, Member(s_one, 1));
        var change = ChangeIn(11);

        _clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(change.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.2));

        await change;
        Assert.Empty(_fence.Over);
        Note(11, Member(s_one, 1));
        Assert.True(_fence.IsOpen);
    }

    [Fact]
    public void Who_was_leaving_and_does_not_renew_its_lease_any_more_is_not_waited_for()
    {
        var leaving = Member(s_two, 7) with { Status = SiloStatus.Stopping };
        Note(10, Member(s_one, 1), leaving);
        _clock.Advance(TimeSpan.FromSeconds(4));

        _fence.Note(new LeaseReading(IsMember: true, 11, [Member(s_one, 2), leaving, Member(s_three, 1)]), s_one);
        _fence.Note(new LeaseReading(IsMember: true, 11, [Member(s_one, 3), leaving, Member(s_three, 4)]), s_one);

        Assert.True(ChangeIn(11).IsCompletedSuccessfully);
    }

    [Fact]
    public void Silos_without_a_lease_are_not_waited_for()
    {
        var silo = Member(s_two, 0) with { Length = null };
        _fence.Note(new LeaseReading(IsMember: true, 10, [Member(s_one, 1)]), s_one);

        _fence.Note(new LeaseReading(IsMember: true, 11, [Member(s_one, 2), silo]), s_one);

        Assert.True(ChangeIn(11).IsCompletedSuccessfully);
    }

    [Fact]
    public void Nobody_waits_for_the_own_node_and_nobody_for_a_change_that_moves_no_part_of_the_directory()
    {
        var joining = Member(s_two, 0) with { Status = SiloStatus.Joining };
        _fence.Note(new LeaseReading(IsMember: true, 10, [Member(s_one, 1)]), s_one);
        _fence.Note(new LeaseReading(IsMember: true, 11, [Member(s_one, 2), joining]), s_one);
        Assert.True(ChangeIn(11).IsCompletedSuccessfully);

        _fence.Note(new LeaseReading(IsMember: true, 12, [Member(s_one, 3), Member(s_two, 1)]), s_one);
        Assert.False(ChangeIn(12).IsCompleted);
        _fence.Note(new LeaseReading(IsMember: true, 12, [Member(s_one, 4), Member(s_two, 4)]), s_one);

        Assert.True(ChangeIn(12).IsCompletedSuccessfully);
    }

    [Fact]
    public void A_process_that_is_alone_never_waits() =>
        Assert.True(new TakeoverFence(_clock).PassAsync(new MembershipVersion(7)).AsTask().IsCompletedSuccessfully);

    /// <summary>A change by an activation that was registered in this membership version.</summary>
    private Task ChangeIn(long version) => _fence.PassAsync(new MembershipVersion(version)).AsTask();

    private void Note(long version, params LeaseMember[] members) => _fence.Note(new LeaseReading(IsMember: true, version, [.. members]));

    private static LeaseMember Member(SiloAddress silo, long renewals, TimeSpan? length = null) =>
        new(silo, SiloStatus.Active, renewals, length ?? s_lease, IsOver: false);

    private static LeaseMember Dead(SiloAddress silo, long renewals, TimeSpan? length = null) =>
        Member(silo, renewals, length) with
        {
            Status = SiloStatus.Dead,
        };
}
