using System.Text.Json;

namespace Orleans.Sessions.IdentityProviders.Upstream;

/// <summary>Reads what a JSON object tells of a person by the names of OpenID Connect (Core §5.1).</summary>
internal static class StandardClaims
{
    private const int MaxText = 200;
    private const int MaxLanguage = 10;

    /// <summary>The person. A claim of a wrong type counts as absent.</summary>
    public static ExternalPerson Describe(JsonElement claims)
    {
        var email = Text(claims, "email");
        var phone = Text(claims, "phone_number");
        var language = Text(claims, "locale");
        return new ExternalPerson
        {
            UserName = Text(claims, "preferred_username"),
            GivenName = Text(claims, "given_name"),
            FamilyName = Text(claims, "family_name"),
            NickName = Text(claims, "nickname"),
            DisplayName = Text(claims, "name"),
            Language = language.Length <= MaxLanguage ? language : "",
            Email = email.Length > 0 ? new EmailAddress(email, IsTrue(claims, "email_verified")) : null,
            Phone = phone.Length > 0 ? new PhoneNumber(phone, IsTrue(claims, "phone_number_verified")) : null,
        };
    }

    /// <summary>As <see cref="Describe(JsonElement)"/>, for the text of a JSON object.</summary>
    public static ExternalPerson Describe(string claims)
    {
        using var document = JsonDocument.Parse(claims);
        return Describe(document.RootElement);
    }

    /// <summary>A member that is a text of at most 200 characters, without control characters; empty if there is none.</summary>
    public static string Text(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return "";
        }

        return Text(string.Concat(value.GetString()!.Where(character => !char.IsControl(character))));
    }

    /// <summary>The text; empty if it is longer than a user may have it.</summary>
    public static string Text(string text) => text.Trim() is { Length: <= MaxText } fitting ? fitting : "";

    /// <summary>Whether a member is true. Some providers write booleans as texts.</summary>
    public static bool IsTrue(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value)
        && (value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.String && value.ValueEquals("true")));
}
