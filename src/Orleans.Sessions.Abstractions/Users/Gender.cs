namespace Orleans.Sessions;

/// <summary>A gender. The numbers are those of <c>zitadel.user.v2.Gender</c>.</summary>
public enum Gender
{
    /// <summary>Not specified.</summary>
    Unspecified = 0,

    /// <summary>Female.</summary>
    Female = 1,

    /// <summary>Male.</summary>
    Male = 2,

    /// <summary>Diverse.</summary>
    Diverse = 3,
}
