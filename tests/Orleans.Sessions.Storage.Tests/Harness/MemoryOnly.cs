using Orleans.Sessions.Tests.Harness;

namespace Orleans.Sessions.Storage.Tests.Harness;

/// <summary>The memory on which grains are tested (<see cref="MemoryStore"/>). Each service has one of its own.</summary>
public sealed class MemoryOnly : ConformingStore
{
    public override MemoryService NewService() => new();
}
