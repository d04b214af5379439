namespace Orleans.Sessions.Users;

/// <summary>Which of a person's addresses can be trusted: pure functions.</summary>
internal static class ContactRules
{
    /// <summary>
    /// Where a code goes that makes whoever reads it the user. A new address that nobody has verified does not count: who has got hold of a session could have set it.
    /// </summary>
    public static EmailAddress? RecoveryEmail(UserRecord user) => user.RecoveryEmail ?? user.Email;

    /// <summary><paramref name="after"/> with the address for recovery that follows from the change, however often the address has changed before.</summary>
    public static UserRecord Follow(UserRecord before, UserRecord after)
    {
        var recovery = after.Email is { IsVerified: true } ? after.Email : RecoveryEmail(before) ?? after.Email;
        return after.State == UserState.Deleted || recovery == after.RecoveryEmail ? after : after with { RecoveryEmail = recovery };
    }
}
