using System.Net;
using Npgsql;
using Orleans.Runtime;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Cluster;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>Leases in the membership table, and the order of a silo's writes and the vote against it.</summary>
public sealed class LeaseTableTests(PostgreSqlStore store) : IAsyncLifetime
{
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(3);
    private static int s_ports = 20000;

    private readonly string _cluster = $"cluster-{Guid.NewGuid():N}";
    private readonly SiloAddress _silo = SiloAddress.New(IPAddress.Loopback, Interlocked.Increment(ref s_ports), 7);
    private readonly PostgreSqlDatabase _database = new(store.Options.ConnectionString!);
    private LeaseTable _table = null!;

    public async ValueTask InitializeAsync()
    {
        _table = new LeaseTable(_database, _cluster);
        await ExecuteAsync("insert into membership_version (deployment_id, version) values (@cluster, 5)");
        await JoinAsync(_silo);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Each_renewal_is_counted_and_shows_the_members()
    {
        var other = SiloAddress.New(IPAddress.Loopback, Interlocked.Increment(ref s_ports), 1);
        await JoinAsync(other);
        await RenewAsync();

        var reading = await RenewAsync();

        Assert.True(reading.IsMember);
        Assert.Equal(5, reading.Version);
        Assert.Equal(
            [
                new LeaseMember(_silo, SiloStatus.Active, 1, s_length, IsOver: false),
                new LeaseMember(other, SiloStatus.Active, 0, null, IsOver: false),
            ],
            reading.Members.OrderBy(member => member.Silo.Endpoint.Port)
        );
    }

    [Fact]
    public async Task A_silo_that_was_voted_out_or_is_gone_renews_nothing()
    {
        await RenewAsync();

        await VoteAsync();
        var dead = await RenewAsync();
        Assert.False(dead.IsMember);
        Assert.Equal(1, Assert.Single(dead.Members).Renewals);

        await ExecuteAsync("delete from membership where deployment_id = @cluster");
        Assert.False((await RenewAsync()).IsMember);
    }

    [Fact]
    public async Task The_end_of_a_lease_is_seen_by_all()
    {
        await VoteAsync();

        await _table.EndAsync([_silo], default);

        Assert.True(Assert.Single((await RenewAsync()).Members).IsOver);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("fd00::17")]
    public async Task A_renewal_shows_who_votes_against_whom_and_the_runtime_counts_who_is_active(string address)
    {
        var (member, former) = (SiloAddress.New(IPAddress.Parse(address), 1, 2), SiloAddress.New(IPAddress.Parse(address), 1, 1));
        await JoinAsync(member);
        await JoinAsync(former);
        await ExecuteAsync("update membership set status = 6 where deployment_id = @cluster and port = 1 and generation = 1");
        var one = $"{former.ToParsableString()},2026-01-01 00:00:00.000 GMT";
        var other = $"{member.ToParsableString()},2026-01-01 00:00:01.000 GMT";
        await ExecuteAsync(
            $"update membership set suspect_times = '{one}|{other}' where deployment_id = @cluster and port in (1, {_silo.Endpoint.Port})"
        );

        var votes = (await RenewAsync()).Members.Single(known => known.Silo.Equals(_silo)).Votes;

        Assert.Equal([new(former, "2026-01-01 00:00:00.000 GMT"), new(member, "2026-01-01 00:00:01.000 GMT")], votes);
        Assert.Equal(other, await SuspectsAsync(_silo));
        Assert.Equal($"{one}|{other}", await SuspectsAsync(former));
    }

    [Fact]
    public async Task A_renewal_waits_for_a_vote_under_way_and_then_fails()
    {
        await RenewAsync();
        await using var vote = await BeginVoteAsync();
        var renewal = RenewAsync();
        await UntilOneWaitsAsync();

        await vote.CommitAsync();

        Assert.False((await renewal).IsMember);
    }

    [Fact]
    public async Task A_silo_that_was_voted_out_writes_nothing()
    {
        await RenewAsync();
        var key = NewKey();
        Assert.True(await WriteAsync(key, null));
        await VoteAsync();

        var exception = await Assert.ThrowsAsync<PostgresException>(() => WriteAsync(key, 1));
        Assert.Equal(StorageFault.VotedOut, new StorageFaults().Classify(exception));
        var many = Enumerable.Range(0, 30).Select(_ => WriteAsync(NewKey(), null)).ToList();
        foreach (var write in many)
        {
            exception = await Assert.ThrowsAsync<PostgresException>(() => write);
            Assert.Equal(StorageFault.VotedOut, new StorageFaults().Classify(exception));
        }

        // What belongs to no state is refused too, with an exception that a caller on another node can read.
        await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            _database.WriteAsync([.. AuditRows.Steps("lease", [new AuditRow { At = DateTimeOffset.UnixEpoch, Kind = "late" }])])
        );
        Assert.Equal(1, await VersionAsync(key));
    }

