using System.Text.Json;

namespace Orleans.Sessions.IdentityProviders.Oidc;

/// <summary>A person who has logged in at a provider.</summary>
/// <param name="Identity">The external identity.</param>
/// <param name="Person">The claims about the person.</param>
/// <param name="Result">Everything that the provider returned.</param>
internal sealed record UpstreamLogin(IdentityLink Identity, ExternalPerson Person, LoginResult Result)
{
    private const int MaxText = 200;
    private const int MaxLanguage = 10;

    /// <summary>Reads the claims. Fails with <see cref="UpstreamException"/> if they name no identity that can be linked.</summary>
    public static UpstreamLogin Of(string providerId, string subject, LoginResult result)
    {
        if (subject is not { Length: > 0 and <= MaxText } || subject.Any(char.IsControl))
        {
            throw new UpstreamException("the subject is missing or too long");
        }

        var person = Describe(result.Claims);
        var name = person.UserName.Length > 0 ? person.UserName : person.Email?.Address ?? subject;
        return new UpstreamLogin(new IdentityLink(providerId, subject, name), person, result);
    }

    /// <summary>The standard claims (OpenID Connect Core §5.1) of a JSON object; a claim of a wrong type counts as absent.</summary>
    public static ExternalPerson Describe(string claims)
    {
        using var document = JsonDocument.Parse(claims);
        var json = document.RootElement;
        var email = Text(json, "email");
        var phone = Text(json, "phone_number");
        var language = Text(json, "locale");
        return new ExternalPerson
        {
            UserName = Text(json, "preferred_username"),
            GivenName = Text(json, "given_name"),
            FamilyName = Text(json, "family_name"),
            NickName = Text(json, "nickname"),
            DisplayName = Text(json, "name"),
            Language = language.Length <= MaxLanguage ? language : "",
            Email = email.Length > 0 ? new EmailAddress(email, IsTrue(json, "email_verified")) : null,
            Phone = phone.Length > 0 ? new PhoneNumber(phone, IsTrue(json, "phone_number_verified")) : null,
        };
    }

    private static string Text(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return "";
        }

        var text = string.Concat(value.GetString()!.Where(character => !char.IsControl(character))).Trim();
        return text.Length <= MaxText ? text : "";
    }

    /// <summary>Some providers write booleans as texts.</summary>
    private static bool IsTrue(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value)
        && (value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.String && value.ValueEquals("true")));
}
