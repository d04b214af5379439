namespace Orleans.Sessions.Testing;

/// <summary>Where a database server runs. Default: on loopback.</summary>
public sealed record PostgreSqlPlace
{
    /// <summary>Every client that reaches the server may connect. Only loopback and networks that tests create reach it.</summary>
    internal const string Rules = "host all all samenet trust\nhost replication all samenet trust\n";

    /// <summary>The address that it listens on, and that clients use.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Whether it also listens on every other address. Needed if it gets <see cref="Address"/> only later.</summary>
    public bool ListensEverywhere { get; init; }

    /// <summary>The folder in which its own folder is created.</summary>
    public string Folder { get; init; } = Path.GetTempPath();

    /// <summary>The prefix that makes a command run in this place, such as one that enters a network namespace.</summary>
    public IReadOnlyList<string> Within { get; init; } = [];
}
