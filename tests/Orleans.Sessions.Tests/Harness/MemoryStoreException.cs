using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Tests.Harness;

/// <summary>The <see cref="MemoryStore"/> refuses a write, or the test wants it to fail.</summary>
public sealed class MemoryStoreException(StorageFault fault) : Exception($"A write is refused: {fault}.")
{
    public StorageFault Fault => fault;
}
