namespace Orleans.Sessions;

/// <summary>A password change. With the current password it is the user's own change; without it, an administrator's reset.</summary>
[GenerateSerializer, Immutable, Alias("sessions.PasswordChange")]
public sealed record PasswordChange
{
    /// <summary>The new password.</summary>
    [Id(0)]
    public required NewPassword New { get; init; }

    /// <summary>The current password.</summary>
    [Id(1)]
    public string? Current { get; init; }

    /// <summary>A code that was sent to the user.</summary>
    [Id(2)]
    public string? VerificationCode { get; init; }

    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("New = ").Append(New);
        return true;
    }
}
