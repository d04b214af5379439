using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Google.Api;
using Google.Protobuf.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Sessions.Gateway.Calls;

namespace Orleans.Sessions.Gateway.Tests.Golden;

/// <summary>What clients see stays: services, methods, routes, and fields with their numbers.</summary>
public sealed class ApiTests : IAsyncLifetime
{
    private GatewayServer? _server;

    private GatewayServer Server => _server ?? throw new InvalidOperationException("The server has not started.");

    public async ValueTask InitializeAsync() => _server = await GatewayServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Fact]
    public void Methods_routes_and_message_fields_stay()
    {
        var methods = Server.App.Services.GetRequiredService<IReadOnlyList<UnaryMethod>>().Select(method => method.Descriptor).ToList();
        var messages = new SortedDictionary<string, MessageDescriptor>(StringComparer.Ordinal);
        var enums = new SortedDictionary<string, EnumDescriptor>(StringComparer.Ordinal);
        foreach (var method in methods)
        {
            Collect(method.InputType, messages, enums);
            Collect(method.OutputType, messages, enums);
        }

        var text = new StringBuilder();
        foreach (var method in methods.OrderBy(method => method.FullName, StringComparer.Ordinal))
        {
            var route = method.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is { } rule ? $" {Route(rule)}" : "";
            text.Append(
                CultureInfo.InvariantCulture,
                $"{method.FullName}({method.InputType.FullName}): {method.OutputType.FullName}{route}\n"
            );
        }

        foreach (var field in messages.Values.SelectMany(message => message.Fields.InFieldNumberOrder()))
        {
            var many =
                field.IsMap ? "map "
                : field.IsRepeated ? "repeated "
                : "";
            var type = field.FieldType switch
            {
                FieldType.Message => field.MessageType.FullName,
                FieldType.Enum => field.EnumType.FullName,
                _ => field.FieldType.ToString(),
            };
            text.Append(CultureInfo.InvariantCulture, $"{field.FullName} = {field.FieldNumber}: {many}{type}\n");
        }

        foreach (var value in enums.Values.SelectMany(one => one.Values))
        {
            text.Append(CultureInfo.InvariantCulture, $"{value.FullName} = {value.Number}\n");
        }

        GoldenFile.Compare("api.txt", text.ToString());
    }

    [Fact]
    public async Task The_description_of_the_api_stays()
    {
        using var http = Server.Http();
        var document = JsonNode.Parse(await http.GetStringAsync("/openapi/v2.json", TestContext.Current.CancellationToken))!;
        var lines = new List<string>();
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            foreach (var (verb, operation) in operations!.AsObject())
            {
                var parameters = (operation!["parameters"]?.AsArray() ?? []).Select(parameter => $"{parameter!["in"]} {parameter["name"]}");
                var answers = operation["responses"]!.AsObject().Select(answer => answer.Key);
                lines.Add($"{verb} {path} {operation["operationId"]} ({string.Join(", ", parameters)}): {string.Join(' ', answers)}");
            }
        }

        foreach (var (name, schema) in document["components"]!["schemas"]!.AsObject())
        {
            var properties = schema!["properties"]?.AsObject().Select(property => property.Key) ?? [];
            lines.Add($"{name} {{{string.Join(", ", properties)}}}");
        }

        GoldenFile.Compare("openapi.txt", string.Join('\n', lines.Order(StringComparer.Ordinal)) + "\n");
    }

    private static void Collect(
        MessageDescriptor message,
        IDictionary<string, MessageDescriptor> messages,
        IDictionary<string, EnumDescriptor> enums
    )
    {
        if (message.FullName.StartsWith("google.", StringComparison.Ordinal) || !messages.TryAdd(message.FullName, message))
        {
            return;
        }

        foreach (var field in message.Fields.InFieldNumberOrder())
        {
            if (field.FieldType == FieldType.Message)
            {
                Collect(field.MessageType, messages, enums);
            }
            else if (field.FieldType == FieldType.Enum)
            {
                enums.TryAdd(field.EnumType.FullName, field.EnumType);
            }
        }
    }

    private static string Route(HttpRule rule) =>
        rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => $"GET {rule.Get}",
            HttpRule.PatternOneofCase.Put => $"PUT {rule.Put}",
            HttpRule.PatternOneofCase.Post => $"POST {rule.Post}",
            HttpRule.PatternOneofCase.Delete => $"DELETE {rule.Delete}",
            HttpRule.PatternOneofCase.Patch => $"PATCH {rule.Patch}",
            _ => throw new NotSupportedException($"The contract has a route of kind {rule.PatternCase}."),
        };
}
