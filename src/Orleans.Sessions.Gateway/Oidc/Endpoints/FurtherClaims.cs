using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>
/// The claims about a user that the configuration and the registration of a client add. Those of the client go before those of the
/// configuration. A claim without a value is left out.
/// </summary>
internal sealed class FurtherClaims(Grains grains, UserClaims users, IOptions<ConfiguredClaimsOptions> options)
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ImmutableArray<ClaimRule> _forAll = [.. options.Value.Claims.Select(claim => claim.ToRule())];

    /// <summary>Whether the client is told further claims there.</summary>
    public bool Has(OidcClient? client, ClaimTarget target) => Rules(client, target).Any();

    /// <summary>The claims of a user. They may be a second old.</summary>
    public async Task<Dictionary<string, OpenIddictParameter>> OfAsync(
        string userId,
        OidcClient? client,
        ClaimTarget target,
        CancellationToken cancellationToken
    )
    {
        var claims = new Dictionary<string, OpenIddictParameter>(StringComparer.Ordinal);
        var rules = Rules(client, target).ToList();
        if (rules.Count == 0 || await users.RecentAsync(userId, cancellationToken) is not { } user)
        {
            return claims;
        }

        foreach (var rule in rules)
        {
            if (await ValueAsync(rule, user, client, cancellationToken) is { } value)
            {
                claims[rule.Name] = value;
            }
        }

        return claims;
    }

    private IEnumerable<ClaimRule> Rules(OidcClient? client, ClaimTarget target) =>
        _forAll.Concat(client?.Claims ?? []).Where(rule => rule.IsIn(target));

    private async ValueTask<OpenIddictParameter?> ValueAsync(
        ClaimRule rule,
        UserView user,
        OidcClient? client,
        CancellationToken cancellationToken
    ) =>
        rule.Source switch
        {
            ClaimSource.Profile => Value(Encoding.UTF8.GetBytes(ClaimRules.FieldOf(rule.Key, user) ?? ""), isJson: false),
            ClaimSource.Metadata => Value(user.Metadata.GetValueOrDefault(rule.Key, []).AsSpan(), rule.IsJson),
            ClaimSource.Fixed => Value(Encoding.UTF8.GetBytes(rule.Key), rule.IsJson),
            _ => await RolesAsync(rule.Key.Length > 0 ? rule.Key : client?.ProjectId, user.Id, cancellationToken),
        };

    /// <summary>The text, or the JSON; <c>null</c> if it is too long, or is not what it should be.</summary>
    private static OpenIddictParameter? Value(ReadOnlySpan<byte> utf8, bool isJson)
    {
        if (utf8.Length is 0 or > ClaimRules.MaxValue)
        {
            return null;
        }

        try
        {
            var text = s_utf8.GetString(utf8);
            if (!isJson)
            {
                return new OpenIddictParameter(text);
            }

            if (!ClaimRules.IsJson(text))
            {
                return null;
            }

            using var document = JsonDocument.Parse(text);
            return new OpenIddictParameter(document.RootElement.Clone());
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private async Task<OpenIddictParameter?> RolesAsync(string? projectId, string userId, CancellationToken cancellationToken)
    {
        if (projectId is null)
        {
            return null;
        }

        var projects = await grains.CallAsync(() => grains.UserRoles(userId).GetAsync([projectId]), cancellationToken);
        var keys = projects.SelectMany(project => project.Roles).Select(role => role.Key).Distinct(StringComparer.Ordinal);
        return new OpenIddictParameter(new JsonArray([.. keys.Select(key => (JsonNode?)JsonValue.Create(key))]));
    }
}
