using System.Text;
using System.Text.RegularExpressions;
using Npgsql;
using Orleans.Sessions.Projects;
using Orleans.Sessions.States;
using Orleans.Sessions.Testing;

namespace Orleans.Sessions.Storage.Tests;

/// <summary>
/// PostgreSQL finds rows by the right index even if it knows nothing about the data. A new or restored database has no statistics, and a
/// statement that was prepared while its table was empty keeps its plan while the table grows. So the plans are those of an empty database.
/// </summary>
public sealed partial class PlanTests(PostgreSqlStore store)
{
    private const string File = "plans.txt";
    private static readonly DateTimeOffset s_now = DateTimeOffset.UnixEpoch;

    [Fact]
    public async Task Every_statement_has_an_index_without_statistics()
    {
        await using var service = new TestService(await store.CreateAsync());
        await service.Migrator.MigrateAsync(default);
        var plans = new StringBuilder();
        foreach (var (name, text) in Statements().OrderBy(statement => statement.Name, StringComparer.Ordinal))
        {
            plans.Append(name).Append(": ").AppendLine(await IndexesAsync(service, text));
        }

        Assert.DoesNotContain("Seq Scan", plans.ToString(), StringComparison.Ordinal);
        GoldenFile.Compare(File, plans.ToString());
    }

    private static IEnumerable<(string Name, string Text)> Statements()
    {
        foreach (var (table, columns) in Tables())
        {
            yield return ($"{table.Name}: read", table.ReadText);
            yield return ($"{table.Name}: versions", table.VersionsText.Replace("$2", "$2::text[]", StringComparison.Ordinal));
            yield return ($"{table.Name}: replace", ((RunChecked)table.Write("s", "k", 1, default, columns)).Statement.Text);
        }

        foreach (var effect in Effects())
        {
            foreach (var (i, text) in EffectSteps.Of(effect, "s", "k").Select(TextOf).OfType<string>().Index())
            {
                yield return ($"{effect.GetType().Name} {i + 1}", text);
            }
        }

        foreach (var folder in new[] { "Directory", "Oidc", "Saml", "Notifications", "PostgreSql" })
        {
            foreach (var (name, text) in SqlText.Folder(folder).Where(file => IsStatement(file.Name, file.Text)))
            {
                yield return ($"{folder}.{name}", text.Replace("{condition}", "true", StringComparison.Ordinal));
            }
        }
    }

    private static string? TextOf(WriteStep step) =>
        step switch
        {
            RunStatement run => run.Text,
            RunChecked run => run.Statement.Text,
            _ => null,
        };

    /// <summary>Searches are planned anew each time. The membership is Orleans' matter.</summary>
    internal static bool IsStatement(string name, string text) =>
        !text.Contains("{direction}", StringComparison.Ordinal)
        && !name.StartsWith("Matching", StringComparison.Ordinal)
        && !name.StartsWith("Search", StringComparison.Ordinal)
        && !name.Contains('.', StringComparison.Ordinal)
        && name is not ("Bookkeeping" or "RenewLease" or "EndLease");

    private static IEnumerable<(StateTable Table, StateColumns? Columns)> Tables() =>
        [
            (StateTables.Session, new SessionColumns()),
            (StateTables.User, new UserColumns { UserId = "u" }),
            (StateTables.Intent, new IntentColumns(s_now)),
            (StateTables.Authorization, new AuthorizationColumns(null, null, "c", s_now)),
            (StateTables.SamlRequest, new SamlRequestColumns(s_now)),
            (StateTables.SamlLogout, new SamlLogoutColumns(s_now)),
            (StateTables.SamlArtifact, new SamlArtifactColumns(s_now)),
            (StateTables.Of("thing"), null),
        ];

    private static IEnumerable<StateEffect> Effects() =>
        [
            new LoginsEnded("s", "r", s_now, s_now),
            new ClientLoggedIn("s", "c", "i", "u"),
            new ServiceProviderLoggedIn("s", "e", "n", "i", s_now),
            new MessageQueued("k", "i", "c", null, null, null, s_now, s_now),
            new MessagesDropped(),
            new IdentityUnlinked("p", "e"),
            new OwnerGained(),
            new OwnerLost(),
            new EmailClaimed("e"),
            new RolesAssigned(
                new RoleAssignment
                {
                    Id = "a",
                    ProjectId = "p",
                    ProjectCreatedAt = s_now,
                    OrganizationId = "o",
                }
            ),
            new RolesUnassigned("a"),
            new AllRolesUnassigned(),
        ];

    private static async Task<string> IndexesAsync(TestService service, string text)
    {
        var parameters = new List<string>();
        var numbered = Named().Replace(text, match => $"${Number(match.Value)}");
        await using var connection = (NpgsqlConnection)
            await service.Database.Sessions.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync(connection, "set plan_cache_mode = force_generic_plan");
        await ExecuteAsync(connection, $"prepare one as {numbered}");
        var count =
            parameters.Count > 0
                ? parameters.Count
                : Positional().Matches(text).Select(match => int.Parse(match.Value[1..])).DefaultIfEmpty().Max();
        var nulls = count == 0 ? "" : $"({string.Join(", ", Enumerable.Repeat("null", count))})";
        await using var explain = new NpgsqlCommand($"explain (costs off) execute one{nulls}", connection);
        List<string> found = [];
        await using (var reader = await explain.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                found.AddRange(Scan().Matches(reader.GetString(0)).Select(match => match.Value));
            }
        }

        await ExecuteAsync(connection, "deallocate one");
        await ExecuteAsync(connection, "reset plan_cache_mode");
        return string.Join(", ", found.Distinct());

        int Number(string name)
        {
            if (!parameters.Contains(name))
            {
                parameters.Add(name);
            }

            return parameters.IndexOf(name) + 1;
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string text)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Named();

    [GeneratedRegex(@"\$\d+")]
    private static partial Regex Positional();

    [GeneratedRegex(@"(?<=Index (Only )?Scan (Backward )?using )\w+|(?<=Bitmap Index Scan on )\w+|Seq Scan on \w+")]
    private static partial Regex Scan();
}
