using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Orleans.Sessions.Faults.Checking;

namespace Orleans.Sessions.Faults.Load;

/// <summary>The requests that clients send, and what their answers say.</summary>
public sealed class Calls(string adminToken)
{
    public const string Password = "Correct-Horse-7";

    private const string WriterKey = "writer";
    private const string MarkPrefix = "mark-";
    private const string Mortal = "expires";
    private const string UserFactor = "user";
    private const string PasswordFactor = "password";

    private readonly AuthenticationHeaderValue _admin = Request.Bearer(adminToken);

    public Request NewUser(string name) => new(HttpMethod.Post, "/v2/users/human")
    {
        Authorization = _admin,
        IsByAdministrator = true,
        Json = new
        {
            username = name,
            profile = new { givenName = name, familyName = name },
            email = new { email = $"{name}@example.com", isVerified = true },
            password = new { password = Password },
        },
    };

    public Request Create(string tag, string user, bool withPassword, TimeSpan? lifetime) => new(HttpMethod.Post, "/v2/sessions")
    {
        Authorization = _admin,
        IsByAdministrator = true,
        IdempotencyKey = tag,
        Json = new Dictionary<string, object?>
        {
            ["checks"] = withPassword ? new { user = new { userId = user }, password = new { password = Password } } : new { user = new { userId = user } },
            ["metadata"] = Metadata(tag),
            ["lifetime"] = lifetime is { } time ? Seconds(time) : null,
        },
    };

    /// <summary>Makes a session of nobody, which nobody looks for.</summary>
    public Request CreateEmpty(TimeSpan lifetime) => new(HttpMethod.Post, "/v2/sessions")
    {
        Authorization = _admin,
        IsByAdministrator = true,
        Json = new { lifetime = Seconds(lifetime) },
    };

    public Request Update(KnownSession session, string tag, bool withPassword) => new(HttpMethod.Patch, session.Path)
    {
        Authorization = _admin,
        IsByAdministrator = true,
        IdempotencyKey = tag,
        Json = withPassword
            ? new { checks = new { password = new { password = Password } }, metadata = Metadata(tag) }
            : new { metadata = Metadata(tag) },
    };

    public Request End(KnownSession session) => new(HttpMethod.Delete, session.Path) { Authorization = _admin, IsByAdministrator = true };

    public Request Read(KnownSession session) => new(HttpMethod.Get, session.Path) { Authorization = _admin, IsByAdministrator = true };

    public Request ReadWithToken(KnownSession session, string token) =>
        Read(session) with { Path = $"{session.Path}?sessionToken={Uri.EscapeDataString(token)}" };

    public Request ReadAsBearer(KnownSession session, string token) => Read(session) with { Authorization = Request.Bearer(token), IsByAdministrator = false };

    public Request List(string user) => new(HttpMethod.Post, "/v2/sessions/search")
    {
        Authorization = _admin,
        IsByAdministrator = true,
        Json = new { query = new { limit = 1000 }, queries = new[] { new { userIdQuery = new { id = user } } } },
    };

    /// <summary>What a write leaves in its session.</summary>
    public static IReadOnlySet<string> Marks(string tag, bool isProved, bool isCreate = false, bool isMortal = false)
    {
        string?[] marks = [MarkPrefix + tag, isCreate ? UserFactor : null, isProved ? PasswordFactor : null, isMortal ? Mortal : null];
        return marks.OfType<string>().ToHashSet();
    }

    public static long Sequence(Answer answer) => long.Parse(answer.Text("details.sequence"), CultureInfo.InvariantCulture);

    /// <summary>A session in an answer.</summary>
    public static Seen Seen(JsonObject session)
    {
        var metadata = session["metadata"] as JsonObject ?? [];
        var marks = metadata.Select(entry => entry.Key).Where(key => key.StartsWith(MarkPrefix, StringComparison.Ordinal))
            .Concat((session["factors"] as JsonObject ?? []).Select(factor => factor.Key));
        var writer = metadata[WriterKey] is { } value ? Encoding.UTF8.GetString(Convert.FromBase64String(value.GetValue<string>())) : "";
        return new Seen(
            session["id"]!.GetValue<string>(),
            long.Parse(session["sequence"]!.GetValue<string>(), CultureInfo.InvariantCulture),
            writer,
            session.ContainsKey("expirationDate") ? [.. marks, Mortal] : marks.ToHashSet());
    }

    /// <summary>The sessions in a list.</summary>
    public static IEnumerable<Seen> Listed(Answer answer) =>
        (answer.Json["sessions"] as JsonArray ?? []).Select(session => Seen(session!.AsObject()));

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds}s");

    private static Dictionary<string, byte[]> Metadata(string tag) => new()
    {
        [WriterKey] = Encoding.UTF8.GetBytes(tag),
        [MarkPrefix + tag] = [1],
    };
}
