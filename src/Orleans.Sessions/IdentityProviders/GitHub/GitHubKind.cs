using System.Text.Json;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Orleans.Sessions.IdentityProviders.OAuth;
using Orleans.Sessions.IdentityProviders.Upstream;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.IdentityProviders.GitHub;

/// <summary>
/// github.com and GitHub Enterprise Server: OAuth 2.0 with names of their own. A person's addresses are at an endpoint of their own, which
/// says of each whether it is the main one and verified. It needs the scope <c>user:email</c>; without it there is at most the address
/// that the person shows to everybody, and nobody says that it is verified.
/// </summary>
internal sealed class GitHubKind(UpstreamCalls calls, SecretProtector secrets) : OAuthKind(calls, secrets)
{
    private readonly UpstreamCalls _calls = calls;

    /// <inheritdoc/>
    protected override SecretPlace Place => SecretPlace.Form;

    /// <inheritdoc/>
    protected override void Complete(OpenIdConnectMessage request, LoginStart start)
    {
        if (start.LoginHint is { } name)
        {
            request.SetParameter("login", name);
        }
    }

    /// <inheritdoc/>
    protected override async Task<ExternalPerson> DescribeAsync(OAuthEndpoints endpoints, JsonElement user, string accessToken)
    {
        var shown = StandardClaims.Text(user, "email");
        var addresses = await _calls.FindAsync(EmailsAt(endpoints.User), accessToken, "emails");
        return new ExternalPerson
        {
            UserName = StandardClaims.Text(user, "login"),
            DisplayName = StandardClaims.Text(user, "name"),
            Email = (addresses is null ? null : Primary(addresses)) ?? (shown.Length > 0 ? new EmailAddress(shown) : null),
        };
    }

    private static string EmailsAt(string userEndpoint)
    {
        var address = new UriBuilder(userEndpoint);
        address.Path = $"{address.Path.TrimEnd('/')}/emails";
        return address.Uri.AbsoluteUri;
    }

    private static EmailAddress? Primary(string json)
    {
        using var document = UpstreamJson.Parse(json, JsonValueKind.Array, "emails");
        return document
            .RootElement.EnumerateArray()
            .Where(entry => entry.ValueKind == JsonValueKind.Object && StandardClaims.IsTrue(entry, "primary"))
            .Select(entry => new EmailAddress(StandardClaims.Text(entry, "email"), StandardClaims.IsTrue(entry, "verified")))
            .FirstOrDefault(address => address.Address.Length > 0);
    }
}
