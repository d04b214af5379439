namespace Orleans.Sessions;

/// <summary>A created code.</summary>
/// <param name="Details">The state of the user's record.</param>
/// <param name="Code">The code, if the caller asked to get it.</param>
[GenerateSerializer, Immutable, Alias("sessions.IssuedCode")]
public sealed record IssuedCode([property: Id(0)] UserDetails Details, [property: Id(1)] string? Code = null)
{
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("Details = ").Append(Details);
        return true;
    }
}
