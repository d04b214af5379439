using System.Text.RegularExpressions;

namespace Orleans.Sessions.Registries;

/// <summary>
/// Which values of refused registrations an error and the log may repeat: addresses, and names of enumerations, bindings and algorithms.
/// The value of a field that is not here may be a secret, an assertion or personal data, so nobody repeats it.
/// </summary>
internal static partial class HarmlessValues
{
    private const int MaxLength = 200;

    private static readonly HashSet<string> s_addresses = new(StringComparer.Ordinal)
    {
        "redirectUris[]",
        "postLogoutRedirectUris[]",
        "loginUri",
        "logoUri",
        "jwksUri",
        "backchannelLogoutUri",
        "frontchannelLogoutUri",
        "resources[]",
        "additionalOrigins[]",
        "issuer",
        "assertionConsumerServices[].location",
        "singleLogoutServices[].location",
        "singleLogoutServices[].responseLocation",
        "metadata/@entityID",
        "metadataUrl",
    };

    private static readonly HashSet<string> s_names = new(StringComparer.Ordinal)
    {
        "authentication",
        "accessTokenType",
        "applicationType",
        "senderConstraint",
        "profile",
        "grantTypes[]",
        "minimumAcr",
        "idTokenSignedResponseAlg",
        "accessTokenSignedResponseAlg",
        "requestObjectSigningAlg",
        "providerOptions.autoLinking",
        "assertionConsumerServices[].binding",
        "assertionConsumerServices[].index",
        "singleLogoutServices[].binding",
        "nameIdFormats[]",
        "attributeSet",
        "metadata/@Binding",
        "metadata/@index",
    };

    /// <summary>
    /// The value, if it is harmless and looks as such a value does. What an address has after <c>?</c> or <c>#</c> can be secret, so dots
    /// stand for it.
    /// </summary>
    /// <param name="field">The path of the field, with <c>[]</c> after the name of a list.</param>
    /// <param name="value">The value.</param>
    public static string? Of(string field, string? value) =>
        value is null or { Length: > MaxLength } ? null
        : s_addresses.Contains(field) && Address().IsMatch(value) ? WithoutQuery(value)
        : s_names.Contains(field) && Name().IsMatch(value) ? value
        : null;

    private static string WithoutQuery(string address) =>
        address.IndexOfAny(['?', '#']) is >= 0 and var end ? $"{address[..end]}..." : address;

    /// <summary>Visible ASCII after a scheme, without a user name and password.</summary>
    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9+.-]*:/[!-?A-~]*\z")]
    private static partial Regex Address();

    [GeneratedRegex(@"\A[A-Za-z0-9_.:+-]{1,100}\z")]
    private static partial Regex Name();
}
