using System.Text.Json.Nodes;

namespace Orleans.Sessions.EndToEnd.Protocol;

/// <summary>Every operation answers its example with a status and a body that the description has.</summary>
public sealed class DescribedAnswerTests : OwnHosts
{
    /// <summary>Operations whose examples are about nothing that must exist.</summary>
    private static readonly string[] s_succeedAsTheyAre = ["CreateSession", "ListSessions", "ListUsers", "GetLoginSettings"];

    [Fact]
    public async Task Examples_are_answered_as_described()
    {
        var host = await StartAsync(HostSettings.Shared.With("Sessions__Limits__Enabled", "false"));
        var admin = Admin(host);
        var description = new ApiDescription((await admin.As(null).GetAsync("/openapi/v2.json")).Expect(200).Json!);
        var failures = new List<string>();
        var succeeded = new HashSet<string>();

        // Deletions come last, so that they end nothing that another example is about.
        foreach (var operation in description.Operations.OrderBy(operation => operation.Verb == "delete"))
        {
            var reply = await admin.SendAsync(
                new HttpMethod(operation.Verb.ToUpperInvariant()),
                operation.Target,
                (object?)operation.Body?["example"]
            );
            if (description.Answer(operation, reply.Status) is not { } schema)
            {
                failures.Add($"{operation.Id}: {reply.Status} {reply.Body}");
            }
            else if (description.Violation(schema, JsonNode.Parse(reply.Body)) is { } violation)
            {
                failures.Add($"{operation.Id}: {reply.Status} {violation}");
            }

            if (reply.Status is 200 or 201)
            {
                succeeded.Add(operation.Id);
            }
        }

        Assert.Empty(failures);
        Assert.Empty(s_succeedAsTheyAre.Except(succeeded));
    }
}
