using System.Text;
using System.Text.RegularExpressions;
using Orleans.Sessions.Fuzz.Grammar;
using Orleans.Sessions.Fuzz.Wire;
using Orleans.Sessions.Fuzz.World;

namespace Orleans.Sessions.Fuzz.Journeys;

/// <summary>The journeys of SAML's service providers.</summary>
public static partial class ServiceProviders
{
    /// <summary>A login, and a logout that the service provider starts.</summary>
    public static async Task SignOnAsync(Traveller traveller)
    {
        var world = traveller.World;
        var request = SamlMessages.Text(SamlMessages.AuthnRequest(traveller.Dice, FuzzWorld.EntityId, world.Origin));
        var isPost = traveller.Dice.Chance(0.5);
        var sent = await traveller.VisitAsync(
            Surface.Saml,
            SamlMessages.SignOnPath,
            isPost,
            [("SAMLRequest", isPost ? SamlMessages.Encode(request) : SamlMessages.Deflate(request)), ("RelayState", "state")]
        );
        var id = Traveller.Parameter(sent.Header("location"), "samlRequest");
        world.Known.Add(Thing.SamlRequest, id);
        await traveller.CallAsync(world.LoginClient, "GetSAMLRequest", new { samlRequestId = id });
        var session = await People.OpenAsync(traveller);
        var completed = await traveller.CallAsync(
            world.LoginClient,
            "CreateResponse",
            new { samlRequestId = id, session = new { sessionId = session.Id, sessionToken = session.Token } }
        );
        var response = Encoding.UTF8.GetString(Convert.FromBase64String(People.Text(completed, "post.samlResponse")));
        var logout = SamlMessages.LogoutRequest(
            traveller.Dice,
            FuzzWorld.EntityId,
            world.Origin,
            NameId().Match(response).Groups[1].Value,
            SessionIndex().Match(response).Groups[1].Value
        );
        await traveller.VisitAsync(
            Surface.Saml,
            SamlMessages.LogoutPath,
            isPost: false,
            [("SAMLRequest", SamlMessages.Deflate(SamlMessages.Text(logout)))]
        );
    }

    [GeneratedRegex("<(?:\\w+:)?NameID[^>]*>([^<]*)<")]
    private static partial Regex NameId();

    [GeneratedRegex("SessionIndex=\"([^\"]*)\"")]
    private static partial Regex SessionIndex();
}
