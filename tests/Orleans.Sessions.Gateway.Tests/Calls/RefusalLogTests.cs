using Microsoft.Extensions.Logging;

namespace Orleans.Sessions.Gateway.Tests.Calls;

/// <summary>The log says which calls were refused, and nothing secret.</summary>
public sealed class RefusalLogTests
{
    [Fact]
    public async Task Each_refusal_is_a_line_with_error_method_and_caller()
    {
        using var log = new KeptLog();
        await using var server = await GatewayServer.StartAsync(
            _ => throw new SessionException(SessionErrors.SessionTokenDenied),
            builder => builder.Logging.AddProvider(log)
        );
        using var client = server.Http();
        using var stranger = server.Http(token: "secret-of-a-stranger");

        foreach (var path in new[] { "/v2/sessions/1?sessionToken=secret", "/v2/sessions/1?sessionToken=secret%2B" })
        {
            (await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken)).Dispose();
            (await stranger.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken)).Dispose();
        }

        var lines = log.Entries.Where(entry => entry.Text.Contains("refused with", StringComparison.Ordinal)).ToList();
        Assert.All(lines, line => Assert.Equal(LogLevel.Information, line.Level));
        Assert.Equal(4, lines.Count);
        Assert.Equal(
            2,
            lines.Count(line =>
                line.Text.StartsWith("zitadel.session.v2.SessionService.GetSession refused with QUERY-dsfr3", StringComparison.Ordinal)
            )
        );
        Assert.Equal(2, lines.Count(line => line.Text.Contains("refused with AUTH-7fs1e; caller unknown", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, line => line.Text.Contains("secret", StringComparison.Ordinal));
    }
}
