using System.Reflection;
using Google.Protobuf.Reflection;
using Microsoft.Extensions.Logging;
using Orleans.Sessions.Gateway.Errors;

namespace Orleans.Sessions.Gateway.Tests.Errors;

/// <summary>A refusal tells programs, people and the log which field breaks which rule, and what was found there.</summary>
public sealed class BrokenFieldTests
{
    private const string Address = "http://shop.example/signin";

    private static readonly SessionError s_error = SessionErrors.ClientRedirectUrisInvalid;

    private static readonly string s_rule = s_error.Text[(s_error.Text.IndexOf(": ", StringComparison.Ordinal) + 2)..];

    [Fact]
    public async Task The_field_the_rule_and_the_value_are_the_same_everywhere_and_the_id_comes_first()
    {
        await using var server = await GatewayServer.StartAsync(Refuse);
        var text = $"{s_error.Text}: {Address}";
        var expected = new Seen(3, $"{text} (OIDC-Cli03)", "zitadel.v1.ErrorDetail", "OIDC-Cli03", text)
        {
            Fields = $"redirectUris[1]: {s_rule}: {Address}",
        };
        foreach (var outcome in await server.FailEverywhereAsync("1"))
        {
            Assert.Equal((outcome.Surface, expected), (outcome.Surface, outcome.Seen));
        }
    }

    [Fact]
    public async Task The_rule_is_in_the_language_of_the_caller()
    {
        await using var server = await GatewayServer.StartAsync(Refuse);
        using var client = server.Http();
        client.DefaultRequestHeaders.Add("Accept-Language", "de");
        using var response = await client.GetAsync(new Uri("/v2/sessions/1", UriKind.Relative), TestContext.Current.CancellationToken);
        var seen = Seen.InRest(
            System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!
        );

        var german = GermanTexts.All[s_error.Text];
        Assert.Equal($"{german}: {Address} (OIDC-Cli03)", seen.Message);
        Assert.Equal($"redirectUris[1]: {german[(german.IndexOf(": ", StringComparison.Ordinal) + 2)..]}: {Address}", seen.Fields);
    }

    [Fact]
    public async Task The_log_has_them_too_in_one_line()
    {
        using var log = new KeptLog();
        await using var server = await GatewayServer.StartAsync(
            _ => throw new SessionException(s_error) { Fault = new FieldFault("redirectUris[1]", "a\nb") },
            builder => builder.Logging.AddProvider(log)
        );
        foreach (var path in new[] { "/v2/sessions/1", "/v2/sessions/1?sessionToken=secret%2B" })
        {
            (await server.Http().GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken)).Dispose();
        }

        var lines = log.Entries.Where(entry => entry.Text.Contains("refused with", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, lines.Count);
        Assert.All(lines, line =>
        {
            Assert.Contains("refused with OIDC-Cli03; caller ", line.Text, StringComparison.Ordinal);
            Assert.Contains($$"""; redirectUris[1]: {{s_rule}}: a\u000ab""", line.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", line.Text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_field_that_an_error_names_is_one_of_the_contract()
    {
        var names = ContractServices
            .Described.SelectMany(method => new[] { method.Descriptor.InputType, method.Descriptor.OutputType })
            .SelectMany(message => NamesIn(message, []))
            .ToHashSet();
        var named = typeof(SessionErrors)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(row => row.GetValue(null))
            .OfType<SessionError>()
            .Select(error => BrokenFields.Of(error, error.Text, null))
            .OfType<Google.Rpc.BadRequest>()
            .SelectMany(fields => fields.FieldViolations)
            .SelectMany(field => field.Field.Split('.'))
            .ToHashSet();

        Assert.True(named.Count > 60, $"{named.Count} fields");
        Assert.Empty(named.Except(names));
    }

    [Fact]
    public void An_error_that_is_not_about_fields_has_none()
    {
        Assert.Null(BrokenFields.Of(SessionErrors.PasswordInvalid, SessionErrors.PasswordInvalid.Text, null));
        Assert.Null(BrokenFields.Of(SessionErrors.EmailTaken, SessionErrors.EmailTaken.Text, null));
        Assert.Null(BrokenFields.LineOf(new SessionException(SessionErrors.SessionNotFound)));
    }

    private static Task Refuse(string sessionId) =>
        throw new SessionException(s_error) { Fault = new FieldFault("redirectUris[1]", Address) };

    private static IEnumerable<string> NamesIn(MessageDescriptor message, HashSet<MessageDescriptor> seen) =>
        seen.Add(message)
            ? message
                .Fields.InDeclarationOrder()
                .SelectMany(field =>
                    field.FieldType == FieldType.Message ? NamesIn(field.MessageType, seen).Prepend(field.JsonName) : [field.JsonName]
                )
            : [];
}
