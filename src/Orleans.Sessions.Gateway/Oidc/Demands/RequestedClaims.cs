using System.Collections.Immutable;
using System.Text.Json;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Orleans.Sessions.Gateway.Oidc.Demands;

/// <summary>
/// The claims that an authorization request asks for by their names (OpenID Connect Core §5.5). Names that are not known here are ignored,
/// and so are wanted values of other claims than <c>sub</c> and <c>acr</c>.
/// </summary>
internal sealed record RequestedClaims
{
    /// <summary>The names of the claims that the ID token should have.</summary>
    public ImmutableArray<string> InIdToken { get; private init; } = [];

    /// <summary>The names of the claims that userinfo should have.</summary>
    public ImmutableArray<string> InUserInfo { get; private init; } = [];

    /// <summary>The only user who may log in; <c>null</c> if the request names none.</summary>
    public string? Subject { get; private init; }

    /// <summary>The acceptable levels of the login, as the request has them.</summary>
    public ImmutableArray<string> AcrValues { get; private init; } = [];

    /// <summary>Whether the login must have one of these levels.</summary>
    public bool IsAcrEssential { get; private init; }

    /// <summary>The rule that the parameter breaks; <c>null</c> if it is good. Then it has no other effect.</summary>
    public string? Fault { get; private init; }

    private const int MaxClaims = 50;
    private const int MaxSubject = 200;
    private const int MaxDepth = 8;

    private static readonly RequestedClaims s_none = new();

    /// <summary>The claims about a person that can be asked for. Those about the login are always there.</summary>
    public static readonly IReadOnlySet<string> OfPerson = new HashSet<string>(StringComparer.Ordinal)
    {
        Claims.Name,
        Claims.GivenName,
        Claims.FamilyName,
        Claims.Nickname,
        Claims.PreferredUsername,
        Claims.Gender,
        Claims.Locale,
        Claims.UpdatedAt,
        Claims.Email,
        Claims.EmailVerified,
        Claims.PhoneNumber,
        Claims.PhoneNumberVerified,
    };

    /// <summary>The claims that a request asks for.</summary>
    public static RequestedClaims Of(OpenIddictRequest request) => Read((string?)request[Parameters.Claims]);

    /// <summary>The claims of the parameter.</summary>
    public static RequestedClaims Read(string? parameter)
    {
        if (string.IsNullOrEmpty(parameter))
        {
            return s_none;
        }

        try
        {
            using var document = JsonDocument.Parse(parameter, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A text with half a character is JSON, but no text.
            return Bad("it must be a JSON object");
        }
    }

    private static RequestedClaims Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Bad("it must be a JSON object");
        }

        var claims = s_none;
        foreach (var member in new[] { "id_token", "userinfo" })
        {
            if (!root.TryGetProperty(member, out var asked) || asked.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (asked.ValueKind != JsonValueKind.Object || asked.EnumerateObject().Count() > MaxClaims)
            {
                return Bad($"{member} must be an object of at most {MaxClaims} claims");
            }

            foreach (var claim in asked.EnumerateObject())
            {
                claims = claims.With(member == "id_token", claim.Name, claim.Value);
                if (claims.Fault is not null)
                {
                    return claims;
                }
            }
        }

        return claims;
    }

    private RequestedClaims With(bool isIdToken, string name, JsonElement asked)
    {
        var isEssential = false;
        ImmutableArray<string> values = [];
        if (asked.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object))
        {
            return Bad("a claim is null or an object");
        }

        if (asked.ValueKind == JsonValueKind.Object)
        {
            if (asked.TryGetProperty("essential", out var essential))
            {
                if (essential.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                {
                    return Bad("essential must be true or false");
                }

                isEssential = essential.GetBoolean();
            }

            if (name is Claims.Subject or Claims.AuthenticationContextReference)
            {
                if (ValuesOf(asked) is not { } texts)
                {
                    return Bad("the value of sub or acr must be a text, and the values a list of texts");
                }

                values = texts;
            }
        }

        return name switch
        {
            Claims.Subject => WithSubject(values),
            Claims.AuthenticationContextReference when isIdToken => this with { AcrValues = values, IsAcrEssential = isEssential },
            _ when !OfPerson.Contains(name) => this,
            _ when isIdToken => this with { InIdToken = InIdToken.Add(name) },
            _ => this with { InUserInfo = InUserInfo.Add(name) },
        };
    }

    private RequestedClaims WithSubject(ImmutableArray<string> values) =>
        values switch
        {
            [] => this,
            [{ Length: > 0 and <= MaxSubject } only] when only.All(c => c is > ' ' and <= '~') && (Subject ?? only) == only => this with
            {
                Subject = only,
            },
            _ => Bad($"sub must have one value of 1 to {MaxSubject} visible ASCII characters"),
        };

    /// <summary>The wanted values; <c>null</c> if they are not texts.</summary>
    private static ImmutableArray<string>? ValuesOf(JsonElement asked)
    {
        var found = ImmutableArray.CreateBuilder<JsonElement>();
        if (asked.TryGetProperty("value", out var value))
        {
            found.Add(value);
        }

        if (asked.TryGetProperty("values", out var values))
        {
            if (values.ValueKind != JsonValueKind.Array)
            {
                return null;
            }

            found.AddRange(values.EnumerateArray());
        }

        return found.All(one => one.ValueKind == JsonValueKind.String) ? [.. found.Select(one => one.GetString()!).Distinct()] : null;
    }

    private static RequestedClaims Bad(string rule) => new() { Fault = $"The claims are not valid: {rule}." };
}
