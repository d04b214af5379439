using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>An answer of the service. Paths join the names of members with dots, and name items by number: <c>details.0.id</c>.</summary>
public sealed class Reply
{
    private readonly string _request;
    private readonly string _body;
    private readonly HostProcess _host;
    private readonly Dictionary<string, string> _headers;

    private Reply(string request, int status, string body, Dictionary<string, string> headers, HostProcess host)
    {
        (_request, Status, _body, _headers, _host) = (request, status, body, headers, host);
        Json = Parse(body);
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>The body, if it is a JSON object.</summary>
    public JsonObject? Json { get; }

    /// <summary>The body as text.</summary>
    public string Body => _body;

    /// <summary>A member of the body; <c>null</c> if it is absent.</summary>
    public JsonNode? this[string path] =>
        path.Split('.')
            .Aggregate((JsonNode?)Json, (node, name) => node switch
                {
                    JsonArray array when int.TryParse(name, CultureInfo.InvariantCulture, out var index) => index < array.Count
                        ? array[index]
                        : null,
                    JsonObject item => item[name],
                    _ => null,
                });

    public static async Task<Reply> ReadAsync(HttpResponseMessage response, string request, HostProcess host) =>
        new(
            request,
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response
                .Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase),
            host
        );

    /// <summary>A response header; <c>null</c> if it is absent.</summary>
    public string? Header(string name) => _headers.GetValueOrDefault(name);

    /// <summary>Whether the body has this member.</summary>
    public bool Has(string path) => this[path] is not null;

    /// <summary>A text member. It must be present and a text.</summary>
    public string Text(string path) =>
        this[path] is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : throw Failure($"a text at {path}");

    /// <summary>A 64-bit number. The API's JSON carries it as a text, that of OAuth as a number.</summary>
    public long Number(string path) =>
        this[path] is JsonValue value && value.GetValueKind() == JsonValueKind.Number
            ? value.GetValue<long>()
            : long.Parse(Text(path), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>A point in time.</summary>
    public DateTimeOffset Date(string path) => DateTimeOffset.Parse(Text(path), CultureInfo.InvariantCulture);

    /// <summary>The items of a list; empty if the list is absent.</summary>
    public IReadOnlyList<JsonNode> Items(string path) =>
        this[path] is null ? [] : [.. (this[path] as JsonArray ?? throw Failure($"a list at {path}")).Select(item => item!)];

    /// <summary>One text member of each item of a list.</summary>
    public IReadOnlyList<string> Texts(string path, string member) =>
        [.. Items(path).Select(item => item[member]?.GetValue<string>() ?? throw Failure($"{member} in each of {path}"))];

    /// <summary>Fails the test unless the answer has this status.</summary>
    public Reply Expect(int status)
    {
        Assert.True(Status == status, Explain($"status {status}"));
        return this;
    }

    /// <summary>Fails the test unless the answer is this error, in the envelope of contract §9.2.</summary>
    public Reply Expect(Failure failure)
    {
        Assert.True(Status == failure.Status, Explain($"{failure}"));
        Assert.True(this["code"]?.GetValue<int>() == failure.Code, Explain($"code {failure.Code}"));
        Assert.True(Text("message") == failure.Message, Explain($"the message '{failure.Message}'"));
        if (!failure.HasDetail)
        {
            Assert.True(!Has("details"), Explain("no details"));
            return this;
        }

        Assert.True(
            Items("details").Skip(1).All(detail => detail["@type"]?.GetValue<string>() == "type.googleapis.com/google.rpc.BadRequest"),
            Explain("one detail, and perhaps the fields that break a rule")
        );
        Assert.True(Text("details.0.@type") == failure.DetailType, Explain($"a detail of type {failure.DetailType}"));
        Assert.True((this["details.0.id"]?.GetValue<string>() ?? "") == failure.Id, Explain($"the id {failure.Id} in the detail"));
        Assert.True(Text("details.0.message") == failure.Text, Explain($"the text '{failure.Text}' in the detail"));
        return this;
    }

    /// <summary>Fails the test unless the request was refused as the client's fault, in the envelope.</summary>
    public Reply ExpectRefusal()
    {
        Assert.True(Status is >= 400 and < 500, Explain("a status from 400 to 499"));
        Assert.True(this["code"]?.GetValueKind() == JsonValueKind.Number && Text("message").Length > 0, Explain("code and message"));
        return this;
    }

    /// <summary>Describes the request, the expectation and the answer; for faults of the service also what the service printed.</summary>
    public string Explain(string expected)
    {
        var explanation = $"{_request}: expected {expected}, got {Status} {(_body.Length > 2000 ? _body[..2000] + "…" : _body)}";
        var output = _host.Output;
        return Status < 500 ? explanation : $"{explanation}\nThe host printed:\n{output[Math.Max(0, output.Length - 8000)..]}";
    }

    private static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Xunit.Sdk.XunitException Failure(string expected) => new(Explain(expected));
}
