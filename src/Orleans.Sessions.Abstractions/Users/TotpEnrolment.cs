namespace Orleans.Sessions;

/// <summary>An authenticator app whose setup has begun. It becomes a factor after a code of the app was verified.</summary>
/// <param name="Details">The state of the user's record.</param>
/// <param name="Uri">The content of the QR code.</param>
/// <param name="Secret">The secret for typing, base32.</param>
[GenerateSerializer, Immutable, Alias("sessions.TotpEnrolment")]
public sealed record TotpEnrolment([property: Id(0)] UserDetails Details, [property: Id(1)] string Uri, [property: Id(2)] string Secret)
{
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("Details = ").Append(Details);
        return true;
    }
}
