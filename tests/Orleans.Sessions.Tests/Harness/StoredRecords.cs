using Orleans.Runtime;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.States;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Tests.Harness;

/// <summary>The records in a <see cref="MemoryStore"/>.</summary>
internal static class StoredRecords
{
    /// <summary>A stored user, with the messages of its last write.</summary>
    public static UserRecord? User(this MemoryStore store, string id)
    {
        var grain = GrainId.Create(StateNames.User, GrainKeys.User(id));
        return store.Read<UserRecord>(grain) is { } user ? user with { Outbox = (store.LastWritten(grain) as UserRecord)?.Outbox } : null;
    }

    public static IReadOnlyList<UserRecord> Users(this MemoryStore store) => store.All<UserRecord>(StateNames.User);

    /// <summary>A stored session, with the messages and events of its last write.</summary>
    public static SessionRecord? Session(this MemoryStore store, string id)
    {
        var grain = GrainId.Create(StateNames.Session, GrainKeys.Session(id));
        var written = store.LastWritten(grain) as SessionRecord;
        return store.Read<SessionRecord>(grain) is { } session ? session with { Outbox = written?.Outbox, Events = written?.Events } : null;
    }

    /// <summary>Stores a user without its grain. The grain must not have read the user yet.</summary>
    public static void Put(this MemoryStore store, UserRecord user) =>
        store.Put(GrainId.Create(StateNames.User, GrainKeys.User(user.Id)), user);
}
