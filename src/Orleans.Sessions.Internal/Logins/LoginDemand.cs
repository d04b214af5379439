using System.Collections.Immutable;

namespace Orleans.Sessions.Logins;

/// <summary>What a login must be, for <see cref="ILoginSession.EvaluateAsync"/>.</summary>
[GenerateSerializer, Immutable, Alias("sessions.LoginDemand")]
public sealed record LoginDemand
{
    /// <summary>When the login was asked for; <c>null</c> means now.</summary>
    [Id(0)]
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>Whether a factor must have been proved after that (<c>prompt=login</c>, <c>ForceAuthn</c>).</summary>
    [Id(1)]
    public bool NewLogin { get; init; }

    /// <summary>The maximum age of the newest proof; <c>null</c> means any age.</summary>
    [Id(2)]
    public TimeSpan? MaxAge { get; init; }

    /// <summary>The requested levels; one of them is enough.</summary>
    [Id(3)]
    public ImmutableArray<string> AcrValues { get; init; } = [];

    /// <summary>The minimum level of the application's registration.</summary>
    [Id(4)]
    public string? MinimumAcr { get; init; }

    /// <summary>The user who must log in; <c>null</c> means any user.</summary>
    [Id(5)]
    public string? UserId { get; init; }

    /// <summary>The methods that must all have been used.</summary>
    [Id(6)]
    public ImmutableArray<AuthenticationMethod> Methods { get; init; } = [];

    /// <summary>Whether proofs that are older than the check lifetimes of the login settings do not count.</summary>
    [Id(7)]
    public bool ChecksLifetimes { get; init; }
}
