namespace Orleans.Sessions.Testing;

/// <summary>Where a database server runs: on loopback, unless something else is said.</summary>
public sealed record PostgreSqlPlace
{
    /// <summary>Whoever reaches the server is let in; it is reached from loopback and from networks that tests made.</summary>
    internal const string Rules = "host all all samenet trust\nhost replication all samenet trust\n";

    /// <summary>The address that it listens on.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The words before a command that make it run there, such as those that enter a network namespace.</summary>
    public IReadOnlyList<string> Within { get; init; } = [];
}
