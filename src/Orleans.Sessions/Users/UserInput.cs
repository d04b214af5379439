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
    private const int MaxLanguage = 10;

    /// <summary>The record of a new user, without credentials.</summary>
    public static UserRecord NewUser(string id, CreateUser command, string organizationId, NameRule rule)
    {
        if ((command.Human is null) == (command.Machine is null))
        {
            throw new SessionException(SessionErrors.UserKindUnclear);
        }

        var name = LoginName.New(Name(command.UserName ?? command.Human?.Email.Address ?? id), rule);
        return new UserRecord
        {
            Id = NewId(id),
            RequestId = command.RequestId,
            State = UserState.Active,
            Kind = command.Human is null ? UserKind.Machine : UserKind.Human,
            OrganizationId = NewId(organizationId),
            UserName = name.Text,
            UserNameKey = name.Key,
            Profile = command.Human is null ? null : Profile(command.Human.Profile),
            Email = command.Human is null ? null : Email(command.Human.Email),
            RecoveryEmail = command.Human is null ? null : Email(command.Human.Email),
            Phone = Phone(command.Human?.Phone),
            Machine = command.Machine is null ? null : Machine(command.Machine),
            Metadata = Metadata(before: null, command.Metadata),
        };
    }

    /// <summary><paramref name="user"/> with the changes, except the password.</summary>
    public static UserRecord Update(UserRecord user, UpdateUser command, NameRule rule)
    {
        var forHumans =
            command.Profile is not null || command.Email is not null || command.Phone is not null || command.Password is not null;
        var forMachines = (command.MachineName ?? command.MachineDescription ?? (object?)command.MachineTokenType) is not null;
        if ((forHumans && user.Profile is null) || (forMachines && user.Machine is null))
        {
            throw new SessionException(SessionErrors.UserKindOther);
        }

        // A name that is not changed may be older than the rule.
        var name =
            command.UserName is null || command.UserName == user.UserName
                ? new LoginName(user.UserName!, user.UserNameKey)
                : LoginName.New(Name(command.UserName), rule);
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
                        TokenType = command.MachineTokenType ?? user.Machine.TokenType,
                    }
                ),
            Metadata = command.Metadata is { IsEmpty: false } changes ? Metadata(user.Metadata, changes) : user.Metadata,
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

        var address = Nfc.Of(Visible(Required(email.Address, SessionErrors.EmailShape)));
        if (address.IndexOf('@', StringComparison.Ordinal) is var at && (at <= 0 || at == address.Length - 1))
        {
            throw new SessionException(SessionErrors.EmailShape);
        }

        return address == before?.Address && before.IsVerified ? before : new EmailAddress(address, email.IsVerified);
    }

    /// <summary>
    /// The number in E.164 format, to store instead of <paramref name="before"/>. National notations need a country and are refused with
    /// <c>PHONE-so0wa</c>. If the number is the same and the request does not declare it verified, it stays as verified as it was.
    /// </summary>
    public static PhoneNumber? Phone(PhoneNumber? phone, PhoneNumber? before = null)
    {
        if (phone is null)
        {
            return null;
        }

        var number = E164(AtMost(phone.Number, MaxText, SessionErrors.PhoneInvalid));
        return number == before?.Number && before.IsVerified ? before : new PhoneNumber(number, phone.IsVerified);
    }

    /// <summary>Fails if the name of an application is too long.</summary>
    public static void EnsureApplicationName(string? text) => AtMost(text ?? "", MaxText, SessionErrors.ApplicationNameTooLong);

    /// <summary>The administrators' own data after these changes. Fails with <c>SESSION-Meta1</c>.</summary>
    public static ImmutableDictionary<string, ImmutableArray<byte>>? Metadata(
        ImmutableDictionary<string, ImmutableArray<byte>>? before,
        ImmutableDictionary<string, ImmutableArray<byte>> changes
    )
    {
        var metadata = SessionMetadata.Merge(before ?? ImmutableDictionary<string, ImmutableArray<byte>>.Empty, changes);
        return metadata.IsEmpty ? null : metadata;
    }

    /// <summary>The number in E.164 format; <c>null</c> if it is no international number.</summary>
    public static string? TryE164(string number)
    {
        var numbers = PhoneNumberUtil.GetInstance();
        try
        {
            var parsed = numbers.Parse(number, defaultRegion: null);
            return numbers.IsPossibleNumber(parsed) ? numbers.Format(parsed, PhoneNumberFormat.E164) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static string E164(string number) => TryE164(number) ?? throw new SessionException(SessionErrors.PhoneInvalid);

    private static UserProfile Profile(UserProfile profile) =>
        profile with
        {
            GivenName = Required(profile.GivenName, SessionErrors.ProfileNameLength),
            FamilyName = Required(profile.FamilyName, SessionErrors.ProfileNameLength),
            NickName = AtMost(profile.NickName, MaxText, SessionErrors.ProfileOtherNameTooLong),
            DisplayName =
                profile.DisplayName.Length > 0
                    ? AtMost(profile.DisplayName, MaxText, SessionErrors.ProfileOtherNameTooLong)
                    : $"{profile.GivenName} {profile.FamilyName}",
            PreferredLanguage =
                profile.PreferredLanguage.Length > 0
                    ? AtMost(profile.PreferredLanguage, MaxLanguage, SessionErrors.ProfileLanguageTooLong)
                    : "und",
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
                Name = Required(machine.Name, SessionErrors.MachineNameLength),
                Description = AtMost(machine.Description, MaxDescription, SessionErrors.MachineDescriptionTooLong),
            }
            : throw new SessionException(SessionErrors.MachineTokenTypeUnknown);

    private static string Name(string text) => Required(text, SessionErrors.UserNameLength);

    private static string NewId(string text) =>
        VisibleText.IsId(Required(text, SessionErrors.UserIdLength)) ? text : throw new SessionException(SessionErrors.IdCharacters);

    private static string Visible(string text) => VisibleText.Is(text) ? text : throw new SessionException(SessionErrors.EmailCharacters);

    private static string Required(string? text, SessionError rule) =>
        string.IsNullOrWhiteSpace(text) ? throw new SessionException(rule) : AtMost(text, MaxText, rule);

    /// <summary>Lengths count code points, as in the contract.</summary>
    private static string AtMost(string text, int length, SessionError rule) =>
        text.Length <= length || text.EnumerateRunes().Count() <= length ? text : throw new SessionException(rule);
}
