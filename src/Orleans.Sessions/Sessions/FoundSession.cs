using Orleans.Sessions.Users;

namespace Orleans.Sessions.Sessions;

/// <summary>A session and who its user is.</summary>
[GenerateSerializer, Immutable, Alias("sessions.FoundSession")]
internal sealed record FoundSession([property: Id(0)] SessionRecord Session, [property: Id(1)] UserIdentity? User);
