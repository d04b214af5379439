using System.Collections.Immutable;
using Orleans.Sessions.Names;
using Orleans.Sessions.Names.Unicode;
using Orleans.Sessions.Sessions;
using PhoneNumbers;
using PhoneNumber = Orleans.Sessions.PhoneNumber;

namespace Orleans.Sessions.Users;

/// <summary>The rules of what may be stored about a user (contract §11.1). Pure functions that fail with <c>COMMA-095xh8fll1</c>.</summary>
internal static class UserInput
{
    private const int MaxText = 200;
    private const int MaxDescription = 500;

    /// <summary>The record of a new user, without credentials.</summary>
    public static UserRecord NewUser(string id, CreateUser command, string organizationId, NameRule rule)
    {
        if ((command.Human is null) == (command.Machine is null))
        {
            throw Invalid();
        }

        var metadata = SessionMetadata.Merge(ImmutableDictionary<string, ImmutableArray<byte>>.Empty, command.Metadata);
        var name = LoginName.New(Required(command.UserName ?? command.Human?.Email.Address ?? id), rule);
        return new UserRecord
        {
            Id = NewId(Required(id)),
            RequestId = command.RequestId,
            State = UserState.Active,
            Kind = command.Human is null ? UserKind.Machine : UserKind.Human,
            OrganizationId = NewId(Required(organizationId)),
            UserName = name.Text,
            UserNameKey = name.Key,
            Profile = command.Human is null ? null : Profile(command.Human.Profile),
            Email = command.Human is null ? null : Email(command.Human.Email),
            RecoveryEmail = command.Human is null ? null : Email(command.Human.Email),
            Phone = Phone(command.Human?.Phone),
            Machine = command.Machine is null ? null : Machine(command.Machine),
            Metadata = metadata.IsEmpty ? null : metadata,
        };
    }

    /// <summary><paramref name="user"/> with the changes, except the password.</summary>
    public static UserRecord Update(UserRecord user, UpdateUser command, NameRule rule)
    {
        var forHumans =
            command.Profile is not null || command.Email is not null || command.Phone is not null || command.Password is not null;
        var forMachines = command.MachineName is not null || command.MachineDescription is not null;
        if ((forHumans && user.Profile is null) || (forMachines && user.Machine is null))
        {
            throw Invalid();
        }

        // A name that is not changed may be older than the rule.
        var name =
            command.UserName is null || command.UserName == user.UserName
                ? new LoginName(user.UserName!, user.UserNameKey)
                : LoginName.New(Required(command.UserName), rule);
        return user with
        {
            UserName = name.Text,
            UserNameKey = name.Key,
            Profile = command.Profile is null ? user.Profile : Merge(user.Profile!, command.Profile),
            Email = command.Email is null ? user.Email : Email(command.Email, user.Email),
            Phone = command.Phone is null ? user.Phone : Phone(command.Phone, user.Phone),
            Machine = user.Machine is null
                ? null
                : Machine(
                    new MachineProfile(command.MachineName ?? user.Machine.Name, command.MachineDescription ?? user.Machine.Description)
                    {
                        TokenType = user.Machine.TokenType,
                    }
                ),
        };
    }

    /// <summary>
    /// The address to store instead of <paramref name="before"/>. If the address is the same and the request does not declare it verified,
    /// it stays as verified as it was.
    /// </summary>
    public static EmailAddress Email(EmailAddress email, EmailAddress? before = null)
    {
        if (email.Address == before?.Address)
        {
            return before.IsVerified ? before : email;
        }

        var address = Nfc.Of(Visible(Required(email.Address)));
        if (address.IndexOf('@', StringComparison.Ordinal) is var at && (at <= 0 || at == address.Length - 1))
        {
            throw Invalid();
        }

        return address == before?.Address && before.IsVerified ? before : new EmailAddress(address, email.IsVerified);
    }

    /// <summary>
    /// The number in E.164 format, to store instead of <paramref name="before"/>. National notations need a country and are refused. If the
    /// number is the same and the request does not declare it verified, it stays as verified as it was.
    /// </summary>
    public static PhoneNumber? Phone(PhoneNumber? phone, PhoneNumber? before = null)
    {
        if (phone is null)
        {
            return null;
        }

        var number = E164(AtMost(phone.Number, MaxText));
        return number == before?.Number && before.IsVerified ? before : new PhoneNumber(number, phone.IsVerified);
    }

    /// <summary>Fails if the text is longer than a name may be.</summary>
    public static void EnsureShort(string? text) => AtMost(text ?? "", MaxText);

    private static string E164(string number)
    {
        var numbers = PhoneNumberUtil.GetInstance();
        try
        {
            var parsed = numbers.Parse(number, defaultRegion: null);
            return numbers.IsPossibleNumber(parsed) ? numbers.Format(parsed, PhoneNumberFormat.E164) : throw Invalid();
        }
        catch (NumberParseException)
        {
            throw Invalid();
        }
    }

    private static UserProfile Profile(UserProfile profile) =>
        profile with
        {
            GivenName = Required(profile.GivenName),
            FamilyName = Required(profile.FamilyName),
            NickName = AtMost(profile.NickName, MaxText),
            DisplayName =
                profile.DisplayName.Length > 0 ? AtMost(profile.DisplayName, MaxText) : $"{profile.GivenName} {profile.FamilyName}",
            PreferredLanguage = profile.PreferredLanguage.Length > 0 ? AtMost(profile.PreferredLanguage, 10) : "und",
        };

    /// <summary>
    /// A display name that is not changed stays as it is. It may be longer than the limit for given names, because it may consist of two
    /// names.
    /// </summary>
    private static UserProfile Merge(UserProfile before, ProfileChange change)
    {
        var merged = Profile(
            before with
            {
                GivenName = change.GivenName ?? before.GivenName,
                FamilyName = change.FamilyName ?? before.FamilyName,
                NickName = change.NickName ?? before.NickName,
                DisplayName = change.DisplayName ?? "",
                PreferredLanguage = change.PreferredLanguage ?? before.PreferredLanguage,
                Gender = change.Gender ?? before.Gender,
            }
        );
        return change.DisplayName is null ? merged with { DisplayName = before.DisplayName } : merged;
    }

    private static MachineProfile Machine(MachineProfile machine) =>
        Enum.IsDefined(machine.TokenType)
            ? machine with
            {
                Name = Required(machine.Name),
                Description = AtMost(machine.Description, MaxDescription),
            }
            : throw Invalid();

    private static string Required(string? text) =>
        text is not null && !string.IsNullOrWhiteSpace(text) ? AtMost(text, MaxText) : throw Invalid();

    private static string NewId(string text) => VisibleText.IsId(text) ? text : throw new SessionException(SessionErrors.IdCharacters);

    private static string Visible(string text) => VisibleText.Is(text) ? text : throw new SessionException(SessionErrors.EmailCharacters);

    /// <summary>Lengths count code points, as in the contract.</summary>
    private static string AtMost(string text, int length) =>
        text.Length <= length || text.EnumerateRunes().Count() <= length ? text : throw Invalid();

    private static SessionException Invalid() => new(SessionErrors.UserInputInvalid);
}
