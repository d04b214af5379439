using Orleans.Sessions.Names;

namespace Orleans.Sessions.Listing;

/// <summary>Searches for login names find whoever would log in by them.</summary>
internal static class NameFilters
{
    /// <summary>The condition as the database can answer it.</summary>
    public static UserFilter AsStored(UserFilter filter) => filter switch
    {
        UserFilter.And { Parts: var parts } => new UserFilter.And([.. parts.Select(AsStored)]),
        UserFilter.Or { Parts: var parts } => new UserFilter.Or([.. parts.Select(AsStored)]),
        UserFilter.Not { Part: var part } => new UserFilter.Not(AsStored(part)),
        UserFilter.Text { Field: UserTextField.LoginName or UserTextField.UserName, Method: TextMethod.EqualsIgnoreCase } text =>
            new UserFilter.Or([.. LoginName.KeysOf(text.Value).Select(key => text with { Field = UserTextField.LoginName, Value = key })]),
        // Both are the same text, but the key of a login name is another one than that of its text.
        UserFilter.Text { Field: UserTextField.LoginName } text => text with { Field = UserTextField.UserName },
        _ => filter,
    };
}
