using System.Reflection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Gateway.Tests.Errors;

/// <summary>The same failure has the same code, message, id and details on every surface.</summary>
public sealed class ErrorParityTests : IAsyncLifetime
{
    private const string Attempts = "attempts-";

    private GatewayServer? _server;

    public static TheoryData<string> Rows => [.. Fields.Select(row => row.Name)];

    private static IEnumerable<FieldInfo> Fields =>
        typeof(SessionErrors).GetFields(BindingFlags.Public | BindingFlags.Static).Where(row => row.FieldType == typeof(SessionError));

    private GatewayServer Server => _server ?? throw new InvalidOperationException("The server has not started.");

    public async ValueTask InitializeAsync() => _server = await GatewayServer.StartAsync(Fail);

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Theory, MemberData(nameof(Rows))]
    public async Task A_row_of_the_error_table_is_the_same_everywhere(string row)
    {
        var error = Row(row);
        var expected =
            row == nameof(SessionErrors.AuthorizationMissing)
                ? new Seen((int)error.Code, error.Text)
                : new Seen((int)error.Code, $"{error.Text} ({error.Id})", "zitadel.v1.ErrorDetail", error.Id, error.Text)
                {
                    Fields = FieldsOf(error),
                };

        foreach (var outcome in await Server.FailEverywhereAsync(row))
        {
            Assert.Equal((outcome.Surface, expected), (outcome.Surface, outcome.Seen));
            Assert.Contains(outcome.Status, new int?[] { null, StatusOf(error.Code) });
            Assert.Equal(error.Code == ErrorCode.Unavailable ? "1" : null, outcome.RetryAfter);
        }
    }

    [Theory, InlineData(1), InlineData(7)]
    public async Task Failed_attempts_are_told_everywhere(int attempts)
    {
        var error = SessionErrors.PasswordInvalid;
        var expected = new Seen(3, error.Message, "zitadel.v1.CredentialsCheckError", error.Id, error.Text, attempts);
        foreach (var outcome in await Server.FailEverywhereAsync($"{Attempts}{attempts}"))
        {
            Assert.Equal((outcome.Surface, expected), (outcome.Surface, outcome.Seen));
        }
    }

    [Fact]
    public async Task A_limit_says_everywhere_when_to_come_back()
    {
        foreach (var outcome in await Server.FailEverywhereAsync("busy"))
        {
            Assert.Equal((outcome.Surface, "3", 8), (outcome.Surface, outcome.RetryAfter, outcome.Seen.Code));
        }
    }

    [Fact]
    public async Task A_broken_rule_of_the_contract_is_told_in_the_same_words_everywhere()
    {
        var expected = new Seen(3, "invalid {0}Request.SessionId: value length must be between 1 and 200 runes, inclusive");
        foreach (var outcome in await Server.FailEverywhereAsync(new string('x', 201)))
        {
            var method = outcome.Surface == "REST" ? "DeleteSession" : "GetSession";
            Assert.Equal(
                (outcome.Surface, expected.Message.Replace("{0}", method, StringComparison.Ordinal)),
                (outcome.Surface, outcome.Seen.Message)
            );
            Assert.Equal((expected.Code, null), (outcome.Seen.Code, outcome.Seen.DetailType));
            Assert.Contains(outcome.Status, new int?[] { null, 400 });
        }
    }

    [Fact]
    [Asvs("16.5.1")]
    public async Task Who_is_not_known_learns_nothing_but_that_everywhere()
    {
        var error = SessionErrors.AuthorizationInvalid;
        foreach (var outcome in await Server.FailEverywhereAsync(new string('x', 201), token: "Bearer twice"))
        {
            Assert.Equal(new Seen(16, error.Message, "zitadel.v1.ErrorDetail", error.Id, error.Text), outcome.Seen);
        }
    }

    [Theory]
    [Asvs("16.5.1")]
    [InlineData("fault", nameof(SessionErrors.InternalFault))]
    [InlineData("storage", nameof(SessionErrors.StorageAway))]
    [InlineData("runtime", nameof(SessionErrors.ClusterAway))]
    public async Task What_went_wrong_inside_stays_inside(string kind, string row)
    {
        foreach (var outcome in await Server.FailEverywhereAsync(kind))
        {
            Assert.Equal((outcome.Surface, Row(row).Message), (outcome.Surface, outcome.Seen.Message));
            Assert.DoesNotContain("inner workings", outcome.Everything, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Asvs("16.3.4")]
    public async Task What_went_wrong_inside_is_in_the_log()
    {
        var log = new KeptLog();
        await using var server = await GatewayServer.StartAsync(Fail, builder => builder.Logging.AddProvider(log));
        var outcomes = await server.FailEverywhereAsync("fault");
        Assert.Equal(
            outcomes.Count,
            log.Entries.Count(entry => entry.Level == LogLevel.Error && entry.Text.Contains("inner workings", StringComparison.Ordinal))
        );
    }

    /// <summary>The fields before the first colon of a wrong value, each with the rule behind it.</summary>
    private static string? FieldsOf(SessionError error)
    {
        var parts = error.Text.Split(": ", 2);
        var names = parts[0].Split(", ");
        return
            error.Code == ErrorCode.InvalidArgument
            && parts.Length == 2
            && names.All(name => char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '.'))
            ? string.Join('\n', names.Select(name => $"{name}: {parts[1]}"))
            : null;
    }

    private static SessionError Row(string name) => (SessionError)Fields.Single(field => field.Name == name).GetValue(null)!;

    private static Task Fail(string sessionId) =>
        throw (
            sessionId switch
            {
                "fault" => new InvalidOperationException("inner workings"),
                "storage" => new StoreUnavailableException("inner workings", new IOException("inner workings")),
                "runtime" => new OrleansException("inner workings"),
                "busy" => new SessionException(SessionErrors.HashingBusy) { RetryAfter = TimeSpan.FromSeconds(2.1) },
                _ when sessionId.StartsWith(Attempts, StringComparison.Ordinal) => new SessionException(SessionErrors.PasswordInvalid)
                {
                    FailedAttempts = int.Parse(sessionId[Attempts.Length..], System.Globalization.CultureInfo.InvariantCulture),
                },
                _ => new SessionException(Row(sessionId)),
            }
        );

    /// <summary>contract §9.1, written a second time.</summary>
    private static int StatusOf(ErrorCode code) =>
        (int)code switch
        {
            3 or 9 => 400,
            16 => 401,
            7 => 403,
            5 => 404,
            6 => 409,
            8 => 429,
            13 => 500,
            12 => 501,
            14 => 503,
            4 => 504,
            _ => throw new ArgumentOutOfRangeException(nameof(code)),
        };
}
