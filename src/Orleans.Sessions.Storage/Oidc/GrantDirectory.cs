using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Storage;

/// <summary>
/// Finds the authorizations that applications hold for users, in the table <c>authorization_state</c>.
/// </summary>
internal sealed class GrantDirectory(Database database, IOptions<ClusterOptions> cluster) : IGrantDirectory
{
    internal static readonly string FindText = SqlText.Of("Oidc.FindGrants");

    public async Task<IReadOnlyList<UserGrantPosition>> FindAsync(
        string userId,
        UserGrantQuery query,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var sql = new SqlQuery()
            .With("service", cluster.Value.ServiceId)
            .With("user", userId)
            .With("now", Instant.ToMicroseconds(now))
            .With("limit", query.Limit);
        return await sql.ReadAsync(
            database,
            FindText.Replace("{condition}", Condition(query, sql), StringComparison.Ordinal),
            row => new UserGrantPosition(row.GetString(0), GrainKeys.Id(row.GetString(1))),
            cancellationToken
        );
    }

    internal static string Condition(UserGrantQuery query, SqlQuery sql)
    {
        List<string> conditions = ["true"];
        if (query.ClientId is { } client)
        {
            conditions.Add($"a.client_id = {sql.Add(client)}");
        }

        if (query.After is { } after)
        {
            conditions.Add($"(a.client_id, a.grain_key) > ({sql.Add(after.ClientId)}, {sql.Add(GrainKeys.Authorization(after.GrantId))})");
        }

        return string.Join(" and ", conditions);
    }
}
