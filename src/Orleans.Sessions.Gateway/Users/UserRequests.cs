using System.Collections.Immutable;
using Google.Protobuf;
using Orleans.Sessions.Protocol.UserV2;

namespace Orleans.Sessions.Gateway.Users;

/// <summary>
/// Converts request messages to the types of the grains. <see cref="CodeRequests"/> converts codes.
/// </summary>
internal static class UserRequests
{
    public static CreateUser Create(AddHumanUserRequest request, Caller caller, string? organizationId) =>
        new()
        {
            Caller = caller,
            OrganizationId = organizationId,
            UserName = request.HasUsername ? request.Username : null,
            Metadata = Metadata(request.Metadata.Select(entry => (entry.Key, entry.Value))),
            Human = new NewHuman
            {
                Profile = Profile(request.Profile),
                Email = Email(request.Email),
                EmailCode = CodeRequests.Of(request.Email),
                Phone = Phone(request.Phone),
                PhoneCode = CodeRequests.Of(request.Phone),
                Password = FirstPassword(request.Password, request.HashedPassword),
                TotpSecret = request.HasTotpSecret ? request.TotpSecret : null,
                Links = [.. request.IdpLinks.Select(Link)],
            },
        };

    public static CreateUser Create(CreateUserRequest request, Caller caller) =>
        new()
        {
            Caller = caller,
            OrganizationId = request.OrganizationId,
            UserName = request.HasUsername ? request.Username : null,
            Metadata = Metadata((request.Human?.Metadata ?? []).Concat(request.Metadata).Select(entry => (entry.Key, entry.Value))),
            Human = request.Human is null ? null : Human(request.Human),
            Machine = request.Machine is null
                ? null
                : new MachineProfile(request.Machine.Name, request.Machine.Description)
                {
                    TokenType = (MachineTokenType)request.Machine.AccessTokenType,
                },
        };

    public static UpdateUser Update(UpdateHumanUserRequest request, Caller caller) =>
        new()
        {
            Caller = caller,
            UserName = request.HasUsername ? request.Username : null,
            Profile = request.Profile is null ? null : Change(request.Profile),
            Email = request.Email is null ? null : Email(request.Email),
            EmailCode = CodeRequests.Of(request.Email),
            Phone = Phone(request.Phone),
            PhoneCode = CodeRequests.Of(request.Phone),
            Password = request.Password is null ? null : Password(request.Password),
            EndOtherSessions = request.HasEndOtherSessions ? request.EndOtherSessions : null,
        };

    public static UpdateUser Update(UpdateUserRequest request, Caller caller) =>
        new()
        {
            Caller = caller,
            UserName = request.HasUsername ? request.Username : null,
            Profile = request.Human?.Profile is { } profile ? Change(profile) : null,
            Email = request.Human?.Email is { } email ? Email(email) : null,
            EmailCode = CodeRequests.Of(request.Human?.Email),
            Phone = Phone(request.Human?.Phone),
            PhoneCode = CodeRequests.Of(request.Human?.Phone),
            Password = request.Human?.Password is { } password ? Password(password) : null,
            MachineName = request.Machine is { HasName: true } ? request.Machine.Name : null,
            EndOtherSessions = request.HasEndOtherSessions ? request.EndOtherSessions : null,
            MachineDescription = request.Machine is { HasDescription: true } ? request.Machine.Description : null,
            MachineTokenType = request.Machine is { HasAccessTokenType: true } ? (MachineTokenType)request.Machine.AccessTokenType : null,
            Metadata = Metadata(request.Metadata.Select(entry => (entry.Key, entry.Value))),
        };

    public static PasswordChange Password(SetPasswordRequest request) =>
        new()
        {
            New = FirstPassword(request.NewPassword, null) ?? throw new SessionException(SessionErrors.PasswordUnclear),
            Current = request.VerificationCase == SetPasswordRequest.VerificationOneofCase.CurrentPassword ? request.CurrentPassword : null,
            VerificationCode =
                request.VerificationCase == SetPasswordRequest.VerificationOneofCase.VerificationCode ? request.VerificationCode : null,
        };

