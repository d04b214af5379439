namespace Orleans.Sessions.Testing;

/// <summary>Where a database server runs: on loopback, unless something else is said.</summary>
public sealed record PostgreSqlPlace
{
    /// <summary>Whoever reaches the server is let in; it is reached from loopback and from networks that tests made.</summary>
    internal const string Rules = "host all all samenet trust\nhost replication all samenet trust\n";

    /// <summary>The address that it listens on, and clients reach it at.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Whether it listens on every other address, too: it has got, or is to get, <see cref="Address"/> later.</summary>
    public bool ListensEverywhere { get; init; }

    /// <summary>The folder that its own folder is made in.</summary>
    public string Folder { get; init; } = Path.GetTempPath();

    /// <summary>The words before a command that make it run there, such as those that enter a network namespace.</summary>
    public IReadOnlyList<string> Within { get; init; } = [];
}
