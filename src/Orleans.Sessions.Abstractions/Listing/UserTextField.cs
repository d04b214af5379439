namespace Orleans.Sessions;

/// <summary>The text fields by which users can be searched.</summary>
public enum UserTextField
{
    /// <summary>The user name.</summary>
    UserName,

    /// <summary>The login name.</summary>
    LoginName,

    /// <summary>The given name.</summary>
    GivenName,

    /// <summary>The family name.</summary>
    FamilyName,

    /// <summary>The nick name.</summary>
    NickName,

    /// <summary>The display name.</summary>
    DisplayName,

    /// <summary>The e-mail address.</summary>
    Email,

    /// <summary>The phone number, E.164.</summary>
    Phone,
}
