namespace Orleans.Sessions;

/// <summary>The state of a user; numbers are those of <c>zitadel.user.v2.UserState</c>.</summary>
public enum UserState
{
    /// <summary>No such user.</summary>
    Unspecified = 0,

    /// <summary>May log in.</summary>
    Active = 1,

    /// <summary>Deactivated by an administrator.</summary>
    Inactive = 2,

    /// <summary>Deleted: only the id remains, so that it is never given to somebody else.</summary>
    Deleted = 3,

    /// <summary>Locked by an administrator, or by too many failed checks where the configuration says so.</summary>
    Locked = 4,

    /// <summary>Created, but has never set a credential.</summary>
    Initial = 5,
}

/// <summary>The kind of a user; numbers are those of <c>zitadel.user.v2.Type</c>.</summary>
public enum UserKind
{
    /// <summary>Not said.</summary>
    Unspecified = 0,

    /// <summary>A person.</summary>
    Human = 1,

    /// <summary>A service.</summary>
    Machine = 2,
}
