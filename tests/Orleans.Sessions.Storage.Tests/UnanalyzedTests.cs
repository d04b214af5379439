using System.Text.RegularExpressions;
using Npgsql;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>
/// PostgreSQL's statements do not read large tables from end to end, although it has no statistics: nothing vacuums or analyzes the tables
/// from their first row on, and prepared statements keep the plan that they got while the tables were empty. The measure is blocks and not
/// time, so that the machine does not matter.
/// </summary>
public sealed partial class UnanalyzedTests(PostgreSqlStore store)
{
    private const int FewRows = 2_000;
    private const int ManyRows = 20_000;
    private const int Limit = 10;

    [Fact]
    public async Task No_statement_reads_more_when_its_tables_have_grown()
    {
        await using var service = await GrownTables.NewServiceAsync(store);
        await using var connection = (NpgsqlConnection)
            await service.Database.Sessions.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await GrownTables.RunAsync(connection, "set plan_cache_mode = force_generic_plan");
        List<(string Name, string Call)> prepared = [];
        foreach (var (name, text) in Statements())
        {
            var call = await PrepareAsync(connection, $"s{prepared.Count}", text, parameter => Value(name, parameter, service.ServiceId));
            await BlocksAsync(connection, call);
            prepared.Add((name, call));
        }

        await GrownTables.RunAsync(connection, $"insert into id_slot select '{service.ServiceId}', n, n from generate_series(1, 100) n");
        await GrownTables.FillAsync(connection, service.ServiceId, 1, FewRows);
        Dictionary<string, long> before = [];
        foreach (var (name, call) in prepared)
        {
            before.Add(name, await BlocksAsync(connection, call));
        }

        await GrownTables.FillAsync(connection, service.ServiceId, FewRows + 1, ManyRows);
        List<string> slower = [];
        foreach (var (name, call) in prepared)
        {
            var blocks = await BlocksAsync(connection, call);
            // Ten times as many rows make an index a level higher. A plan that reads all rows reads ten times as many blocks.
            if (blocks > (2 * before[name]) + 20)
            {
                slower.Add($"{name}: {before[name]} blocks, then {blocks}");
            }
        }

        Assert.True(slower.Count == 0, string.Join('\n', slower));
        Assert.Equal(["0"], await service.RowsAsync("select count(*) from pg_stats where tablename like '%_state'"));
    }

    private static IEnumerable<(string Name, string Text)> Statements() =>
        from folder in new[] { "Directory", "Oidc", "Saml", "Notifications", "PostgreSql" }
        from file in SqlText.Folder(folder)
        where PlanTests.IsStatement(file.Name, file.Text)
        // It reads all owners of the instance, who are few.
        where file.Name != "OrganizationsOfOwners"
        select ($"{folder}.{file.Name}", file.Text.Replace("{condition}", "true", StringComparison.Ordinal));

    /// <summary>Prepares a statement for every value of its parameters. Returns its call with the values of this test.</summary>
    private static async Task<string> PrepareAsync(NpgsqlConnection connection, string name, string text, Func<string, string> value)
    {
        List<string> values = [];
        Dictionary<string, string> numbers = [];
        var numbered = Parameter().Replace(text, match => Number(match.Value));
        await GrownTables.RunAsync(connection, $"prepare {name} as {numbered}");
        return values.Count == 0 ? $"execute {name}" : $"execute {name}({string.Join(", ", values.Select(one => $"'{one}'"))})";

        string Number(string parameter)
        {
            if (!numbers.TryGetValue(parameter, out var number))
            {
                values.Add(value(parameter));
                numbers[parameter] = number = $"${values.Count}";
            }

            return number;
        }
    }

    private static string Value(string statement, string parameter, string serviceId) =>
        parameter switch
        {
            "@service" or "$1" => serviceId,
            "@key" or "@session" or "$2" => "s-1",
            "@kind" => "k",
            "@user" => "u1",
            "@provider" => "p",
            "@external" or "@email" => "e1",
            "@name" => "name1",
            "@entity" => "sp",
            "@now" or "@before" => $"{2 * ManyRows}",
            "@limit" => $"{Limit}",
            "@organization" => "o1",
            "@project" => "p1",
            "@folded" or "@left" or "@keys" => "k",
            "@nothing" => ",",
            "@pattern" => "%k%",
            "@created" => "1",
            "@share" => "2",
            "@busy" => "[]",
            "@id" or "@taken" or "@attempts" or "@attempt" or "@state" or "@outcome" => "1",
            "@due" or "@until" or "@at" or "@length" => "1",
            ['$', ..] => "1",
            _ => throw new NotSupportedException($"Parameter {parameter} of {statement} needs a value here."),
        };

    private static async Task<long> BlocksAsync(NpgsqlConnection connection, string call)
    {
        await GrownTables.RunAsync(connection, "begin");
        await using var explain = new NpgsqlCommand($"{GrownTables.Explain} {call}", connection) { CommandTimeout = 0 };
        var plan = (string)(await explain.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        await GrownTables.RunAsync(connection, "rollback");
        return GrownTables.Blocks(plan);
    }

    [GeneratedRegex(@"@\w+|\$\d+")]
    private static partial Regex Parameter();
}
