namespace Orleans.Sessions;

/// <summary>The result of creating or changing a user.</summary>
/// <param name="Details">The state of the user's record.</param>
/// <param name="EmailCode">The code for the e-mail address, if the caller asked to get it.</param>
/// <param name="PhoneCode">The code for the phone number, if the caller asked to get it.</param>
[GenerateSerializer, Immutable, Alias("sessions.UserChange")]
public sealed record UserChange(
    [property: Id(0)] UserDetails Details,
    [property: Id(1)] string? EmailCode = null,
    [property: Id(2)] string? PhoneCode = null
)
{
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("Details = ").Append(Details);
        return true;
    }
}
