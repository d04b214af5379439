using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Protocol.ObjectV2;
using Orleans.Sessions.Protocol.UserV2;

namespace Orleans.Sessions.Gateway.Users;

/// <summary>Converts the results of grains to response messages.</summary>
internal static class UserResponses
{
    public static Details Details(UserDetails details) =>
        new()
        {
            Sequence = (ulong)details.Sequence,
            ChangeDate = Timestamps.Of(details.ChangeDate),
            ResourceOwner = details.OrganizationId,
            CreationDate = Timestamps.Of(details.CreationDate),
        };

    /// <summary>The response with the codes that the request asked to return. Without a code the optional field stays unset.</summary>
    public static T WithCodes<T>(T response, UserChange change, Action<T, string> setEmailCode, Action<T, string> setPhoneCode)
    {
        WithCode(response, change.EmailCode, setEmailCode);
        return WithCode(response, change.PhoneCode, setPhoneCode);
    }

    /// <summary>The response with the code, if the request asked to return it.</summary>
    public static T WithCode<T>(T response, string? code, Action<T, string> setCode)
    {
        if (code is not null)
        {
            setCode(response, code);
        }

        return response;
    }

    public static ListUsersResponse List(UserPage page, UserFieldName sortingColumn) =>
        new()
        {
            Details = new ListDetails
            {
                TotalResult = (ulong)page.Total,
                Timestamp = Timestamps.Of(page.AsOf),
                TotalIsExact = page.IsTotalExact,
            },
            SortingColumn = sortingColumn,
            Result = { page.Users.Select(User) },
        };

    public static User User(UserView view)
    {
        var user = new User
        {
            UserId = view.Id,
            Details = Details(view.Details),
            State = (Protocol.UserV2.UserState)view.State,
            Username = view.UserName,
            LoginNames = { view.UserName },
            PreferredLoginName = view.UserName,
        };
        if (view.Human is { } human)
        {
            user.Human = Human(view, human);
        }
        else if (view.Machine is { } machine)
        {
            user.Machine = new MachineUser
            {
                Name = machine.Name,
                Description = machine.Description,
                AccessTokenType = (AccessTokenType)machine.TokenType,
            };
        }

        return user;
    }

    public static AuthFactor Factor(AuthenticationFactor factor)
    {
        var message = new AuthFactor { State = (AuthFactorState)factor.State };
        switch (factor.Kind)
        {
            case FactorKind.Totp:
                message.Otp = new AuthFactorOTP();
                break;
            case FactorKind.OtpSms:
                message.OtpSms = new AuthFactorOTPSMS();
                break;
            case FactorKind.OtpEmail:
                message.OtpEmail = new AuthFactorOTPEmail();
                break;
            case FactorKind.U2F:
                message.U2F = new AuthFactorU2F { Id = factor.Id, Name = factor.Name };
                break;
        }

        return message;
    }

    private static HumanUser Human(UserView view, HumanView human) =>
        new()
        {
            UserId = view.Id,
            State = (Protocol.UserV2.UserState)view.State,
            Username = view.UserName,
            LoginNames = { view.UserName },
            PreferredLoginName = view.UserName,
            Profile = new HumanProfile
            {
                GivenName = human.Profile.GivenName,
                FamilyName = human.Profile.FamilyName,
                NickName = human.Profile.NickName,
                DisplayName = human.Profile.DisplayName,
                PreferredLanguage = human.Profile.PreferredLanguage,
                Gender = (Protocol.UserV2.Gender)human.Profile.Gender,
            },
            Email = new HumanEmail
            {
                Email = human.Email.Address,
                IsVerified = human.Email.IsVerified,
                VerifiedEmail = human.VerifiedEmail ?? "",
            },

            // Clients read the fields of this message without checking that it is present.
            Phone = human.Phone is null ? null : new HumanPhone { Phone = human.Phone.Number, IsVerified = human.Phone.IsVerified },
            PasswordChangeRequired = human.PasswordChangeRequired,
            PasswordChanged = human.PasswordChangedAt is { } changedAt ? Timestamps.Of(changedAt) : null,
            MfaInitSkipped = human.MfaInitSkippedAt is { } skippedAt ? Timestamps.Of(skippedAt) : null,
        };
}
