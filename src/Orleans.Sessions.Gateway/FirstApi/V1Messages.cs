using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Protocol.OrgV1;
using Orleans.Sessions.Protocol.UserV1;
using Orleans.Sessions.Protocol.V1;
using State = Orleans.Sessions.Protocol.UserV1.UserState;

namespace Orleans.Sessions.Gateway.FirstApi;

/// <summary>Converts the results of grains to messages of ZITADEL's first API.</summary>
internal static class V1Messages
{
    public static User User(UserView view)
    {
        var user = new User
        {
            Id = view.Id,
            Details = Details(view.Details.Sequence, view.Details.CreationDate, view.Details.ChangeDate, view.Details.OrganizationId),
            State = StateOf(view.State),
            UserName = view.UserName,
            LoginNames = { view.UserName },
            PreferredLoginName = view.UserName,
        };
        if (view.Human is { } human)
        {
            user.Human = Human(human);
        }
        else if (view.Machine is { } machine)
        {
            user.Machine = new Machine { Name = machine.Name, Description = machine.Description };
        }

        return user;
    }

    public static Org Organization(OrganizationView organization) =>
        new()
        {
            Id = organization.Id,
            Details = Details(
                organization.Changes + 1,
                organization.CreatedAt,
                organization.ChangedAt ?? organization.CreatedAt,
                organization.Id
            ),
            State = organization.State == OrganizationState.Inactive ? OrgState.Inactive : OrgState.Active,
            Name = organization.Name,
            PrimaryDomain = organization.PrimaryDomain ?? "",
        };

    public static ObjectDetails Details(long sequence, DateTimeOffset createdAt, DateTimeOffset changedAt, string owner) =>
        new()
        {
            Sequence = (ulong)sequence,
            CreationDate = Timestamps.Of(createdAt),
            ChangeDate = Timestamps.Of(changedAt),
            ResourceOwner = owner,
        };

    private static Human Human(HumanView human) =>
        new()
        {
            Profile = new Profile
            {
                FirstName = human.Profile.GivenName,
                LastName = human.Profile.FamilyName,
                NickName = human.Profile.NickName,
                DisplayName = human.Profile.DisplayName,
                PreferredLanguage = human.Profile.PreferredLanguage,
                Gender = (Protocol.UserV1.Gender)human.Profile.Gender,
            },
            Email = new Email { Email_ = human.Email.Address, IsEmailVerified = human.Email.IsVerified },
            Phone = human.Phone is { } phone ? new Phone { Phone_ = phone.Number, IsPhoneVerified = phone.IsVerified } : null,
            PasswordChanged = human.PasswordChangedAt is { } changedAt ? Timestamps.Of(changedAt) : null,
        };

    /// <summary>The numbers differ: the second API has no suspended users.</summary>
    private static State StateOf(UserState state) =>
        state switch
        {
            UserState.Active => State.Active,
            UserState.Inactive => State.Inactive,
            UserState.Deleted => State.Deleted,
            UserState.Locked => State.Locked,
            UserState.Initial => State.Initial,
            _ => State.Unspecified,
        };
}
