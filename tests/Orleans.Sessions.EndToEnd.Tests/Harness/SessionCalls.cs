namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>A session as its creator or its last updater knows it.</summary>
public sealed record OpenSession(string Id, string Token, long Sequence)
{
    public string Path => $"/v2/sessions/{Id}";

    /// <summary>The session after an update that changed it.</summary>
    public OpenSession After(Reply update) =>
        this with
        {
            Token = update.Expect(200).Text("sessionToken"),
            Sequence = update.Number("details.sequence"),
        };
}

/// <summary>The calls of the session service.</summary>
public static class SessionCalls
{
    public const string Path = "/v2/sessions";

    public static Task<Reply> CreateSessionAsync(this Api api, object body) => api.PostAsync(Path, body);

    /// <summary>Creates a session, which must succeed.</summary>
    public static async Task<OpenSession> OpenAsync(this Api api, object? body = null)
    {
        var reply = (await api.CreateSessionAsync(body ?? new { })).Expect(201);
        return new OpenSession(reply.Text("sessionId"), reply.Text("sessionToken"), reply.Number("details.sequence"));
    }

    /// <summary>Creates a session of a user who has proved the password.</summary>
    public static Task<OpenSession> OpenAsync(this Api api, Human human) => api.OpenAsync(new { checks = human.WithPassword });

    public static Task<Reply> SetAsync(this Api api, OpenSession session, object body) => api.PatchAsync(session.Path, body);

    /// <summary>Reads a session. If a token is given, the token decides who may read it.</summary>
    public static Task<Reply> ReadAsync(this Api api, OpenSession session, string? token = null) =>
        api.GetAsync(token is null ? session.Path : $"{session.Path}?sessionToken={Uri.EscapeDataString(token)}");

    public static Task<Reply> EndAsync(this Api api, OpenSession session, string? token = null) =>
        api.DeleteAsync(session.Path, token is null ? null : new { sessionToken = token });

    /// <summary>Searches for sessions that match all of these queries.</summary>
    public static Task<Reply> SearchAsync(this Api api, params object[] queries) => api.PostAsync($"{Path}/search", new { queries });

    /// <summary>The ids that a search finds. The search must succeed.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(this Api api, params object[] queries) =>
        (await api.SearchAsync(queries)).Expect(200).Texts("sessions", "id");

    /// <summary>The query for the sessions of one user.</summary>
    public static object OfUser(string id) => new { userIdQuery = new { id } };

    /// <summary>The query for the sessions of one browser.</summary>
    public static object OfBrowser(string fingerprintId) => new { userAgentQuery = new { fingerprintId } };

    /// <summary>Metadata; each value is the UTF-8 bytes of its text.</summary>
    public static Dictionary<string, byte[]> Metadata(params (string Key, string Value)[] entries) =>
        entries.ToDictionary(entry => entry.Key, entry => System.Text.Encoding.UTF8.GetBytes(entry.Value));

    /// <summary>The metadata of a session in an answer, as texts.</summary>
    public static Dictionary<string, string> MetadataOf(Reply read) =>
        read["session.metadata"] is { } metadata
            ? metadata
                .AsObject()
                .ToDictionary(
                    entry => entry.Key,
                    entry => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(entry.Value!.GetValue<string>()))
                )
            : [];
}
