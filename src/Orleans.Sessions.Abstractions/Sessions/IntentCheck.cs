namespace Orleans.Sessions;

/// <summary>A login at an external identity provider that the session uses as a factor.</summary>
/// <param name="IntentId">The intent's id.</param>
/// <param name="Token">The token that the success URL received.</param>
[GenerateSerializer, Immutable, Alias("sessions.IntentCheck")]
public sealed record IntentCheck([property: Id(0)] string IntentId, [property: Id(1)] string Token)
{
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("IntentId = ").Append(IntentId);
        return true;
    }
}
