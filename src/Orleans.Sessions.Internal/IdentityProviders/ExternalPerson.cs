namespace Orleans.Sessions;

/// <summary>
/// A person as an external provider describes them (OpenID Connect Core §5.1). Data that the provider does not send is empty.
/// </summary>
[GenerateSerializer, Immutable, Alias("sessions.ExternalPerson")]
public sealed record ExternalPerson
{
    /// <summary><c>preferred_username</c>.</summary>
    [Id(0)]
    public string UserName { get; init; } = "";

    /// <summary><c>given_name</c>.</summary>
    [Id(1)]
    public string GivenName { get; init; } = "";

    /// <summary><c>family_name</c>.</summary>
    [Id(2)]
    public string FamilyName { get; init; } = "";

    /// <summary><c>nickname</c>.</summary>
    [Id(3)]
    public string NickName { get; init; } = "";

    /// <summary><c>name</c>.</summary>
    [Id(4)]
    public string DisplayName { get; init; } = "";

    /// <summary><c>locale</c>.</summary>
    [Id(5)]
    public string Language { get; init; } = "";

    /// <summary><c>email</c>, and whether <c>email_verified</c> says that it belongs to the person.</summary>
    [Id(6)]
    public EmailAddress? Email { get; init; }

    /// <summary><c>phone_number</c>, and whether <c>phone_number_verified</c> says that it belongs to the person.</summary>
    [Id(7)]
    public PhoneNumber? Phone { get; init; }
}
