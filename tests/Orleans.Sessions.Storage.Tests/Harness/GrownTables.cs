using System.Text.Json;
using Npgsql;

namespace Orleans.Sessions.Storage.Tests.Harness;

/// <summary>Large tables of PostgreSQL without statistics, and the number of blocks that a statement reads of them.</summary>
internal static class GrownTables
{
    /// <summary>Before a statement, it gives what <see cref="Blocks"/> reads.</summary>
    public const string Explain = "explain (analyze, buffers, format json)";

    /// <summary>A service in a database of its own, whose tables nothing will vacuum or analyze.</summary>
    public static async Task<TestService> NewServiceAsync(PostgreSqlStore store)
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
    /// Adds the rows with these numbers to all tables. One in three sessions has ended, and one in three has expired. One login frontend
    /// has created them all; a user has a few, and an organization many. The payloads have the numbers as ids.
    /// </summary>
    public static async Task FillAsync(NpgsqlConnection connection, string serviceId, int first, int last)
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
            "saml_artifact_state select @service, 'r-' || n, 1, payload, n",
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
            const string Payload = """convert_to('{"id":"' || n || '"}' || repeat(' ', 200), 'UTF8') payload""";
            var rows = $"generate_series({first}, {last}) n, {Payload}";
            await RunAsync(connection, $"insert into {insert} from {rows}".Replace("@service", $"'{serviceId}'", StringComparison.Ordinal));
        }
    }

    /// <summary>The number of blocks that an explained statement has read, from memory or from disk.</summary>
    public static long Blocks(string plan)
    {
        using var parsed = JsonDocument.Parse(plan);
        var root = parsed.RootElement[0].GetProperty("Plan");
        return root.GetProperty("Shared Hit Blocks").GetInt64() + root.GetProperty("Shared Read Blocks").GetInt64();
    }

    public static async Task RunAsync(NpgsqlConnection connection, string text)
    {
        await using var command = new NpgsqlCommand(text, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
