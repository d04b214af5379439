using System.Globalization;
using Npgsql;
using Orleans.Sessions.Directory;

namespace Orleans.Sessions.Storage;

/// <summary>
/// Reads versions from PostgreSQL. Only one query runs at a time. Callers who come meanwhile share the next query, so the groups grow with
/// the load.
/// </summary>
internal sealed class StateVersions(PostgreSqlDatabase database, string serviceId) : IStateVersions
{
    private const int MaxGroup = 1000;

    private static readonly string s_sql = SqlText.Of("PostgreSql.StateVersions");

    private readonly Lock _lock = new();
    private List<Question> _waiting = [];
    private bool _isReading;

    public Task<string?> OfAsync(string stateName, string key)
    {
        var question = new Question(stateName, key);
        lock (_lock)
        {
            _waiting.Add(question);
            if (_isReading)
            {
                return question.Answer.Task;
            }

            _isReading = true;
        }

        _ = DrainAsync();
        return question.Answer.Task;
    }

    private async Task DrainAsync()
    {
        while (TakeGroup() is { } group)
        {
            try
            {
                var versions = await ReadAsync(group);
                foreach (var question in group)
                {
                    question.Answer.SetResult(versions.GetValueOrDefault((question.StateName, question.Key)));
                }
            }
            catch (Exception exception)
            {
                group.ForEach(question => question.Answer.SetException(exception));
            }
        }
    }

    private List<Question>? TakeGroup()
    {
        lock (_lock)
        {
            var group = _waiting.Count <= MaxGroup ? _waiting : _waiting[..MaxGroup];
            _waiting = _waiting.Count <= MaxGroup ? [] : _waiting[MaxGroup..];
            _isReading = group.Count > 0;
            return _isReading ? group : null;
        }
    }

    private async Task<Dictionary<(string StateName, string Key), string>> ReadAsync(List<Question> group)
    {
        await using var command = database.SessionSource.CreateCommand(s_sql);
        command.Parameters.Add(new NpgsqlParameter<string>("service", serviceId));
        command.Parameters.Add(new NpgsqlParameter<string[]>("types", [.. group.Select(question => question.StateName)]));
        command.Parameters.Add(new NpgsqlParameter<string[]>("keys", [.. group.Select(question => question.Key)]));
        var versions = new Dictionary<(string StateName, string Key), string>(group.Count);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            versions[(reader.GetString(0), reader.GetString(1))] = reader.GetInt32(2).ToString(CultureInfo.InvariantCulture);
        }

        return versions;
    }

    private sealed record Question(string StateName, string Key)
    {
        public TaskCompletionSource<string?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
