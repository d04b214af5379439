using System.Globalization;
using Npgsql;

namespace Orleans.Sessions.Storage;

/// <summary>
/// Reads versions from PostgreSQL. Only one query runs at a time. Callers who come meanwhile share the next query, so the groups grow with
/// the load.
/// </summary>
internal sealed class StateVersions(PostgreSqlDatabase database, string serviceId) : IStateVersions
{
    private const int MaxGroup = 1000;

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
        var states = group.GroupBy(question => question.StateName).ToList();
        await using var connection = await database.SessionSource.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        foreach (var questions in states)
        {
            var table = StateTables.Of(questions.Key);
            var command = new NpgsqlBatchCommand(table.VersionsText);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = serviceId });
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. questions.Select(question => question.Key)] });
            if (!table.IsOwn)
            {
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table.Name });
            }

            batch.BatchCommands.Add(command);
        }

        var versions = new Dictionary<(string StateName, string Key), string>(group.Count);
        await using var reader = await batch.ExecuteReaderAsync();
        foreach (var questions in states)
        {
            while (await reader.ReadAsync())
            {
                versions[(questions.Key, reader.GetString(0))] = reader.GetInt32(1).ToString(CultureInfo.InvariantCulture);
            }

            await reader.NextResultAsync();
        }

        return versions;
    }

    private sealed record Question(string StateName, string Key)
    {
        public TaskCompletionSource<string?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
