using Orleans.Sessions.Names;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Listing;

/// <summary>
/// A search for a login name finds the user who would log in with it, and one for a phone number finds it however it is written.
/// </summary>
internal static class NameFilters
{
    /// <summary>The condition in the form that the database can answer.</summary>
    public static UserFilter AsStored(UserFilter filter) =>
        filter switch
        {
            UserFilter.And { Parts: var parts } => new UserFilter.And([.. parts.Select(AsStored)]),
            UserFilter.Or { Parts: var parts } => new UserFilter.Or([.. parts.Select(AsStored)]),
            UserFilter.Not { Part: var part } => new UserFilter.Not(AsStored(part)),
            UserFilter.Text { Field: UserTextField.LoginName or UserTextField.UserName, Method: TextMethod.EqualsIgnoreCase } text =>
                new UserFilter.Or([
                    .. LoginName.KeysOf(text.Value).Select(key => text with { Field = UserTextField.LoginName, Value = key }),
                ]),
            // Login name and user name are the same text, but the key of a login name can differ from the key of its text.
            UserFilter.Text { Field: UserTextField.LoginName } text => text with { Field = UserTextField.UserName },
            UserFilter.Text { Field: UserTextField.Phone, Method: TextMethod.Equals or TextMethod.EqualsIgnoreCase } text => text with
            {
                Value = UserInput.TryE164(text.Value) ?? text.Value,
            },
            _ => filter,
        };
}
