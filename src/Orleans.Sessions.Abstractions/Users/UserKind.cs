namespace Orleans.Sessions;

/// <summary>The kind of a user. The numbers are those of <c>zitadel.user.v2.Type</c>.</summary>
public enum UserKind
{
    /// <summary>Not specified.</summary>
    Unspecified = 0,

    /// <summary>A person.</summary>
    Human = 1,

    /// <summary>A service.</summary>
    Machine = 2,
}
