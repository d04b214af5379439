namespace Orleans.Sessions;

/// <summary>The field by which users are sorted. The numbers are those of <c>UserFieldName</c>.</summary>
public enum UserSortField
{
    /// <summary>The default: the creation date.</summary>
    Unspecified = 0,

    /// <summary>The user name.</summary>
    UserName = 1,

    /// <summary>The given name.</summary>
    GivenName = 2,

    /// <summary>The family name.</summary>
    FamilyName = 3,

    /// <summary>The nick name.</summary>
    NickName = 4,

    /// <summary>The display name.</summary>
    DisplayName = 5,

    /// <summary>The e-mail address.</summary>
    Email = 6,

    /// <summary>The state.</summary>
    State = 7,

    /// <summary>The kind.</summary>
    Kind = 8,

    /// <summary>The creation date.</summary>
    CreationDate = 9,
}
