using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Orleans.Sessions.Testing;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>Both databases have the same migrations, tables, columns and indexes. Only the membership is on PostgreSQL alone.</summary>
public sealed partial class DialectTests
{
    private const string Membership = "1060_membership";

    [Fact]
    public void Both_have_migrations_with_the_same_numbers_and_names() =>
        Assert.Equal(Names("PostgreSql").Where(name => name != Membership), Names("Sqlite"));

    [Fact]
    public void Both_have_the_same_tables_and_columns() => Assert.Equal(Tables("PostgreSql"), Tables("Sqlite"));

    [Fact]
    public void Both_have_the_same_indexes()
    {
        // The primary key of the trail is its order on PostgreSQL. SQLite needs a number as primary key, and an index for the order.
        Assert.Equal(
            Indexes("PostgreSql"),
            Indexes("Sqlite").Where(index => !index.StartsWith("audit_event_by_time", StringComparison.Ordinal))
        );
    }

    /// <summary>Whoever changes a function increases its revision; otherwise nodes go on with the older one.</summary>
    [Fact]
    public void Functions_are_those_of_their_revision()
    {
        var texts = string.Concat(SqlText.Folder("PostgreSql.Functions").Select(function => $"{function.Name}\n{function.Text}\n"));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(texts)));
        GoldenFile.Compare("functions.txt", $"revision {StorageMigrator.FunctionRevision}: {hash}\n");
    }

    private static IEnumerable<string> Names(string dialect) => SqlText.Folder($"{dialect}.Migrations").Select(migration => migration.Name);

    private static List<string> Tables(string dialect) =>
        [
            .. from migration in SqlText.Folder($"{dialect}.Migrations")
            where migration.Name != Membership
            from Match table in Table().Matches(migration.Text)
            let columns = Column().Matches(table.Groups["body"].Value).Select(column => column.Groups["name"].Value + Null(column.Value))
            select $"{table.Groups["name"].Value}: {string.Join(", ", columns)}",
        ];

    private static List<string> Indexes(string dialect) =>
        [
            .. from migration in SqlText.Folder($"{dialect}.Migrations")
            where migration.Name != Membership
            from Match index in Index().Matches(migration.Text)
            select $"{index.Groups["name"].Value} {Space().Replace(index.Groups["on"].Value, " ")}",
        ];

    private static string Null(string column) => column.Contains("not null", StringComparison.Ordinal) ? " not null" : "";

    [GeneratedRegex(@"create table (?<name>\w+)\s*\((?<body>.*?)\n\)", RegexOptions.Singleline)]
    private static partial Regex Table();

    [GeneratedRegex(@"^  (?<name>(?!primary )\w+) [^\n]*$", RegexOptions.Multiline)]
    private static partial Regex Column();

    [GeneratedRegex(@"create (unique )?index (?<name>\w+) (?<on>on [^;]*);", RegexOptions.Singleline)]
    private static partial Regex Index();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
