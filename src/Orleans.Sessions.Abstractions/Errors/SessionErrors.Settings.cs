using static Orleans.Sessions.ErrorCode;

namespace Orleans.Sessions;

/// <content>Settings that are changed at run time.</content>
public static partial class SessionErrors
{
#pragma warning disable CS1591 // The rows are their own documentation.
    public static readonly SessionError FramesConfigured = new(
        "SETTINGS-Conf1",
        FailedPrecondition,
        "embeddedIframe: the configuration sets Sessions:Presentation:FrameOrigins: change it there"
    );
    public static readonly SessionError FrameOriginsInvalid = new(
        "SETTINGS-Fram1",
        InvalidArgument,
        "embeddedIframe: allowedOrigins must be at most 50 origins such as https://app.example.com (http only on loopback), "
            + "at least one if it is enabled and none if it is not"
    );
    public static readonly SessionError ImpersonationNotOffered = new(
        "SETTINGS-Imp01",
        Unimplemented,
        "enableImpersonation: this service issues no token for somebody else"
    );
    public static readonly SessionError FeatureFixed = new(
        "FEATURE-Fix01",
        FailedPrecondition,
        "This feature cannot be changed in this service"
    );
    public static readonly SessionError LoginPageConfigured = new(
        "FEATURE-Conf1",
        FailedPrecondition,
        "loginV2.baseUri: the configuration sets Sessions:Oidc:LoginUri: change it there"
    );
    public static readonly SessionError LoginPageInvalid = new(
        "FEATURE-Login",
        InvalidArgument,
        "loginV2.baseUri must be a path or an https URL (http only on loopback) without query and fragment, of at most 200 characters"
    );
    public static readonly SessionError LoginTextsInvalid = new(
        "SETTINGS-Text1",
        InvalidArgument,
        "translations: every value must be a text or an object of such values, at most 8 deep and 64 KiB of JSON in all"
    );
    public static readonly SessionError LocaleInvalid = new(
        "SETTINGS-Text2",
        InvalidArgument,
        "locale must be a BCP 47 tag such as en or de-CH"
    );
    public static readonly SessionError TooManyLocales = new(
        "SETTINGS-Text3",
        ResourceExhausted,
        "There are texts in 50 languages already"
    );
    public static readonly SessionError ProviderNotOffered = new(
        "IDP-Offer",
        FailedPrecondition,
        "The login policy does not offer this identity provider"
    );
    public static readonly SessionError TooManyAdministrators = new(
        "QUERY-Adm01",
        InvalidArgument,
        "The search covers too many administrators: name users (inUserIdsFilter)"
    );
#pragma warning restore CS1591
}
