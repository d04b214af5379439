using System.Data.Common;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Storage;

/// <summary>The table <c>logout_delivery</c>. The transactions that end sessions fill it.</summary>
internal sealed class LogoutOutbox(Database database, IOptions<ClusterOptions> cluster) : ILogoutOutbox
{
    private static readonly string s_listText = SqlText.Of("Oidc.ListLogouts");
    private static readonly string s_settleText = SqlText.Of("Oidc.SettleLogout");
    private static readonly string s_releaseText = SqlText.Of("Oidc.ReleaseLogout");
    private static readonly string s_ofSessionText = SqlText.Of("Oidc.ClientsOfSession");
    private static readonly string s_dropText = SqlText.Of("Oidc.DropLogout");
    private readonly string _takeText = SqlText.Of($"{database.Dialect}.TakeLogouts");
    private readonly string _purgeLogoutsText = SqlText.Of($"{database.Dialect}.PurgeLogouts");
    private readonly string _purgeAuthorizationsText = SqlText.Of($"{database.Dialect}.PurgeAuthorizations");

    public async Task<IReadOnlyList<LogoutEntry>> TakeAsync(
        DateTimeOffset now,
        TimeSpan lease,
        LogoutShares shares,
        CancellationToken cancellationToken
    ) =>
        await Query()
            .With("now", Instant.ToMicroseconds(now))
            .With("until", Instant.ToMicroseconds(now + lease))
            .With("limit", shares.Total)
            .With("share", shares.OfEach)
            .With("busy", JsonSerializer.Serialize(shares.Busy))
            .ReadAsync(database, _takeText, Row, cancellationToken);

    public Task SettleAsync(LogoutEntry taken, LogoutState state, DateTimeOffset at, string outcome, CancellationToken cancellationToken) =>
        Of(taken)
            .With("state", (int)state)
            .With("at", Instant.ToMicroseconds(at))
            .With("outcome", outcome)
            .ExecuteAsync(database, s_settleText, cancellationToken);

    public Task ReleaseAsync(LogoutEntry taken, DateTimeOffset at, CancellationToken cancellationToken) =>
        Of(taken).With("at", Instant.ToMicroseconds(at)).ExecuteAsync(database, s_releaseText, cancellationToken);

    public Task DropAsync(LogoutEntry taken, CancellationToken cancellationToken) =>
        Of(taken).ExecuteAsync(database, s_dropText, cancellationToken);

    public async Task<IReadOnlyList<LoggedInClient>> OfSessionAsync(string sessionId, CancellationToken cancellationToken) =>
        await Query()
            .With("session", GrainKeys.Session(sessionId))
            .ReadAsync(
                database,
                s_ofSessionText,
                reader => new LoggedInClient(reader.GetString(0), reader.GetString(1)),
                cancellationToken
            );

    public async Task<IReadOnlyList<LogoutEntry>> ListAsync(LogoutQuery query, CancellationToken cancellationToken)
    {
        var sql = Query().With("limit", query.Limit);
        List<string> conditions = ["true"];
        if (query.SessionId is { } session)
        {
            conditions.Add($"session_id = {sql.Add(session)}");
        }

        if (query.ClientId is { } client)
        {
            conditions.Add($"client_id = {sql.Add(client)}");
        }

        if (query.State is { } state)
        {
            // The state is a literal, so that the planner knows that the partial index of failed entries fits.
            conditions.Add($"state = {(int)state}");
        }

        var text = s_listText.Replace("{condition}", string.Join(" and ", conditions), StringComparison.Ordinal);
        return await sql.ReadAsync(database, text, Row, cancellationToken);
    }

    public Task<int> PurgeAuthorizationsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        Query()
            .With("now", Instant.ToMicroseconds(now))
            .With("limit", limit)
            .ExecuteAsync(database, _purgeAuthorizationsText, cancellationToken);

    public Task<int> PurgeAsync(DateTimeOffset settledBefore, int limit, CancellationToken cancellationToken) =>
        Query()
            .With("before", Instant.ToMicroseconds(settledBefore))
            .With("limit", limit)
            .ExecuteAsync(database, _purgeLogoutsText, cancellationToken);

    private static LogoutEntry Row(DbDataReader reader) =>
        new()
        {
            Id = reader.GetInt64(0),
            SessionId = reader.GetString(1),
            UserId = reader.GetString(2),
            ClientId = reader.GetString(3),
            Issuer = reader.GetString(4),
            Reason = reader.GetString(5),
            EndedAt = Instant.FromMicroseconds(reader.GetInt64(6)),
            State = (LogoutState)reader.GetInt32(7),
            Attempts = reader.GetInt32(8),
            At = Instant.FromMicroseconds(reader.GetInt64(9)),
            Outcome = reader.IsDBNull(10) ? null : reader.GetString(10),
        };

    private SqlQuery Of(LogoutEntry taken) => Query().With("id", taken.Id).With("taken", Instant.ToMicroseconds(taken.At));

    private SqlQuery Query() => new SqlQuery().With("service", cluster.Value.ServiceId);
}
