using System.Net;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.GrainDirectory;
using Orleans.Runtime;
using Orleans.Sessions.Cluster;
using Orleans.Sessions.State;
using Orleans.Sessions.Storage;
using Orleans.Storage;

namespace Orleans.Sessions.Tests.State;

/// <summary>What a grain, and those with copies of its record, know of it while nodes join and leave and writes fail.</summary>
public sealed class DurableStateTests
{
    private static readonly ActivationId s_activation = ActivationId.NewId();
    private static readonly SiloAddress s_other = SiloAddress.New(IPAddress.Loopback, 2, 1);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly OneRow _row = new();
    private readonly OneEntry _directory = new();
    private readonly TakeoverFence _fence;
    private readonly FakeContext _context;
    private readonly DurableState<Thing> _state;
    private int _doubts;
    private int _doubtsToLose;

    public DurableStateTests()
    {
        _fence = new TakeoverFence(_clock, TimeSpan.FromSeconds(3));
        var context = DispatchProxy.Create<IGrainContext, FakeContext>();
        _context = (FakeContext)(object)context;
        var services = new ServiceCollection()
            .AddSingleton<IStateVersions>(_row)
            .AddKeyedSingleton<IGrainDirectory>(GrainDirectoryAttribute.DEFAULT_GRAIN_DIRECTORY, _directory)
            .BuildServiceProvider();
        var shared = new StateServices(_row, _row, audit: null!, _fence, _clock, services, NullLogger<StateServices>.Instance);
        _state = new("thing", context, shared, DoubtAsync);
    }

    [Fact]
    public async Task A_read_waits_for_a_write_under_way()
    {
        await _state.WriteAsync(new("first"));
        _row.Gate = new();
        var write = _state.WriteAsync(new("second"));
        var read = _state.ReadAsync().AsTask();
        Assert.False(read.IsCompleted);

        _row.Gate.SetResult();
        await write;

        Assert.Equal("second", (await read)!.Text);
    }

    [Fact]
    public async Task After_a_write_of_which_nobody_knows_how_it_went_the_next_read_asks_the_database()
    {
        await _state.WriteAsync(new("first"));
        _row.LosesAnswer = true;
        await Assert.ThrowsAsync<SessionException>(() => _state.WriteAsync(new("second")));

        Assert.Equal("second", (await _state.ReadAsync())!.Text);
        Assert.True(_context.IsDeactivated);
    }

    [Fact]
    public async Task A_read_waits_until_copies_know_what_was_written()
    {
        var report = new TaskCompletionSource();
        var write = _state.WriteAsync(new("first"), report: () => report.Task);
        var read = _state.ReadAsync().AsTask();
        Assert.False(read.IsCompleted);

        report.SetResult();
        await write;

        Assert.Equal("first", (await read)!.Text);
        Assert.Equal(0, _doubts);
    }

    [Fact]
    public async Task A_read_waits_until_copies_know_that_a_write_failed()
    {
        (_row.LosesAnswer, _doubtsToLose) = (true, 2);
        var write = _state.WriteAsync(new("first"));
        var read = _state.ReadAsync().AsTask();
        for (var tries = 1; tries < 3; tries++)
        {
            Assert.Equal(tries, _doubts);
            Assert.False(read.IsCompleted);
            _clock.Advance(TimeSpan.FromSeconds(0.5));
        }

        await Assert.ThrowsAsync<SessionException>(() => write);

        Assert.Equal("first", (await read)!.Text);
        Assert.Equal(3, _doubts);
    }