    [Fact]
    public async Task Before_a_vote_is_committed_all_writes_are_that_came_before_it()
    {
        await RenewAsync();
        var key = NewKey();
        await using var connection = await _database.SessionSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var write = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(
            """
            select ensure_member(@silo);
            insert into grain_state (service_id, grain_type, grain_key, version) values ('lease', 'thing', @key, 1)
            """,
            connection
        );
        command.Parameters.AddWithValue("key", key);
        command.Parameters.AddWithValue("silo", _database.Writer!.Value);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var vote = VoteAsync();
        await UntilOneWaitsAsync();
        Assert.False(vote.IsCompleted);

        await write.CommitAsync(TestContext.Current.CancellationToken);
        await vote;

        Assert.Equal(1, await VersionAsync(key));
    }

    [Fact]
    public async Task A_write_that_comes_while_a_vote_is_under_way_waits_and_is_refused()
    {
        await RenewAsync();
        await using var vote = await BeginVoteAsync();
        var write = WriteAsync(NewKey(), null);
        await UntilOneWaitsAsync();

        await vote.CommitAsync();

        await Assert.ThrowsAsync<PostgresException>(() => write);
    }

    [Fact]
    public async Task Renewals_disturb_no_change_of_the_membership()
    {
        using var enough = new CancellationTokenSource();
        var renewals = Task.Run(
            async () =>
            {
                while (!enough.IsCancellationRequested)
                {
                    Assert.True((await RenewAsync()).IsMember);
                }
            },
            TestContext.Current.CancellationToken
        );
        for (var version = 5; version < 105; version++)
        {
            await using var command = _database.SessionSource.CreateCommand(SqlText.Of("PostgreSql.Queries.UpdateMembershipKey"));
            command.Parameters.AddWithValue("DeploymentId", _cluster);
            command.Parameters.AddWithValue("Address", "127.0.0.1");
            command.Parameters.AddWithValue("Port", _silo.Endpoint.Port);
            command.Parameters.AddWithValue("Generation", _silo.Generation);
            command.Parameters.AddWithValue("Status", (int)SiloStatus.Active);
            command.Parameters.AddWithValue("SuspectTimes", $"{_silo.ToParsableString()},{version}");
            command.Parameters.AddWithValue("IAmAliveTime", DateTime.UtcNow);
            command.Parameters.AddWithValue("Version", version);
            Assert.True((bool)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!);
        }

        await enough.CancelAsync();
        await renewals;
        Assert.Equal(105, (await RenewAsync()).Version);
    }

    private static string NewKey() => $"u-{Guid.NewGuid():N}";

    private Task<LeaseReading> RenewAsync() => _table.RenewAsync(_silo, s_length, TestContext.Current.CancellationToken);

    private Task<bool> WriteAsync(string key, int? known)
    {
        var table = StateTables.Of("thing");
        return _database.Writes.WriteAsync(new StateKey(table, key), [table.Write("lease", key, known, "{}"u8.ToArray(), columns: null)]);
    }

    private async Task<int?> VersionAsync(string key)
    {
        await using var command = _database.SessionSource.CreateCommand(
            "select version from grain_state where service_id = 'lease' and grain_key = @key"
        );
        command.Parameters.AddWithValue("key", key);
        return (int?)await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The votes against a silo, as the runtime reads them.</summary>
    private async Task<string?> SuspectsAsync(SiloAddress silo)
    {
        await using var command = _database.SessionSource.CreateCommand(SqlText.Of("PostgreSql.Queries.MembershipReadAllKey"));
        command.Parameters.AddWithValue("DeploymentId", _cluster);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            if (
                (string)reader["Address"] == silo.Endpoint.Address.ToString()
                && (int)reader["Port"] == silo.Endpoint.Port
                && (int)reader["Generation"] == silo.Generation
            )
            {
                return reader["SuspectTimes"] as string;
            }
        }

        return null;
    }

    private Task JoinAsync(SiloAddress silo) =>
        ExecuteAsync(
            $"""
            insert into membership (deployment_id, address, port, generation, silo_name, host_name, status, start_time, i_am_alive_time)
            values (@cluster, '{silo.Endpoint.Address}', {silo.Endpoint.Port}, {silo.Generation}, 'silo', 'host', 3, now(), now())
            """
        );

    private Task VoteAsync() =>
        ExecuteAsync($"update membership set status = 6 where deployment_id = @cluster and port = {_silo.Endpoint.Port}");

    private async Task<NpgsqlTransaction> BeginVoteAsync()
    {
        var connection = await _database.SessionSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"update membership set status = 6 where deployment_id = '{_cluster}'", connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return transaction;
    }

    /// <summary>Waits until a statement of this test waits for a lock that another statement holds.</summary>
    private async Task UntilOneWaitsAsync()
    {
        await using var command = _database.SessionSource.CreateCommand(
            """
            select count(*) from pg_locks l join pg_stat_activity a on a.pid = l.pid
            where not l.granted and a.datname = current_database() and (a.query like '%ensure_member%' or a.query like '%membership%')
            """
        );
        while ((long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))! == 0)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _database.SessionSource.CreateCommand(sql);
        command.Parameters.AddWithValue("cluster", _cluster);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
