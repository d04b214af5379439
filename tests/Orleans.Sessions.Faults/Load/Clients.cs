namespace Orleans.Sessions.Faults.Load;

/// <summary>What all clients share: the nodes, the calls, their knowledge, and their journal.</summary>
public sealed record Clients(Nodes Nodes, Book Book, Journal Journal, Calls Calls, Logins Logins)
{
    private const int Users = 40;
    private const int MaxAttempts = 5;

    /// <summary>Creates the users and the application for the load.</summary>
    public static async Task<Clients> SettleAsync(Nodes nodes, Journal journal, string adminToken)
    {
        var calls = new Calls(adminToken);
        List<string> users = [];
        for (var i = 0; i < Users; i++)
        {
            users.Add((await AskAsync(attempt => calls.NewUser($"person-{i}-{attempt}"))).Text("userId"));
        }

        var application = await AskAsync(_ => Logins.Registration(calls));
        var logins = new Logins(calls, application.Text("client.clientId"), application.Text("clientSecret"));
        return new Clients(nodes, new Book { Users = users }, journal, calls, logins);

        // An attempt whose answer was late may have taken the name, so each attempt needs a new one.
        async Task<Answer> AskAsync(Func<int, Request> request)
        {
            for (var attempt = 1; ; attempt++)
            {
                var answer = await nodes.AskAsync(0, request(attempt));
                if (answer.IsGood || attempt == MaxAttempts)
                {
                    return answer.IsGood ? answer : throw new InvalidOperationException($"Setting up: {answer.Status} {answer.Body}");
                }
            }
        }
    }
}