    [Fact]
    public async Task Copies_are_read_again_if_a_write_could_not_be_reported()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => _state.WriteAsync(new("first"), report: () => throw new TimeoutException()));

        Assert.Equal("first", (await _state.ReadAsync())!.Text);
        Assert.Equal(1, _doubts);
    }

    [Fact]
    public async Task Nobody_waits_for_copies_that_have_become_too_old_to_be_used()
    {
        (_row.LosesAnswer, _doubtsToLose) = (true, int.MaxValue);
        var write = _state.WriteAsync(new("first"));
        for (var waited = TimeSpan.Zero; waited < TimeSpan.FromMinutes(1); waited += TimeSpan.FromSeconds(0.5))
        {
            Assert.False(write.IsCompleted);
            _clock.Advance(TimeSpan.FromSeconds(0.5));
        }

        await Assert.ThrowsAsync<SessionException>(() => write);
    }

    [Fact]
    public async Task Each_read_asks_the_database_until_the_members_have_settled_and_one_more_does()
    {
        await _state.WriteAsync(new("first"));
        await _state.ReadAsync();
        Assert.Equal(0, _row.Confirmations);

        Members(1, SiloStatus.Active);
        await _state.ReadAsync();
        await _state.ReadAsync();
        Assert.Equal((2, 0), (_row.Confirmations, _directory.Lookups));

        Settle(1, SiloStatus.Active);
        await _state.ReadAsync();
        await _state.ReadAsync();
        Assert.Equal((3, 1), (_row.Confirmations, _directory.Lookups));

        Members(2, SiloStatus.Dead);
        Assert.Equal("first", (await _state.ReadAsync())!.Text);
        Assert.Equal(4, _row.Confirmations);
        Assert.False(_context.IsDeactivated);
    }

    [Fact]
    public async Task What_another_activation_writes_while_the_members_settle_is_read_at_once()
    {
        await _state.WriteAsync(new("first"));
        Members(1, SiloStatus.Dead);
        Assert.Equal("first", (await _state.ReadAsync())!.Text);

        _row.Write(new("by another"));

        Assert.Equal("by another", (await _state.ReadAsync())!.Text);
        Assert.True(_context.IsDeactivated);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_not_in_the_directory_any_more_goes_and_believes_nothing_in_memory(bool isAnotherThere)
    {
        await _state.WriteAsync(new("first"));
        Members(1, SiloStatus.Dead);
        _directory.Registered = isAnotherThere ? ActivationId.NewId() : null;
        Settle(1, SiloStatus.Dead);

        Assert.Equal("first", (await _state.ReadAsync())!.Text);
        Assert.True(_context.IsDeactivated);

        _row.Write(new("by another"));
        Assert.Equal("by another", (await _state.ReadAsync())!.Text);
    }

    [Fact]
    public async Task Who_reads_for_the_first_time_after_the_members_have_settled_asks_the_directory_too()
    {
        _row.Write(new("first"));
        Members(1, SiloStatus.Dead);
        _directory.Registered = null;
        Settle(1, SiloStatus.Dead);
        Assert.Equal("first", (await _state.ReadAsync())!.Text);

        _row.Write(new("by another"));

        Assert.Equal("by another", (await _state.ReadAsync())!.Text);
        Assert.True(_context.IsDeactivated);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public async Task Who_is_not_in_the_directory_any_more_changes_nothing_and_acknowledges_no_report(int secondsLater)
    {
        await _state.WriteAsync(new("first"));
        Members(1, SiloStatus.Active);
        _directory.Registered = ActivationId.NewId();
        After(secondsLater, 1, SiloStatus.Active);

        var change = await Assert.ThrowsAsync<SessionException>(() => _state.WriteAsync(new("second")));
        var report = await Assert.ThrowsAsync<SessionException>(async () => await _state.Registration.PassAsync());

        Assert.Equal(SessionErrors.ClusterAway, change.Error);
        Assert.Equal(SessionErrors.ClusterAway, report.Error);
        Assert.True(_context.IsDeactivated);
        Assert.Equal("first", _row.Text);
    }

    [Fact]
    public async Task In_a_settled_cluster_the_directory_is_asked_once()
    {
        Members(1, SiloStatus.Active);
        Settle(1, SiloStatus.Active);
        await _state.Registration.PassAsync();
        Assert.Equal(1, _directory.Lookups);

        await _state.WriteAsync(new("first"));
        await _state.WriteAsync(new("second"));
        await _state.Registration.PassAsync();

        Assert.Equal(1, _directory.Lookups);
    }

    [Fact]
    public async Task Who_was_registered_in_a_membership_that_this_node_has_not_read_believes_nothing_in_memory()
    {
        Members(1, SiloStatus.Active);
        Settle(1, SiloStatus.Active);
        _row.Write(new("first"));
        _context.RegisteredIn = 2;
        Assert.Equal("first", (await _state.ReadAsync())!.Text);

        _row.Write(new("by another"));

        Assert.Equal("by another", (await _state.ReadAsync())!.Text);
    }

    [Fact]
    public async Task Nothing_is_answered_if_the_directory_does_not_answer()
    {
        await _state.WriteAsync(new("first"));
        Members(1, SiloStatus.Dead);
        Settle(1, SiloStatus.Dead);
        _directory.IsAway = true;

        var refused = await Assert.ThrowsAsync<SessionException>(async () => await _state.ReadAsync());
        _directory.IsAway = false;

        Assert.Equal(SessionErrors.ClusterAway, refused.Error);
        Assert.Equal("first", (await _state.ReadAsync())!.Text);
    }

    [Fact]
    public async Task What_another_activation_has_written_is_found_after_a_change_of_the_members_and_this_one_goes()
    {
        await _state.WriteAsync(new("first"));
        _row.Write(new("by another"));

        Members(1, SiloStatus.Dead);

        Assert.Equal("by another", (await _state.ReadAsync())!.Text);
        Assert.True(_context.IsDeactivated);
    }

    [Fact]
    public async Task Who_may_follow_an_activation_on_a_dead_node_reads_at_once_and_writes_when_that_nodes_lease_is_over()
    {
        _row.Write(new("first"));
        Members(4, SiloStatus.Active);
        Members(5, SiloStatus.Dead);
        _context.RegisteredIn = 5;
        Assert.Equal("first", (await _state.ReadAsync())!.Text);
        var write = _state.WriteAsync(new("second"));
        Assert.Equal("first", _row.Text);
        Assert.Equal("first", (await _state.ReadAsync())!.Text);

        _clock.Advance(TimeSpan.FromSeconds(3.1));
        await write;

        Assert.Equal("second", _row.Text);
    }

    [Fact]
    public async Task Who_makes_the_record_follows_nobody()
    {
        Members(4, SiloStatus.Active);
        Members(5, SiloStatus.Dead);
        _context.RegisteredIn = 5;

        await _state.WriteAsync(new("first"));
        await _state.WriteAsync(new("second"));

        Assert.Equal("second", _row.Text);
    }

    private Task DoubtAsync(Thing thing)
    {
        _doubts++;
        return _doubtsToLose-- > 0 ? throw new TimeoutException() : Task.CompletedTask;
    }

    private void Members(long version, SiloStatus status) =>
        _fence.Note(
            new LeaseReading(
                IsMember: true,
                version,
                [new LeaseMember(s_other, status, Renewals: 1, TimeSpan.FromSeconds(3), IsOver: false)]
            )
        );

    private void Settle(long version, SiloStatus status) => After(6, version, status);

    private void After(int seconds, long version, SiloStatus status)
    {
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        Members(version, status);
    }

    private sealed record Thing(string Text);

    /// <summary>A directory with one entry.</summary>
    private sealed class OneEntry : IGrainDirectory
    {
        public ActivationId? Registered { get; set; } = s_activation;

        public bool IsAway { get; set; }

        public int Lookups { get; private set; }

        public Task<GrainAddress?> Lookup(GrainId grainId)
        {
            Lookups++;
            return IsAway
                ? throw new OrleansException("away")
                : Task.FromResult(Registered is { } activation ? new GrainAddress { GrainId = grainId, ActivationId = activation } : null);
        }

        public Task<GrainAddress?> Register(GrainAddress address) => throw new NotSupportedException();

        public Task Unregister(GrainAddress address) => throw new NotSupportedException();

        public Task UnregisterSilos(List<SiloAddress> siloAddresses) => throw new NotSupportedException();
    }

    /// <summary>A database with one row.</summary>
    private sealed class OneRow : IGrainStorage, IStorageFaults, IStateVersions
    {
        private Thing? _thing;
        private int _version;

        /// <summary>Writes wait until this completes.</summary>
        public TaskCompletionSource Gate { get; set; } = new();

        public bool LosesAnswer { get; set; }

        public int Confirmations { get; private set; }

        public string? Text => _thing?.Text;

        public OneRow() => Gate.SetResult();

        public void Write(Thing thing) => (_thing, _version) = (thing, _version + 1);

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            if (_thing is not null)
            {
                (grainState.State, grainState.ETag, grainState.RecordExists) = ((T)(object)_thing, $"{_version}", true);
            }

            return Task.CompletedTask;
        }

        public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            await Gate.Task;
            Assert.Equal(_thing is null ? null : $"{_version}", grainState.ETag);
            Write((Thing)(object)grainState.State!);
            if (LosesAnswer)
            {
                throw new TimeoutException();
            }

            (grainState.ETag, grainState.RecordExists) = ($"{_version}", true);
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();

        public StorageFault Classify(Exception exception) => exception is TimeoutException ? StorageFault.Unavailable : StorageFault.Other;

        public Task<string?> OfAsync(string stateName, string key)
        {
            Confirmations++;
            return Task.FromResult(_thing is null ? null : $"{_version}");
        }
    }

    /// <summary>The few parts of its activation that a state needs.</summary>
#pragma warning disable CA1852 // The proxy is made as a subclass.
    internal class FakeContext : DispatchProxy
#pragma warning restore CA1852
    {
        public long RegisteredIn { get; set; } = 1;

        public bool IsDeactivated { get; private set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            switch (targetMethod!.Name)
            {
                case "get_GrainId":
                    return GrainId.Create("thing", "t-1");
                case "get_ActivationId":
                    return s_activation;
                case "get_Address":
                    return new GrainAddress
                    {
                        GrainId = GrainId.Create("thing", "t-1"),
                        MembershipVersion = new MembershipVersion(RegisteredIn),
                    };
                case nameof(IGrainContext.Deactivate):
                    IsDeactivated = true;
                    return null;
                default:
                    throw new NotSupportedException(targetMethod.Name);
            }
        }
    }
}
