using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>A database that is too large to be read as a whole before the start.</summary>
public sealed class EmbeddedCheckTests : IDisposable
{
    private const int Megabyte = 1024 * 1024;
    private const int Megabytes = 70;

    private readonly string _folder = Directory.CreateTempSubdirectory("sessions-").FullName;
    private readonly Said _said = new();

    private string File => Path.Combine(_folder, EmbeddedDatabase.DatabaseFile);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task Its_damage_is_said_after_the_start(bool isDamaged, int times)
    {
        await FillAsync();
        if (isDamaged)
        {
            await DamageAsync();
        }

        using var embedded = EmbeddedDatabase.Take(_folder);
        await using var database = new SqliteDatabase(_folder, _said);
        using var check = new EmbeddedCheck(database, new StorageOptions { DataPath = _folder });
        await check.StartAsync(TestContext.Current.CancellationToken);
        await check.ExecuteTask!;

        Assert.Equal(times, _said.Texts.Count(text => text.StartsWith($"{File} is damaged", StringComparison.Ordinal)));
        Assert.Equal(times, _said.Texts.Count);
    }

    private async Task FillAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            create table large (content blob);
            with recursive n(v) as (select 1 union all select v + 1 from n where v < {Megabytes})
            insert into large select zeroblob({Megabyte}) from n
            """;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private async Task DamageAsync()
    {
        await using var file = System.IO.File.OpenWrite(File);
        var noise = new byte[Megabyte];
        Array.Fill(noise, (byte)0xFF);
        file.Position = file.Length / 2;
        await file.WriteAsync(noise, TestContext.Current.CancellationToken);
    }

    private sealed class Said : ILogger
    {
        public List<string> Texts { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Texts.Add(formatter(state, exception));
    }
}
