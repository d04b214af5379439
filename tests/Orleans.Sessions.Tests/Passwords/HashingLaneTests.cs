using Microsoft.Extensions.Time.Testing;
using Orleans.Sessions.Passwords;

namespace Orleans.Sessions.Tests.Passwords;

public sealed class HashingLaneTests
{
    private const long Memory = 100;
    private static readonly TimeSpan s_hash = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _clock = new();
    private readonly List<HashingJob> _late = [];

    [Fact]
    public void Users_take_turns()
    {
        var lane = Lane(threads: 1);
        foreach (var user in "aaaabbc")
        {
            lane.Add(Job($"{user}"));
        }

        Assert.Equal("abcabaa", string.Concat(Enumerable.Range(0, 7).Select(_ => RunNext(lane).UserId)));
        Assert.Null(lane.Start(_late));
        Assert.True(lane.IsEmpty);
    }

    [Fact]
    public void Who_comes_first_waits_for_nobody()
    {
        var lane = Lane(threads: 2);
        Assert.Equal(TimeSpan.Zero, Wait(lane, "a"));
        StartNext(lane, "a");
        Assert.Equal(TimeSpan.Zero, Wait(lane, "b"));
        StartNext(lane, "b");
        Assert.Equal(s_hash, Wait(lane, "c"));
    }

    [Fact]
    public void One_waits_for_what_runs_and_for_one_turn_of_everybody_else()
    {
        var lane = Lane(threads: 1);
        StartNext(lane, "x");
        _clock.Advance(s_hash / 4);
        foreach (var user in "aaab")
        {
            lane.Add(Job($"{user}"));
        }

        Assert.Equal(s_hash * 2.75, Wait(lane, "new"));
        Assert.Equal(s_hash * 3.75, Wait(lane, "b"));
        Assert.Equal(s_hash * 4.75, Wait(lane, "a"));
    }

    [Fact]
    public void A_hash_that_takes_longer_than_expected_is_expected_to_end_at_any_time()
    {
        var lane = Lane(threads: 1);
        StartNext(lane, "x");
        _clock.Advance(s_hash * 5);
        Assert.Equal(TimeSpan.Zero, Wait(lane, "a"));
    }

    [Fact]
    public void What_hashes_really_take_is_learned_for_each_kind()
    {
        var lane = Lane(threads: 1);
        for (var i = 0; i < 40; i++)
        {
            var job = StartNext(lane, "a");
            _clock.Advance(s_hash * 3);
            lane.End(job);
        }

        StartNext(lane, "a");
        Assert.InRange(Wait(lane, "b"), s_hash * 2.9, s_hash * 3);
        lane.Add(new HashingJob<int>("c", Cost("other"), new CallDeadline(TimeSpan.MaxValue, _clock), () => 0));
        Assert.InRange(Wait(lane, "b"), s_hash * 3.9, s_hash * 4);
    }

    [Fact]
    public void A_machine_that_slept_is_not_thought_to_be_slow_for_ever()
    {
        var lane = Lane(threads: 1);
        var job = StartNext(lane, "a");
        _clock.Advance(TimeSpan.FromDays(2));
        lane.End(job);

        StartNext(lane, "a");
        Assert.InRange(Wait(lane, "b"), s_hash, s_hash * 4);
    }

    [Fact]
    public void What_nobody_waits_for_any_more_is_not_started()
    {
        var lane = Lane(threads: 1);
        var (late, alive) = (Job("a", s_hash), Job("a", s_hash * 2));
        lane.Add(late);
        lane.Add(alive);
        _clock.Advance(s_hash);
        Assert.Same(alive, lane.Start(_late));
        Assert.Equal([late], _late);
    }

    [Fact]
    public void What_runs_at_once_has_room_in_memory()
    {
        var lane = Lane(threads: 3);
        var (small, large, next) = (Job("a", memory: 40), Job("b", memory: 70), Job("c", memory: 10));
        foreach (var job in (HashingJob[])[small, large, next])
        {
            lane.Add(job);
        }

        Assert.Same(small, lane.Start(_late));
        Assert.Null(lane.Start(_late));
        lane.End(small);
        Assert.Same(large, lane.Start(_late));
        Assert.Same(next, lane.Start(_late));
    }

    [Fact]
    public void A_hash_that_needs_all_memory_keeps_the_whole_lane_from_others()
    {
        var lane = Lane(threads: 4);
        StartNext(lane, "a", Memory);
        Assert.Equal(s_hash, lane.ExpectedWait("b", Cost("test", 1)));
    }

    [Fact]
    public void What_is_taken_out_leaves_nothing_behind()
    {
        var lane = Lane(threads: 1);
        var (first, second) = (Job("a"), Job("a"));
        lane.Add(first);
        lane.Add(second);
        Assert.True(lane.Remove(first));
        Assert.False(lane.Remove(first));
        Assert.Same(second, lane.Start(_late));
        Assert.False(lane.Remove(second));
        Assert.True(lane.IsEmpty);
    }

    private static HashCost Cost(string kind = "test", long memory = 0) => new(kind, s_hash, memory);

    private HashingJob<int> Job(string user, TimeSpan? wait = null, long memory = 0) =>
        new(user, Cost(memory: memory), new CallDeadline(wait ?? TimeSpan.MaxValue, _clock), () => 0);

    private static TimeSpan Wait(HashingLane lane, string user) => lane.ExpectedWait(user, Cost());

    private HashingLane Lane(int threads) => new(threads, Memory, _clock);

    private HashingJob StartNext(HashingLane lane, string user, long memory = 0)
    {
        lane.Add(Job(user, memory: memory));
        return lane.Start(_late)!;
    }

    private HashingJob RunNext(HashingLane lane)
    {
        var job = lane.Start(_late)!;
        lane.End(job);
        return job;
    }
}
