using System.Collections.Immutable;

namespace Orleans.Sessions.Logins;

/// <summary>Methods that together make a session enough for a login.</summary>
[GenerateSerializer, Immutable, Alias("sessions.LoginWay")]
public sealed record LoginWay([property: Id(0)] ImmutableArray<AuthenticationMethod> Methods);
