namespace Orleans.Sessions.Oidc;

/// <summary>Where the value of a claim comes from. The numbers are those of <c>sessions.oidc.v1.ClaimSource</c>.</summary>
public enum ClaimSource
{
    /// <summary>A field of the user, such as <c>email</c>.</summary>
    Profile = 1,

    /// <summary>A metadata entry of the user.</summary>
    Metadata = 2,

    /// <summary>The same text for everybody.</summary>
    Fixed = 3,

    /// <summary>A list of the keys of the user's roles in a project.</summary>
    Roles = 4,
}