    /// <summary>If a key is repeated, its last value counts.</summary>
    public static ImmutableDictionary<string, ImmutableArray<byte>> Metadata(IEnumerable<(string Key, ByteString Value)> entries)
    {
        var metadata = ImmutableDictionary.CreateBuilder<string, ImmutableArray<byte>>();
        foreach (var (key, value) in entries)
        {
            metadata[key] = ImmutableArray.Create(value.Span);
        }

        return metadata.ToImmutable();
    }

    public static IdentityLink Link(IDPLink link) => new(link.IdpId, link.UserId, link.UserName);

    private static NewHuman Human(CreateUserRequest.Types.Human human) =>
        new()
        {
            Profile = Profile(human.Profile),
            Email = Email(human.Email),
            EmailCode = CodeRequests.Of(human.Email),
            Phone = Phone(human.Phone),
            PhoneCode = CodeRequests.Of(human.Phone),
            Password = FirstPassword(human.Password, human.HashedPassword),
            TotpSecret = human.HasTotpSecret ? human.TotpSecret : null,
            Links = [.. human.IdpLinks.Select(Link)],
        };

    private static UserProfile Profile(SetHumanProfile? profile) =>
        profile is null
            ? throw new SessionException(SessionErrors.ProfileMissing)
            : new UserProfile
            {
                GivenName = profile.GivenName,
                FamilyName = profile.FamilyName,
                NickName = profile.NickName,
                DisplayName = profile.DisplayName,
                PreferredLanguage = profile.PreferredLanguage,
                Gender = (Gender)profile.Gender,
            };

    private static ProfileChange Change(SetHumanProfile profile) =>
        new()
        {
            GivenName = profile.GivenName,
            FamilyName = profile.FamilyName,
            NickName = profile.HasNickName ? profile.NickName : null,
            DisplayName = profile.HasDisplayName ? profile.DisplayName : null,
            PreferredLanguage = profile.HasPreferredLanguage ? profile.PreferredLanguage : null,
            Gender = profile.HasGender ? (Gender)profile.Gender : null,
        };

    private static ProfileChange Change(UpdateUserRequest.Types.Human.Types.Profile profile) =>
        new()
        {
            GivenName = profile.HasGivenName ? profile.GivenName : null,
            FamilyName = profile.HasFamilyName ? profile.FamilyName : null,
            NickName = profile.HasNickName ? profile.NickName : null,
            DisplayName = profile.HasDisplayName ? profile.DisplayName : null,
            PreferredLanguage = profile.HasPreferredLanguage ? profile.PreferredLanguage : null,
            Gender = profile.HasGender ? (Gender)profile.Gender : null,
        };

    private static EmailAddress Email(SetHumanEmail? email) =>
        email is null ? throw new SessionException(SessionErrors.EmailMissing) : new EmailAddress(email.Email, email.IsVerified);

    /// <summary>An empty number counts as absent.</summary>
    private static PhoneNumber? Phone(SetHumanPhone? phone) =>
        phone is null or { Phone: "" } ? null : new PhoneNumber(phone.Phone, phone.IsVerified);

    private static PasswordChange Password(SetPassword password) =>
        new()
        {
            New = FirstPassword(password.Password, password.HashedPassword) ?? throw new SessionException(SessionErrors.PasswordUnclear),
            Current = password.VerificationCase == SetPassword.VerificationOneofCase.CurrentPassword ? password.CurrentPassword : null,
            VerificationCode =
                password.VerificationCase == SetPassword.VerificationOneofCase.VerificationCode ? password.VerificationCode : null,
        };

    private static NewPassword? FirstPassword(Password? password, HashedPassword? hashed) =>
        (password, hashed) switch
        {
            ({ } plain, _) => new NewPassword { Password = plain.Password_, ChangeRequired = plain.ChangeRequired },
            (_, { } hash) => new NewPassword { Hash = hash.Hash, ChangeRequired = hash.ChangeRequired },
            _ => null,
        };
}
