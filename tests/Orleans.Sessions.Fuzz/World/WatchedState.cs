using System.Text.Json.Nodes;

namespace Orleans.Sessions.Fuzz.World;

/// <summary>The watched state, as one text for each object.</summary>
/// <param name="Protected">The state that no fuzzed caller may change at all.</param>
/// <param name="Common">The state that some callers may change, and the number of all objects.</param>
public sealed record WatchedState(IReadOnlyDictionary<string, string> Protected, IReadOnlyDictionary<string, string> Common)
{
    /// <summary>The difference between two states of the same kind; <c>null</c> if there is no difference.</summary>
    public static string? Difference(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        var changes = before
            .Keys.Union(after.Keys)
            .Where(name => before.GetValueOrDefault(name) != after.GetValueOrDefault(name))
            .Select(name => $"{name}: {before.GetValueOrDefault(name) ?? "nothing"} -> {after.GetValueOrDefault(name) ?? "nothing"}")
            .ToList();
        return changes.Count == 0 ? null : string.Join("\n", changes);
    }
}

/// <summary>The ids of watched objects of one kind.</summary>
/// <param name="Protected">Objects that no fuzzed caller may change.</param>
/// <param name="Common">Objects that some callers may change.</param>
public sealed record WatchedIds(IReadOnlyList<string> Protected, IReadOnlyList<string> Common)
{
    public IEnumerable<string> All => Protected.Concat(Common);
}

/// <summary>Reads the watched state through the service's own API, with the token of a caller who is not fuzzed.</summary>
public sealed class Watcher(
    Service service,
    WatchedIds users,
    WatchedIds sessions,
    IReadOnlyList<string> clients,
    IReadOnlyList<string> serviceProviders,
    IReadOnlyList<string> providers
)
{
    /// <summary>The present state, as far as it can be read after every request.</summary>
    public async Task<WatchedState> ReadAsync()
    {
        Task<JsonObject>[] reads =
        [
            service.PostAsync("/v2/users", new { queries = new[] { new { inUserIdsQuery = new { userIds = users.All } } } }),
            service.PostAsync("/v2/sessions/search", new { queries = new[] { new { idsQuery = new { ids = sessions.All } } } }),
            service.GetAsync("/v2/oidc/clients"),
            service.GetAsync("/v2/saml/service_providers"),
            service.GetAsync("/v2/settings/login/idps"),
            service.PostAsync("/v2/users", new { query = new { limit = 1 } }),
            service.PostAsync("/v2/sessions/search", new { query = new { limit = 1 } }),
            service.PostAsync("/v2/organizations/_search", new { query = new { limit = 1 } }),
        ];
        var answers = await Task.WhenAll(reads);
        var (safe, common) = (new Dictionary<string, string>(), new Dictionary<string, string>());
        Take(answers[0]["result"], "user", "userId", users.Protected, safe, common, users.Common);
        Take(answers[1]["sessions"], "session", "id", sessions.Protected, safe, common, sessions.Common);
        Take(answers[2]["clients"], "client", "clientId", clients, safe, common);
        Take(answers[3]["serviceProviders"], "service provider", "id", serviceProviders, safe, common);
        Take(answers[4]["identityProviders"], "provider", "id", providers, safe, common);
        foreach (var (name, answer) in new[] { ("users", answers[5]), ("sessions", answers[6]), ("organizations", answers[7]) })
        {
            common[$"total of {name}"] = answer["details"]?["totalResult"]?.ToJsonString() ?? "0";
        }

        return new WatchedState(safe, common);
    }

    /// <summary>Further state of protected users, which takes too long to read after every request.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadDeepAsync()
    {
        var all = new Dictionary<string, string>();
        foreach (var id in users.Protected)
        {
            (string Name, Task<JsonObject> Read)[] reads =
            [
                ("metadata", service.PostAsync($"/v2/users/{id}/metadata/search", new { })),
                ("factors", service.PostAsync($"/v2/users/{id}/authentication_factors/_search", new { })),
                ("methods", service.GetAsync($"/v2/users/{id}/authentication_methods")),
                ("links", service.PostAsync($"/v2/users/{id}/links/_search", new { })),
                ("passkeys", service.PostAsync($"/v2/users/{id}/passkeys/_search", new { })),
                ("tokens", service.PostAsync("/v2/users/pats/search", new { filters = new[] { new { userIdFilter = new { id } } } })),
                ("keys", service.PostAsync("/v2/users/keys/search", new { filters = new[] { new { userIdFilter = new { id } } } })),
            ];
            foreach (var (name, read) in reads)
            {
                var answer = await read;
                (answer["details"] as JsonObject)?.Remove("timestamp");
                all[$"{name} of user {id}"] = answer.ToJsonString();
            }
        }

        return all;
    }

    /// <summary>
    /// Sorts the entries of a list into protected and common ones. Without <paramref name="commonIds"/> all others are common.
    /// </summary>
    private static void Take(
        JsonNode? list,
        string what,
        string idName,
        IReadOnlyList<string> protectedIds,
        Dictionary<string, string> safe,
        Dictionary<string, string> common,
        IReadOnlyList<string>? commonIds = null
    )
    {
        foreach (var entry in (list as JsonArray ?? []).OfType<JsonObject>())
        {
            var id = entry[idName]!.GetValue<string>();
            if (protectedIds.Contains(id))
            {
                safe[$"{what} {id}"] = entry.ToJsonString();
            }
            else if (entry["expirationDate"] is null && entry["idleTimeout"] is null && commonIds?.Contains(id) != false)
            {
                // Objects that end by themselves may have ended.
                common[$"{what} {id}"] = entry.ToJsonString();
            }
        }
    }
}
