using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Orleans.Sessions.Faults.Checking;

namespace Orleans.Sessions.Faults.Load;

/// <summary>The calls of the session service. An administrator makes them unless noted otherwise.</summary>
public sealed class Calls(string adminToken)
{
    private const string Password = "Correct-Horse-7";
    private const string Sessions = "/v2/sessions";
    private const string WriterKey = "writer";
    private const string MarkPrefix = "mark-";
    private const string Mortal = "expires";
    private const string UserFactor = "user";
    private const string PasswordFactor = "password";

    private readonly AuthenticationHeaderValue _admin = Request.Bearer(adminToken);

    public Request Post(string path, object body) => Of(HttpMethod.Post, path) with { Json = body };

    public Request NewUser(string name) =>
        Post(
            "/v2/users/human",
            new
            {
                username = name,
                profile = new { givenName = name, familyName = name },
                email = new { email = $"{name}@example.com", isVerified = true },
                password = new { password = Password },
            }
        );

    /// <summary>Creates a session without a user. No search looks for it.</summary>
    public Request CreateEmpty(TimeSpan lifetime) => Post(Sessions, new { lifetime = Seconds(lifetime) });

    public Question Create(string tag, string user, bool withPassword, TimeSpan? lifetime)
    {
        object checks = withPassword
            ? new { user = new { userId = user }, password = new { password = Password } }
            : new { user = new { userId = user } };
        var body = new
        {
            checks,
            metadata = Metadata(tag),
            lifetime = lifetime is { } time ? Seconds(time) : null,
        };
        return new Question(
            Post(Sessions, body) with
            {
                IdempotencyKey = tag,
            },
            new Operation
            {
                Act = Act.Create,
                User = user,
                Tag = tag,
                Lifetime = lifetime,
                Marks = Marks(tag, UserFactor, withPassword ? PasswordFactor : null, lifetime is null ? null : Mortal),
            }
        );
    }

    public Question Update(KnownSession session, string tag, bool withPassword, long? expectedSequence)
    {
        object body = withPassword
            ? new { checks = new { password = new { password = Password } }, metadata = Metadata(tag) }
            : new { metadata = Metadata(tag) };
        var request = Of(HttpMethod.Patch, session.Path) with { Json = body, IdempotencyKey = tag, ExpectedSequence = expectedSequence };
        return new Question(request, Of(Act.Update, session) with { Tag = tag, Marks = Marks(tag, withPassword ? PasswordFactor : null) });
    }

    public Question End(KnownSession session) => new(Of(HttpMethod.Delete, session.Path), Of(Act.End, session));

    public Question Read(KnownSession session) =>
        new(Of(HttpMethod.Get, session.Path), Of(Act.Read, session))
        {
            Shows = answer => [Seen(answer.Json["session"]!.AsObject())],
            Means = answer =>
                answer.IsGood ? Outcome.Done
                : answer.Status == 404 ? Outcome.Refused
                : Outcome.Unknown,
        };

    public Question ReadByToken(KnownSession session, (string Tag, string Token) token) =>
        new(
            Of(HttpMethod.Get, $"{session.Path}?sessionToken={Uri.EscapeDataString(token.Token)}"),
            Of(Act.ReadByToken, session) with
            {
                Tag = token.Tag,
            }
        );

    /// <summary>The user reads their own session.</summary>
    public static Question ReadAsBearer(KnownSession session, (string Tag, string Token) token) =>
        new(
            new Request(HttpMethod.Get, session.Path) { Authorization = Request.Bearer(token.Token) },
            Of(Act.Authenticate, session) with
            {
                Tag = token.Tag,
                How = "as bearer",
            }
        );

    public Question List(string user) =>
        new(
            Post($"{Sessions}/search", new { query = new { limit = 1000 }, queries = new[] { new { userIdQuery = new { id = user } } } }),
            new Operation { Act = Act.List, User = user }
        )
        {
            Shows = answer => (answer.Json["sessions"] as JsonArray ?? []).Select(session => Seen(session!.AsObject())),
        };

    public static long Sequence(Answer answer) => long.Parse(answer.Text("details.sequence"), CultureInfo.InvariantCulture);

    internal static Operation Of(Act act, KnownSession session) => new() { Act = act, Session = session.Id };

    /// <summary>What a write leaves in its session, including its own mark.</summary>
    private static HashSet<string> Marks(string tag, params string?[] others) => [MarkPrefix + tag, .. others.OfType<string>()];

    private static Seen Seen(JsonObject session)
    {
        var metadata = session["metadata"] as JsonObject ?? [];
        var marks = metadata
            .Select(entry => entry.Key)
            .Where(key => key.StartsWith(MarkPrefix, StringComparison.Ordinal))
            .Concat((session["factors"] as JsonObject ?? []).Select(factor => factor.Key));
        return new Seen(
            session["id"]!.GetValue<string>(),
            long.Parse(session["sequence"]!.GetValue<string>(), CultureInfo.InvariantCulture),
            metadata[WriterKey] is { } value ? Encoding.UTF8.GetString(Convert.FromBase64String(value.GetValue<string>())) : "",
            session.ContainsKey("expirationDate") ? [.. marks, Mortal] : marks.ToHashSet()
        );
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds}s");

    private static Dictionary<string, byte[]> Metadata(string tag) =>
        new() { [WriterKey] = Encoding.UTF8.GetBytes(tag), [MarkPrefix + tag] = [1] };

    private Request Of(HttpMethod method, string path) => new(method, path) { Authorization = _admin, IsByAdministrator = true };
}
