using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Orleans.Sessions.Testing;

namespace Orleans.Sessions.Tests.Ids;

/// <summary>Ids of any number of processes, over a store that gives each range only once.</summary>
public sealed class IdGeneratorTests
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(s_start);
    private readonly long[] _until = new long[IdRange.Slots];
    private int _reservations;
    private bool _isAway;

    [Fact]
    public async Task Ids_are_decimal_numbers_of_at_most_19_digits_that_grow()
    {
        var ids = NewProcess();
        var last = 0L;
        for (var made = 0; made < 20_000; made++)
        {
            var text = await ids.NextAsync();
            var id = long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
            Assert.True(id > last);
            Assert.InRange(text.Length, 15, 19);
            last = id;
            _clock.Advance(TimeSpan.FromMilliseconds(made % 40));
        }
    }

    [Fact]
    public async Task Many_processes_at_the_same_moment_never_make_the_same_id()
    {
        var processes = Enumerable.Range(0, 50).Select(_ => NewProcess()).ToList();
        var made = await Task.WhenAll(
            processes
                .SelectMany(process => Enumerable.Repeat(process, 4))
                .Select(async process =>
                {
                    var ids = new List<string>();
                    for (var i = 0; i < 500; i++)
                    {
                        ids.Add(await process.NextAsync());
                    }

                    return ids;
                })
        );
        var all = made.SelectMany(ids => ids).ToList();
        Assert.Equal(100_000, all.Count);
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    [Fact]
    public async Task A_process_that_starts_again_with_a_clock_that_was_set_back_makes_other_ids()
    {
        var all = new List<string>();
        for (var run = 0; run < 3; run++)
        {
            // Each process starts at the same time of day, as after a clock was set back.
            var clock = new FakeTimeProvider(s_start);
            var ids = new IdGenerator(Cluster(clock), clock);
            for (var i = 0; i < 3000; i++)
            {
                all.Add(await ids.NextAsync());
            }
        }

        Assert.Equal(all.Count, all.Distinct().Count());
    }

    [Fact]
    public async Task Ids_of_all_processes_grow_with_time_however_wrong_their_dates_are()
    {
        var early = new FakeTimeProvider(s_start.AddYears(-1));
        var late = new FakeTimeProvider(s_start.AddYears(1));
        var processes = new[] { new IdGenerator(Cluster(_clock), early), new IdGenerator(Cluster(_clock), late) };
        var last = 0L;
        for (var i = 0; i < 100; i++)
        {
            var id = long.Parse(await processes[i % 2].NextAsync(), CultureInfo.InvariantCulture);
            Assert.True(id > last);
            last = id;
            foreach (var clock in new[] { _clock, early, late })
            {
                clock.Advance(TimeSpan.FromMilliseconds(200));
            }
        }
    }

    [Fact]
    public async Task A_process_in_use_reserves_its_next_range_in_time_and_does_not_wait_for_it()
    {
        var ids = NewProcess();
        var slot = SlotOf(await ids.NextAsync());
        for (var round = 1; round <= 10; round++)
        {
            _clock.Advance(TimeSpan.FromSeconds(29));
            Assert.Equal(slot, SlotOf(await ids.NextAsync()));
            Assert.Equal(round, _reservations);

            _clock.Advance(TimeSpan.FromSeconds(2));
            var next = ids.NextAsync();
            Assert.True(next.IsCompletedSuccessfully);
            Assert.Equal(slot, SlotOf(await next));

            // The clock stands still until the next range is available.
            var later = slot;
            while (later == slot)
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                await Task.Yield();
                later = SlotOf(await ids.NextAsync());
            }

            slot = later;
        }
    }

    [Fact]
    public async Task While_the_database_is_away_the_ids_at_hand_are_used_and_then_it_says_so()
    {
        var ids = NewProcess();
        await ids.NextAsync();
        _isAway = true;
        _clock.Advance(TimeSpan.FromSeconds(50));
        await ids.NextAsync();
        _clock.Advance(TimeSpan.FromSeconds(50));
        var exception = await Assert.ThrowsAsync<SessionException>(async () => await ids.NextAsync());
        Assert.Equal(SessionErrors.StorageAway, exception.Error);

        _isAway = false;
        await ids.NextAsync();
    }

    [Fact]
    public async Task More_processes_than_slots_get_ids_of_a_later_time()
    {
        var seen = new HashSet<(int, long)>();
        for (var i = 0; i < IdRange.Slots * 2; i++)
        {
            var range = Reserve(_clock);
            Assert.True(seen.Add((range.Slot, range.From)));
        }

        Assert.NotEmpty(await NewProcess().NextAsync());
    }

    [Fact]
    public async Task A_key_of_the_callers_own_always_gives_the_same_id()
    {
        var caller = new Caller { UserId = "4711" };
        var first = await NewProcess().NextAsync(caller, Key("key"));
        Assert.Equal(first, await NewProcess().NextAsync(caller, Key("key")));
        Assert.NotEqual(first, await NewProcess().NextAsync(new Caller { UserId = "4712" }, Key("key")));
        Assert.Equal(0, _reservations);
    }

    private static long SlotOf(string id) => long.Parse(id, CultureInfo.InvariantCulture) / 1024 % IdRange.Slots;

    private static Idempotency Key(string key) => new(key, [1, 2, 3]);

    private IdGenerator NewProcess() => new(Cluster(_clock), _clock);

    private IGrainFactory Cluster(FakeTimeProvider clock)
    {
        var grain = StandIn.For<IIdRangesGrain>(
            (_, _) =>
                _isAway ? Task.FromException<IdRange>(new SessionException(SessionErrors.StorageAway)) : Task.FromResult(Reserve(clock))
        );
        return StandIn.For<IGrainFactory>((_, _) => grain);
    }

    private IdRange Reserve(FakeTimeProvider clock)
    {
        lock (_until)
        {
            _reservations++;
            var slot = Array.IndexOf(_until, _until.Min());
            var from = Math.Max(_until[slot], IdRange.MillisecondOf(clock.GetUtcNow()));
            _until[slot] = from + 60_000;
            return new(slot, from, from + 60_000);
        }
    }
}
