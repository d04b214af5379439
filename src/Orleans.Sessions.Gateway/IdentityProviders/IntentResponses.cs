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

    public static RetrieveIdentityProviderIntentResponse Retrieved(RetrievedIntent intent) =>
        new()
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

            // A new user may only be created if no user has this identity yet.
            AddHumanUser = intent.UserId is null ? NewHuman(intent.Identity, intent.Person) : null,
        };

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

    private static AddHumanUserRequest NewHuman(IdentityLink identity, ExternalPerson person)
    {
        var request = new AddHumanUserRequest
        {
            Username = person.UserName.Length > 0 ? person.UserName : identity.ExternalName,
            Profile = new SetHumanProfile { GivenName = person.GivenName, FamilyName = person.FamilyName },
            IdpLinks = { Link(identity) },
        };
        if (person.NickName.Length > 0)
        {
            request.Profile.NickName = person.NickName;
        }

        if (person.DisplayName.Length > 0)
        {
            request.Profile.DisplayName = person.DisplayName;
        }

        if (person.Language.Length > 0)
        {
            request.Profile.PreferredLanguage = person.Language;
        }

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
}
