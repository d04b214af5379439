namespace Orleans.Sessions.Faults.Load;

/// <summary>What all clients share: the nodes, the calls, what they know, and what they write down.</summary>
public sealed record Clients(Nodes Nodes, Book Book, Journal Journal, Calls Calls, Logins Logins)
{
    private const int Users = 40;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Makes the people and the application that the load is about.</summary>
    public static async Task<Clients> SettleAsync(Nodes nodes, Journal journal, string adminToken)
    {
        var calls = new Calls(adminToken);
        List<string> users = [];
        for (var i = 0; i < Users; i++)
        {
            users.Add((await AskAsync(calls.NewUser($"person-{i}"))).Text("userId"));
        }

        var application = await AskAsync(Logins.Registration(calls));
        var logins = new Logins(calls, application.Text("client.clientId"), application.Text("clientSecret"));
        return new Clients(nodes, new Book { Users = users }, journal, calls, logins);

        async Task<Answer> AskAsync(Request request)
        {
            var answer = await nodes.AskUntilSettledAsync(0, request, s_patience);
            return answer.IsGood ? answer : throw new InvalidOperationException($"{request.Path}: {answer.Status} {answer.Body}");
        }
    }
}
