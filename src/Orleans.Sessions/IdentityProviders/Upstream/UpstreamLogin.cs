using System.Text.Json;

namespace Orleans.Sessions.IdentityProviders.Upstream;

/// <summary>A person who has logged in at a provider.</summary>
/// <param name="Identity">The external identity.</param>
/// <param name="Person">What the provider says of the person.</param>
/// <param name="Result">Everything that the provider returned.</param>
internal sealed record UpstreamLogin(IdentityLink Identity, ExternalPerson Person, LoginResult Result)
{
    private const int MaxText = 200;

    /// <summary>
    /// Fails with <see cref="UpstreamException"/> if the id cannot be linked, or if the claims of <paramref name="result"/> are no JSON
    /// object that clients can be shown.
    /// </summary>
    /// <param name="providerId">The provider.</param>
    /// <param name="externalId">The person's id there.</param>
    /// <param name="person">What the provider says of the person.</param>
    /// <param name="result">Everything that the provider returned.</param>
    public static UpstreamLogin Of(string providerId, string? externalId, ExternalPerson person, LoginResult result)
    {
        if (externalId is not { Length: > 0 and <= MaxText } || externalId.Any(char.IsControl) || string.IsNullOrWhiteSpace(externalId))
        {
            throw new UpstreamException("the person's id is missing, too long, or has control characters");
        }

        using (var claims = UpstreamJson.Parse(result.Claims, JsonValueKind.Object, "user"))
        {
            UpstreamJson.EnsureShowable(claims.RootElement);
        }

        var name = person.UserName.Length > 0 ? person.UserName : person.Email?.Address ?? externalId;
        return new UpstreamLogin(new IdentityLink(providerId, externalId, name), person, result with { Person = person });
    }
}
