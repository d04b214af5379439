namespace Orleans.Sessions.States;

/// <summary>The name of the storage provider, and the names of the stored states. They are a part of what is stored.</summary>
public static class StateNames
{
    /// <summary>The grain storage provider.</summary>
    public const string Provider = "sessions";

    /// <summary>A session.</summary>
    public const string Session = "session";

    /// <summary>A user.</summary>
    public const string User = "user";

    /// <summary>A login at an external provider.</summary>
    public const string Intent = "intent";

    /// <summary>An OpenID Connect authorization.</summary>
    public const string Authorization = "authorization";

    /// <summary>A request of a SAML service provider.</summary>
    public const string SamlRequest = "saml-request";

    /// <summary>A logout with SAML service providers.</summary>
    public const string SamlLogout = "saml-logout";

    /// <summary>An answer that a SAML service provider fetches by an artifact.</summary>
    public const string SamlArtifact = "saml-artifact";

    /// <summary>The registered OpenID Connect clients.</summary>
    public const string OidcClients = "oidc-clients";

    /// <summary>The registered SAML service providers.</summary>
    public const string SamlServiceProviders = "saml-service-providers";

    /// <summary>The external identity providers.</summary>
    public const string IdentityProviders = "identity-providers";

    /// <summary>The keys that sign tokens, or the certificates that sign SAML messages.</summary>
    public const string SigningKeys = "signing-keys";

    /// <summary>The organizations.</summary>
    public const string Organizations = "organizations";

    /// <summary>What belongs to one organization alone.</summary>
    public const string Organization = "organization";

    /// <summary>The projects.</summary>
    public const string Projects = "projects";

    /// <summary>The roles of a user in projects.</summary>
    public const string UserRoles = "user-roles";

    /// <summary>The installation.</summary>
    public const string Instance = "instance";

    /// <summary>The settings that are changed at run time.</summary>
    public const string InstanceSettings = "instance-settings";

    /// <summary>The texts of login pages.</summary>
    public const string LoginTexts = "login-texts";

    /// <summary>How many messages may still be sent.</summary>
    public const string MessageBudget = "message-budget";
}
