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
        var access = new IDPOAuthAccessInformation { AccessToken = intent.AccessToken, IdToken = intent.IdToken };
        if (intent.RefreshToken is { } refreshToken)
        {
            access.RefreshToken = refreshToken;
        }

        var response = new RetrieveIdentityProviderIntentResponse
        {
            Details = Details(intent.Details),
            UserId = intent.UserId ?? "",
            IdpInformation = new IDPInformation
            {
                Oauth = access,
                IdpId = intent.Identity.ProviderId,
                UserId = intent.Identity.ExternalId,
                UserName = intent.Identity.ExternalName,
                RawInformation = Struct.Parser.ParseJson(intent.RawInformation),
            },
        };
        if (intent.UserId is not { } userId)
        {
            // A new user may only be created if no user has this identity yet.
            response.AddHumanUser = IntentUsers.Add(intent.Identity, intent.Person);
            response.CreateUser = IntentUsers.Create(intent.Identity, intent.Person);
        }
        else if (intent.IsAutoUpdate)
        {
            response.UpdateHumanUser = IntentUsers.UpdateHuman(userId, intent.Person);

            // ZITADEL's login page takes the update from here.
            response.AddHumanUser = new AddHumanUserRequest
            {
                UserId = userId,
                Profile = response.UpdateHumanUser.Profile,
                Email = response.UpdateHumanUser.Email,
                Phone = response.UpdateHumanUser.Phone,
            };
            response.UpdateUser = IntentUsers.Update(userId, intent.Person);
        }

        return response;
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
}
