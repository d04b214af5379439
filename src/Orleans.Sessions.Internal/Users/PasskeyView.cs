namespace Orleans.Sessions;

/// <summary>A passkey as clients see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The person's name for the passkey; empty until the registration is finished.</param>
/// <param name="State">Whether its registration is finished.</param>
[GenerateSerializer, Immutable, Alias("sessions.PasskeyView")]
public sealed record PasskeyView([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] FactorState State)
{
    /// <summary>When it was registered; <c>null</c> if that was not recorded.</summary>
    [Id(3)]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it last logged in, in steps of an hour; <c>null</c> if it did not, or if that was not recorded.</summary>
    [Id(4)]
    public DateTimeOffset? LastUsedAt { get; init; }
}
