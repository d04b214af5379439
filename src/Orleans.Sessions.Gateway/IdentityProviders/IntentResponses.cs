using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Protocol.ObjectV2;
using Orleans.Sessions.Protocol.UserV2;

namespace Orleans.Sessions.Gateway.IdentityProviders;

/// <summary>Converts the results of intents into response messages.</summary>
internal static class IntentResponses
{
    public static Details Details(IntentDetails details) =>
        new()
        {
            Sequence = (ulong)details.Sequence,
            ChangeDate = Timestamps.Of(details.ChangeDate),
            ResourceOwner = details.ResourceOwner,
        };

    public static RetrieveIdentityProviderIntentResponse Retrieved(RetrievedIntent intent)
    {
        var update = intent is { UserId: { } userId, IsAutoUpdate: true } ? Update(userId, intent.Person) : null;
        return new()
        {
            Details = Details(intent.Details),
            UserId = intent.UserId ?? "",
            IdpInformation = new IDPInformation
            {
                Oauth = new IDPOAuthAccessInformation { AccessToken = intent.AccessToken, IdToken = intent.IdToken },
                IdpId = intent.Identity.ProviderId,
                UserId = intent.Identity.ExternalId,
                UserName = intent.Identity.ExternalName,
                RawInformation = Struct.Parser.ParseJson(intent.RawInformation),
            },

            // A new user may only be created if no user has this identity yet. For a known one it is what ZITADEL's login page takes the
            // update from.
            AddHumanUser =
                intent.UserId is null ? NewHuman(intent.Identity, intent.Person)
                : update is null ? null
                : new AddHumanUserRequest
                {
                    UserId = intent.UserId,
                    Profile = update.Profile,
                    Email = update.Email,
                    Phone = update.Phone,
                },
            UpdateHumanUser = update,
        };
    }

    public static IDPLink Link(IdentityLink link) =>
        new()
        {
            IdpId = link.ProviderId,
            UserId = link.ExternalId,
            UserName = link.ExternalName,
        };

    /// <summary>The requested page of links. Ascending order is oldest first. Without a limit the page has all links.</summary>
    public static IEnumerable<IdentityLink> Page(ImmutableArray<IdentityLink> links, ListQuery? query)
    {
        var sorted = query is { Asc: true } ? links : links.Reverse();
        return sorted
            .Skip((int)Math.Min(query?.Offset ?? 0, int.MaxValue))
            .Take(query is { Limit: > 0 } ? (int)Math.Min(query.Limit, int.MaxValue) : links.Length);
    }

    /// <summary>
    /// What the provider knows better. An address or a number that the provider has not verified replaces none that may be verified here,
    /// and names without a given or a family name cannot be stored.
    /// </summary>
    private static UpdateHumanUserRequest Update(string userId, ExternalPerson person)
    {
        var update = new UpdateHumanUserRequest { UserId = userId };
        if (person is { GivenName.Length: > 0, FamilyName.Length: > 0 })
        {
            update.Profile = Profile(person);
        }

        if (person.Email is { IsVerified: true } email)
        {
            update.Email = new SetHumanEmail { Email = email.Address, IsVerified = true };
        }

        if (person.Phone is { IsVerified: true } phone)
        {
            update.Phone = new SetHumanPhone { Phone = phone.Number, IsVerified = true };
        }

        return update;
    }

    private static AddHumanUserRequest NewHuman(IdentityLink identity, ExternalPerson person)
    {
        var request = new AddHumanUserRequest
        {
            Username = person.UserName.Length > 0 ? person.UserName : identity.ExternalName,
            Profile = Profile(person),
            IdpLinks = { Link(identity) },
        };
        if (person.Email is { } email)
        {
            request.Email = new SetHumanEmail { Email = email.Address, IsVerified = email.IsVerified };
        }

        if (person.Phone is { } phone)
        {
            request.Phone = new SetHumanPhone { Phone = phone.Number, IsVerified = phone.IsVerified };
        }

        return request;
    }

    private static SetHumanProfile Profile(ExternalPerson person)
    {
        var profile = new SetHumanProfile { GivenName = person.GivenName, FamilyName = person.FamilyName };
        if (person.NickName.Length > 0)
        {
            profile.NickName = person.NickName;
        }

        if (person.DisplayName.Length > 0)
        {
            profile.DisplayName = person.DisplayName;
        }

        if (person.Language.Length > 0)
        {
            profile.PreferredLanguage = person.Language;
        }

        return profile;
    }
}
