namespace Orleans.Sessions.Storage;

/// <summary>A write is refused, and nothing of it was written.</summary>
internal sealed class RefusedException(StorageFault fault) : Exception($"A write is refused: {fault}.")
{
    public StorageFault Fault => fault;
}
