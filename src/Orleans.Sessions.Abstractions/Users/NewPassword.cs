namespace Orleans.Sessions;

/// <summary>A password as typed, or the hash of a password from another system. Exactly one is set.</summary>
[GenerateSerializer, Immutable, Alias("sessions.NewPassword")]
public sealed record NewPassword
{
    /// <summary>The password; the complexity rules apply.</summary>
    [Id(0)]
    public string? Password { get; init; }

    /// <summary>The encoded hash.</summary>
    [Id(1)]
    public string? Hash { get; init; }

    /// <summary>Whether the person must choose another password after the next login.</summary>
    [Id(2)]
    public bool ChangeRequired { get; init; }

    // Records print their members. This keeps the password out of logs.
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("ChangeRequired = ").Append(ChangeRequired);
        return true;
    }
}
