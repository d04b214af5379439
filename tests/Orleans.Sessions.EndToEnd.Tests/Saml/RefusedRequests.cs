using Microsoft.AspNetCore.WebUtilities;
using Orleans.Sessions.EndToEnd.Oidc.Harness;
using Orleans.Sessions.EndToEnd.Saml.Harness;

namespace Orleans.Sessions.EndToEnd.Saml;

/// <summary>Authentication requests that must not be taken, from outside.</summary>
public sealed class RefusedRequests(SqliteHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_request_is_taken_once_and_only_as_it_was_signed()
    {
        using var provider = new HandWrittenProvider(Admin);
        using var stranger = new SpKey();
        await provider.RegisterAsync();
        var anonymous = Admin.As(null);
        var good = provider.Redirect(provider.Request());
        (string What, string Path)[] bad =
        [
            ("unsigned", HandWrittenProvider.Unsigned(provider.Request())),
            ("another key", provider.Redirect(provider.Request(), stranger)),
            ("another relay state", good.Replace("RelayState=relay", "RelayState=other", StringComparison.Ordinal)),
            ("another request", QueryHelpers.AddQueryString("/saml/v2/SSO", QueryHelpers.ParseQuery(good[good.IndexOf('?', StringComparison.Ordinal)..])
                .ToDictionary(parameter => parameter.Key, parameter => parameter.Key == "SAMLRequest"
                    ? QueryHelpers.ParseQuery(HandWrittenProvider.Unsigned(provider.Request()).Split('?')[1])["SAMLRequest"].ToString()
                    : (string?)parameter.Value.ToString()))),
            ("said twice", $"{good}&{HandWrittenProvider.Unsigned(provider.Request()).Split('?')[1]}"),
            ("too old", provider.Redirect(provider.Request(at: DateTimeOffset.UtcNow.AddMinutes(-20)))),
            ("of the future", provider.Redirect(provider.Request(at: DateTimeOffset.UtcNow.AddMinutes(20)))),
            ("for another service", provider.Redirect(provider.Request(destination: "https://elsewhere.example/saml/v2/SSO"))),
            ("an address that is not registered", provider.Redirect(provider.Request(acs: "https://evil.example/acs"))),
            ("nonsense", "/saml/v2/SSO?SAMLRequest=nonsense"),
        ];
        foreach (var (what, path) in bad)
        {
            var reply = await anonymous.GetAsync(path);
            Assert.True(reply.Status is >= 400 and < 500, reply.Explain($"a refusal of {what}"));
        }

        var taken = (await anonymous.GetAsync(good)).Expect(302);
        Assert.StartsWith("V2_", RelyingParty.QueryOf(new Uri(taken.Header("Location")!))["samlRequest"], StringComparison.Ordinal);
        var again = await anonymous.GetAsync(good);
        Assert.True(again.Status is >= 400 and < 500, again.Explain("a refusal of a replay"));
    }
}
