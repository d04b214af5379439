using Orleans.Sessions.Protocol.UserV2;

namespace Orleans.Sessions.Gateway.IdentityProviders;

/// <summary>
/// The requests with which a login frontend creates the person of a login at a provider, or updates them. Data that the provider did not
/// send is left out, except for the names that a new person must have. The frontend adds what only it knows, such as the organization.
/// </summary>
internal static class IntentUsers
{
    public static AddHumanUserRequest Add(IdentityLink identity, ExternalPerson person) =>
        new()
        {
            Username = UserName(identity, person),
            Profile = NewProfile(identity, person),
            Email = Email(person.Email),
            Phone = Phone(person.Phone),
            IdpLinks = { IntentResponses.Link(identity) },
        };

    public static CreateUserRequest Create(IdentityLink identity, ExternalPerson person) =>
        new()
        {
            Username = UserName(identity, person),
            Human = new CreateUserRequest.Types.Human
            {
                Profile = NewProfile(identity, person),
                Email = Email(person.Email),
                Phone = Phone(person.Phone),
                IdpLinks = { IntentResponses.Link(identity) },
            },
        };

    /// <summary>Names are required there, so without both of them the profile is left out.</summary>
    public static UpdateHumanUserRequest UpdateHuman(string userId, ExternalPerson person) =>
        new()
        {
            UserId = userId,
            Profile = person is { GivenName.Length: > 0, FamilyName.Length: > 0 } ? Profile(person) : null,
            Email = Verified(person.Email),
            Phone = Verified(person.Phone),
        };

    public static UpdateUserRequest Update(string userId, ExternalPerson person)
    {
        var profile = new UpdateUserRequest.Types.Human.Types.Profile();
        Set(person.GivenName, name => profile.GivenName = name);
        Set(person.FamilyName, name => profile.FamilyName = name);
        Set(person.NickName, name => profile.NickName = name);
        Set(person.DisplayName, name => profile.DisplayName = name);
        Set(person.Language, language => profile.PreferredLanguage = language);
        return new UpdateUserRequest
        {
            UserId = userId,
            Human = new UpdateUserRequest.Types.Human
            {
                Profile = profile,
                Email = Verified(person.Email),
                Phone = Verified(person.Phone),
            },
        };
    }

    private static string UserName(IdentityLink identity, ExternalPerson person) =>
        person.UserName.Length > 0 ? person.UserName : identity.ExternalName;

    /// <summary>A missing name is a part of the name that the person shows, or of the login name.</summary>
    private static SetHumanProfile NewProfile(IdentityLink identity, ExternalPerson person)
    {
        var profile = Profile(person);
        var shown = person.DisplayName.Length > 0 ? person.DisplayName : UserName(identity, person);
        var space = shown.LastIndexOf(' ');
        profile.GivenName = profile.GivenName is { Length: > 0 } given ? given : shown[..(space > 0 ? space : shown.Length)].Trim();
        profile.FamilyName = profile.FamilyName is { Length: > 0 } family ? family : shown[(space + 1)..];
        return profile;
    }

    private static SetHumanProfile Profile(ExternalPerson person)
    {
        var profile = new SetHumanProfile { GivenName = person.GivenName, FamilyName = person.FamilyName };
        Set(person.NickName, name => profile.NickName = name);
        Set(person.DisplayName, name => profile.DisplayName = name);
        Set(person.Language, language => profile.PreferredLanguage = language);
        return profile;
    }

    private static SetHumanEmail? Email(EmailAddress? email) =>
        email is null ? null : new SetHumanEmail { Email = email.Address, IsVerified = email.IsVerified };

    private static SetHumanPhone? Phone(PhoneNumber? phone) =>
        phone is null ? null : new SetHumanPhone { Phone = phone.Number, IsVerified = phone.IsVerified };

    /// <summary>An address that the provider does not vouch for must not replace one that the person has proved here.</summary>
    private static SetHumanEmail? Verified(EmailAddress? email) => email is { IsVerified: true } ? Email(email) : null;

    private static SetHumanPhone? Verified(PhoneNumber? phone) => phone is { IsVerified: true } ? Phone(phone) : null;

    private static void Set(string value, Action<string> set)
    {
        if (value.Length > 0)
        {
            set(value);
        }
    }
}
