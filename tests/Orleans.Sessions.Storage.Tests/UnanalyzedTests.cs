using System.Text.Json;
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
        await using var service = await NewServiceAsync();
        await using var connection = (NpgsqlConnection)
            await service.Database.Sessions.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await RunAsync(connection, "set plan_cache_mode = force_generic_plan");
        List<(string Name, string Call)> prepared = [];
        foreach (var (name, text) in Statements())
        {
            var call = await PrepareAsync(connection, $"s{prepared.Count}", text, parameter => Value(name, parameter, service.ServiceId));
            await BlocksAsync(connection, call);
            prepared.Add((name, call));
        }

        await RunAsync(connection, $"insert into id_slot select '{service.ServiceId}', n, n from generate_series(1, 100) n");
        await FillAsync(connection, service.ServiceId, 1, FewRows);
        Dictionary<string, long> before = [];
        foreach (var (name, call) in prepared)
        {
            before.Add(name, await BlocksAsync(connection, call));
        }

        await FillAsync(connection, service.ServiceId, FewRows + 1, ManyRows);
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

    private async Task<TestService> NewServiceAsync()
    {
        var service = new TestService(await store.CreateAsync());
        await service.Migrator.MigrateAsync(TestContext.Current.CancellationToken);
        await service.RowsAsync(
            """
            do $$
            declare t text;
            begin
              for t in select tablename from pg_tables where schemaname = current_schema() loop
                execute format('alter table %I set (autovacuum_enabled = off)', t);
              end loop;
            end $$
            """
        );
        return service;
    }

    /// <summary>
    /// One in three sessions has ended, and one in three has expired. One login frontend has created them all; a user has a few, and an
    /// organization many.
    /// </summary>
    private static async Task FillAsync(NpgsqlConnection connection, string serviceId, int first, int last)
    {
        string[] inserts =
        [
            """
                session_state select @service, 's-' || n, 1, payload, 'u' || n % 3000, 'o' || n % 30, 'login', 'f' || n % 3000, n,
                  n + 1000000, case n % 3 when 0 then n end, case n % 3 when 1 then n end, 1
                """,
            """
                user_state select @service, 'u-u' || n, 1, payload, 'u' || n, 1, 1, 'o' || n % 30, 'name' || n, 'name' || n, 'name' || n,
                  'name' || n, 'n', 'n', 'n', 'n', 'n', 'n', 'n', 'n', 'e' || n, 'e' || n, 'e' || n, '+' || n, n, n, 1, null, n < 4
                """,
            "intent_state select @service, 'i-' || n, 1, payload, n",
            "authorization_state select @service, 'a-' || n, 1, payload, 's-' || n, 'u' || n % 3000, 'c' || n % 10, n",
            "saml_request_state select @service, 'r-' || n, 1, payload, n, n",
            "saml_logout_state select @service, 'l-' || n, 1, payload, n",
            "user_identity select @service, 'p', 'e' || n, 'u' || n",
            "client_login select @service, 's-' || n, 'c', 'issuer', 'u' || n",
            "saml_login select @service, 's-' || n, 'sp', 'name' || n, 'i', 'r-' || n, n, case n % 3 when 0 then n end",
            """
                logout_delivery (service_id, session_id, user_id, client_id, issuer, reason, ended_at, state, due_at)
                  select @service, n, 'u', 'c' || n % 10, 'issuer', 'reason', n, 1 + n % 3, n
                """,
            "used_once select @service, 'k' || n, 'attempt', n",
            "notification select @service, 's-' || n, 'k', n, repeat('c', 200), 'session.sent', n, 'u', n, n, 0",
            "session_event (service_id, session_id, type, at) select @service, n, 'type', n",
            """
                audit_event (service_id, at, kind, outcome, actor_kind, actor_id, target_kind, target_id, count)
                  select @service, n, 'kind', 1, 1, 'u' || n % 3000, 'user', 'u' || n % 3000, 1
                """,
        ];
        foreach (var insert in inserts)
        {
            var rows = $"generate_series({first}, {last}) n, convert_to(repeat('x', 200), 'UTF8') payload";
            await RunAsync(connection, $"insert into {insert} from {rows}".Replace("@service", $"'{serviceId}'", StringComparison.Ordinal));
        }
    }

    /// <summary>Prepares a statement for every value of its parameters. Returns its call with the values of this test.</summary>
    private static async Task<string> PrepareAsync(NpgsqlConnection connection, string name, string text, Func<string, string> value)
    {
        List<string> values = [];
        Dictionary<string, string> numbers = [];
        var numbered = Parameter().Replace(text, match => Number(match.Value));
        await RunAsync(connection, $"prepare {name} as {numbered}");
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
            "@folded" => "k",
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
        await RunAsync(connection, "begin");
        await using var explain = new NpgsqlCommand($"explain (analyze, buffers, format json) {call}", connection) { CommandTimeout = 0 };
        var plan = (string)(await explain.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        await RunAsync(connection, "rollback");
        return Blocks(plan);
    }

    private static long Blocks(string plan)
    {
        using var parsed = JsonDocument.Parse(plan);
        var root = parsed.RootElement[0].GetProperty("Plan");
        return root.GetProperty("Shared Hit Blocks").GetInt64() + root.GetProperty("Shared Read Blocks").GetInt64();
    }

    private static async Task RunAsync(NpgsqlConnection connection, string text)
    {
        await using var command = new NpgsqlCommand(text, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"@\w+|\$\d+")]
    private static partial Regex Parameter();
}
