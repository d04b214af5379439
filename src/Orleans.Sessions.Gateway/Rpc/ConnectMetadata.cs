namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>Marks the endpoints of Connect.</summary>
internal sealed class ConnectMetadata
{
    public static ConnectMetadata Instance { get; } = new();
}
