using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Saml.Messages;
using Orleans.Sessions.Gateway.Saml.ServiceProviders;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Saml;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Gateway.Saml.Logins;

/// <summary>The attributes about a person that a service provider gets: those of its set, and those of its rules.</summary>
internal sealed class PersonAttributes(
    Grains grains,
    ServiceProviderDirectory providers,
    SecretProtector secrets,
    IOptions<SamlProviderOptions> options
)
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The attributes. A rule goes before the attribute of the set with the same name.</summary>
    public async Task<ImmutableArray<SamlAttribute>> OfAsync(UserView user, SamlRequest request, CancellationToken cancellationToken)
    {
        var provider = await providers.FindAsync(request.EntityId, cancellationToken);
        var person = new PersonNames(
            user,
            options.Value.SendUnverifiedEmail,
            new Uri(request.Origin).IdnHost,
            Convert.ToHexStringLower(secrets.Mac(Encoding.UTF8.GetBytes($"saml-subject-id\n{user.Id}")))
        );
        var attributes = AttributeSets.Of(provider?.AttributeSet ?? SamlAttributeSet.Basic, person).ToList();
        foreach (var rule in provider?.Attributes ?? [])
        {
            attributes.RemoveAll(attribute => attribute.Name == rule.Name);
            var values = await ValuesAsync(rule, person, provider!.ProjectId, cancellationToken);
            if (!values.IsEmpty)
            {
                attributes.Add(new SamlAttribute(rule.Name, values, rule.Format ?? SamlNames.Basic, rule.FriendlyName));
            }
        }

        return [.. attributes.Select(attribute => attribute with { Values = [.. attribute.Values.Select(ClearText.Of)] })];
    }

    private async ValueTask<ImmutableArray<string>> ValuesAsync(
        SamlAttributeRule rule,
        PersonNames person,
        string? projectId,
        CancellationToken cancellationToken
    ) =>
        rule.Source switch
        {
            ClaimSource.Profile => Values(
                Encoding.UTF8.GetBytes((rule.Key == "email" ? person.Email : ClaimRules.FieldOf(rule.Key, person.User)) ?? ""),
                isJson: false
            ),
            ClaimSource.Metadata => Values(person.User.Metadata.GetValueOrDefault(rule.Key, []).AsSpan(), rule.IsJson),
            ClaimSource.Fixed => Values(Encoding.UTF8.GetBytes(rule.Key), rule.IsJson),
            _ => await RolesAsync(rule.Key.Length > 0 ? rule.Key : projectId, person.User.Id, cancellationToken),
        };

    /// <summary>The text, or the elements of the JSON; none if it is too long, or is not what it should be.</summary>
    private static ImmutableArray<string> Values(ReadOnlySpan<byte> utf8, bool isJson)
    {
        if (utf8.Length is 0 or > ClaimRules.MaxValue)
        {
            return [];
        }

        try
        {
            var text = s_utf8.GetString(utf8);
            if (!isJson)
            {
                return [text];
            }

            if (!ClaimRules.IsJson(text))
            {
                return [];
            }

            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray().Select(Text)] : [Text(root)];
        }
        catch (DecoderFallbackException)
        {
            return [];
        }
    }

    private static string Text(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();

    private async Task<ImmutableArray<string>> RolesAsync(string? projectId, string userId, CancellationToken cancellationToken)
    {
        if (projectId is null)
        {
            return [];
        }

        var projects = await grains.CallAsync(() => grains.UserRoles(userId).GetAsync([projectId]), cancellationToken);
        return [.. projects.SelectMany(project => project.Roles).Select(role => role.Key).Distinct(StringComparer.Ordinal)];
    }
}
