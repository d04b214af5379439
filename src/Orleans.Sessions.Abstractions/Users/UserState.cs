namespace Orleans.Sessions;

/// <summary>The state of a user. The numbers are those of <c>zitadel.user.v2.UserState</c>.</summary>
public enum UserState
{
    /// <summary>No such user exists.</summary>
    Unspecified = 0,

    /// <summary>The user may log in.</summary>
    Active = 1,

    /// <summary>An administrator deactivated the user.</summary>
    Inactive = 2,

    /// <summary>The user was deleted. Only the id remains, so that it is never given to another user.</summary>
    Deleted = 3,

    /// <summary>The user was locked by an administrator, or by too many failed checks if the configuration says so.</summary>
    Locked = 4,

    /// <summary>The user was created but never had a credential.</summary>
    Initial = 5,
}
