namespace Orleans.Sessions.Users;

/// <summary>Which of a person's addresses the service trusts. Pure functions.</summary>
internal static class ContactRules
{
    /// <summary>
    /// The address for codes that give their reader the account. A new address that is not verified does not count, because someone
    /// who has stolen a session could have set it.
    /// </summary>
    public static EmailAddress? RecoveryEmail(UserRecord user) => user.RecoveryEmail ?? user.Email;

    /// <summary>
    /// <paramref name="after"/> with the claim to its address, if the address is new or is verified now.
    /// </summary>
    public static UserRecord Claim(UserRecord? before, UserRecord after, bool isUnique) =>
        after.Email == before?.Email
            ? after
            : after with
            {
                HasUniqueEmail = isUnique && after.Email is { IsVerified: true } ? true : null,
            };

    /// <summary>
    /// <paramref name="after"/> with the recovery address that follows from the change, however often the address has changed before.
    /// </summary>
    public static UserRecord Follow(UserRecord before, UserRecord after)
    {
        var recovery = after.Email is { IsVerified: true } ? after.Email : RecoveryEmail(before) ?? after.Email;
        return after.State == UserState.Deleted || recovery == after.RecoveryEmail ? after : after with { RecoveryEmail = recovery };
    }
}
