using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Users;

/// <summary>
/// A change of the ways to log in that a person made with a session of their own. It is part of the same write as the change, so the
/// session is not locked out by it, whatever fails after that.
/// </summary>
/// <param name="SessionId">The session.</param>
/// <param name="At">When it was made.</param>
/// <param name="Proof">
/// What the change proved anew: the code of an app that was set up, the present password of a new one. <c>null</c> if it proved nothing;
/// then the session goes on with the factors it has, although the person now has a second factor.
/// </param>
[GenerateSerializer, Immutable, Alias("sessions.OwnChange")]
internal sealed record OwnChange([property: Id(0)] string SessionId, [property: Id(1)] DateTimeOffset At, [property: Id(2)] Proof? Proof);
