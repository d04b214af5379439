namespace Orleans.Sessions;

/// <summary>A code with which a passkey can be registered for a user, once.</summary>
/// <param name="Id">The id of the code.</param>
/// <param name="Code">The secret.</param>
[GenerateSerializer, Immutable, Alias("sessions.PasskeyCode")]
public sealed record PasskeyCode([property: Id(0)] string Id, [property: Id(1)] string Code)
{
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("Id = ").Append(Id);
        return true;
    }
}
