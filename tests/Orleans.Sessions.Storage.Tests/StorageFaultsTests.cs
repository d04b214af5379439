using Microsoft.Data.Sqlite;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Sessions.Storage.Tests;

public sealed class StorageFaultsTests
{
    private readonly StorageFaults _faults = new();

    [Theory]
    [InlineData("23505", StorageFault.UniqueViolation)]
    [InlineData("23502", StorageFault.Other)]
    [InlineData("OS001", StorageFault.LastOwner)]
    [InlineData("22P02", StorageFault.Other)]
    [InlineData("08006", StorageFault.Unavailable)]
    [InlineData("57P01", StorageFault.Unavailable)]
    [InlineData("53300", StorageFault.Unavailable)]
    [InlineData("40P01", StorageFault.Unavailable)]
    [InlineData("57014", StorageFault.Unavailable)]
    [InlineData("25006", StorageFault.Unavailable)]
    [InlineData("XX000", StorageFault.Unavailable)]
    public void What_PostgreSql_said_is_found_behind_Orleans_wrapper(string state, StorageFault fault) =>
        Assert.Equal(fault, _faults.Classify(new OrleansException("x", new Npgsql.PostgresException("x", "ERROR", "ERROR", state))));

    [Theory]
    [InlineData(19, 2067, StorageFault.UniqueViolation)]
    [InlineData(19, 1299, StorageFault.Other)]
    [InlineData(19, 1811, StorageFault.Other)]
    [InlineData(5, 5, StorageFault.Unavailable)]
    [InlineData(10, 778, StorageFault.Unavailable)]
    [InlineData(13, 13, StorageFault.Unavailable)]
    public void What_SQLite_said_is_found_behind_Orleans_wrapper(int code, int extended, StorageFault fault) =>
        Assert.Equal(fault, _faults.Classify(new OrleansException("x", new SqliteException("x", code, extended))));

    [Fact]
    public void A_lost_connection_is_unavailable_a_conflict_a_conflict_and_anything_else_no_fault()
    {
        Assert.Equal(StorageFault.Unavailable, _faults.Classify(new Npgsql.NpgsqlException("x", new TimeoutException())));
        Assert.Equal(StorageFault.Conflict, _faults.Classify(new AggregateException(new InconsistentStateException("x"))));
        Assert.Equal(StorageFault.None, _faults.Classify(new TimeoutException()));
    }

    [Fact]
    public void The_storage_of_a_node_that_ends_is_unavailable()
    {
        Assert.Equal(StorageFault.Unavailable, _faults.Classify(new ObjectDisposedException("x")));
        Assert.Equal(StorageFault.Unavailable, _faults.Classify(new TaskCanceledException()));
    }
}
