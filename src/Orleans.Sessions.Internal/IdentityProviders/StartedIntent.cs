namespace Orleans.Sessions;

/// <summary>A started login.</summary>
/// <param name="AuthUrl">Where the browser goes now.</param>
/// <param name="Details">The state of the intent.</param>
[GenerateSerializer, Immutable, Alias("sessions.StartedIntent")]
public sealed record StartedIntent([property: Id(0)] string AuthUrl, [property: Id(1)] IntentDetails Details);
