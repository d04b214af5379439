using System.Text.Json.Nodes;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Storage.Tests.Harness;

/// <summary>Makes columns and effects from short JSON, so that a test names only what it is about.</summary>
internal static class StoredJson
{
    /// <summary>
    /// Properties of a session: those of <see cref="SessionColumns"/>, <c>sequence</c>, <c>events</c> (type, reason, at) and <c>outbox</c>.
    /// </summary>
    public static Projection Session(string id, JsonObject session)
    {
        var userId = Text(session, "userId");
        List<StateEffect> effects = [];
        foreach (var happened in Items(session, "events"))
        {
            var (type, reason, at) = (Text(happened, "type")!, Text(happened, "reason"), Time(happened, "at") ?? default);
            effects.Add(new SessionHappened(id, userId, Number(session, "sequence"), type, reason, at));
            if (type is "session.terminated" or "session.expired")
            {
                effects.AddRange([new LoginsEnded(id, reason!, at, at.AddMinutes(10)), new MessagesDropped()]);
            }
        }

        effects.AddRange(Items(session, "outbox").Select(message => Message(message, id, userId)));
        return new(
            new SessionColumns
            {
                UserId = userId,
                OrganizationId = Text(session, "organizationId"),
                CreatorId = Text(session, "creatorId"),
                FingerprintId = Text(session, "fingerprintId"),
                CreatedAt = Time(session, "createdAt") ?? default(DateTimeOffset).AddYears(1),
                ExpiresAt = Time(session, "expiresAt"),
                EndedAt = Time(session, "endedAt"),
                ExpiryPublishedAt = Time(session, "expiryPublishedAt"),
                UserEpoch = (int)Number(session, "userEpoch"),
            },
            [.. effects]
        );
    }

    /// <summary>Properties of a user: those of <see cref="UserColumns"/>.</summary>
    public static UserColumns User(string id, JsonObject user) =>
        new()
        {
            UserId = id,
            State = (UserState)Number(user, "state"),
            Kind = (UserKind)Number(user, "kind"),
            OrganizationId = Text(user, "organizationId") ?? "",
            LoginName = Text(user, "loginName"),
            LoginNameKey = Text(user, "loginNameKey"),
            UserName = Text(user, "userName"),
            GivenName = Text(user, "givenName"),
            FamilyName = Text(user, "familyName"),
            NickName = Text(user, "nickName"),
            DisplayName = Text(user, "displayName"),
            Email = Text(user, "email"),
            IsEmailVerified = user["isEmailVerified"]?.GetValue<bool>() ?? false,
            Phone = Text(user, "phone"),
            CreatedAt = Time(user, "createdAt") ?? DateTimeOffset.UnixEpoch,
            PasswordChangedAt = Time(user, "passwordChangedAt"),
            SessionEpoch = (int)Number(user, "sessionEpoch"),
            EpochChangedAt = Time(user, "epochChangedAt"),
            EndingSessions = user["endingSessions"]?.GetValue<bool>() ?? false,
        };

    /// <summary>A message: kind, id, content, sentEvent, dueAt, expiresAt.</summary>
    public static MessageQueued Message(JsonObject message, string? sessionId, string? userId) =>
        new(
            Text(message, "kind")!,
            Text(message, "id")!,
            Text(message, "content")!,
            Text(message, "sentEvent"),
            sessionId,
            userId,
            Time(message, "dueAt")!.Value,
            Time(message, "expiresAt")!.Value
        );

    private static IEnumerable<JsonObject> Items(JsonObject item, string name) =>
        item[name] is JsonArray items ? items.OfType<JsonObject>() : [];

    private static string? Text(JsonObject item, string name) => item[name]?.GetValue<string>();

    private static long Number(JsonObject item, string name) =>
        item[name] is JsonValue value
            ? value.TryGetValue(out int small)
                ? small
                : value.GetValue<long>()
            : 0;

    private static DateTimeOffset? Time(JsonObject item, string name) =>
        item[name] is null ? null : Instant.FromMicroseconds(Number(item, name));
}
