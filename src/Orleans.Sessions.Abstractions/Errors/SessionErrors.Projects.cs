using static Orleans.Sessions.ErrorCode;

namespace Orleans.Sessions;

/// <content>Projects, authorizations, applications and web keys.</content>
public static partial class SessionErrors
{
#pragma warning disable CS1591 // The rows are their own documentation.
    public static readonly SessionError ProjectUnknown = new("COMMAND-3M9sd", NotFound, "Project could not be found");
    public static readonly SessionError ProjectExists = new(
        "PROJECT-Ex001",
        AlreadyExists,
        "A project or client with this id, or a project of the organization with this name, already exists"
    );
    public static readonly SessionError ProjectInvalid = new(
        "PROJECT-In001",
        InvalidArgument,
        "Ids, names and role keys must have 1 to 200 visible characters; an id has letters, digits and -._~@"
    );
    public static readonly SessionError ProjectOrganizationUnknown = new(
        "PROJECT-Org01",
        FailedPrecondition,
        "The organization does not exist, or it owns the project"
    );
    public static readonly SessionError TooManyProjects = new(
        "PROJECT-Mx001",
        ResourceExhausted,
        "There are 1000 projects already, or 200 roles or grants of the project, or 20000 roles, grants and granted roles in all"
    );
    public static readonly SessionError ProjectOrganizationInactive = new(
        "PROJECT-Org02",
        FailedPrecondition,
        "The organization that owns or gives this is deactivated or deleted"
    );
    public static readonly SessionError TooManyProjectsOfOrganization = new(
        "PROJECT-Mx002",
        ResourceExhausted,
        "The organization has 100 projects already"
    );
    public static readonly SessionError TooManyRemovals = new(
        "PROJECT-Mx003",
        ResourceExhausted,
        "Too much was removed from projects in the last minutes: try again later"
    );
    public static readonly SessionError ProjectInactiveAlready = new("COMMAND-mki55", FailedPrecondition, "Project is not active");
    public static readonly SessionError ProjectActiveAlready = new("COMMAND-5M9bs", FailedPrecondition, "Project is not inactive");
    public static readonly SessionError ProjectRoleUnknown = new(
        "PROJECT-Rol01",
        NotFound,
        "The project has no such role, or the organization may not give it"
    );
    public static readonly SessionError ProjectRoleExists = new("PROJECT-Rol02", AlreadyExists, "The project has a role with this key");
    public static readonly SessionError ProjectGrantUnknown = new("PROJECT-Gra01", NotFound, "Project grant could not be found");
    public static readonly SessionError ProjectGrantExists = new(
        "PROJECT-Gra02",
        AlreadyExists,
        "The project is granted to this organization already"
    );
    public static readonly SessionError ProjectGrantInactiveAlready = new(
        "PROJECT-Gra03",
        FailedPrecondition,
        "Project grant is not active"
    );
    public static readonly SessionError ProjectGrantActiveAlready = new(
        "PROJECT-Gra04",
        FailedPrecondition,
        "Project grant is not inactive"
    );
    public static readonly SessionError RoleAssignmentUnknown = new("AUTHZ-Id001", NotFound, "Authorization could not be found");
    public static readonly SessionError RoleAssignmentExists = new(
        "AUTHZ-Ex001",
        AlreadyExists,
        "The user has an authorization of this organization for this project"
    );
    public static readonly SessionError TooManyRoleAssignments = new(
        "AUTHZ-Mx001",
        ResourceExhausted,
        "The user has 100 authorizations already"
    );
    public static readonly SessionError RoleAssignmentInactiveAlready = new(
        "AUTHZ-St001",
        FailedPrecondition,
        "Authorization is not active"
    );
    public static readonly SessionError RoleAssignmentActiveAlready = new(
        "AUTHZ-St002",
        FailedPrecondition,
        "Authorization is not inactive"
    );
    public static readonly SessionError LoginNeedsAccess = new(
        "OIDC-foSyH49RvL",
        PermissionDenied,
        "Errors.User.ProjectRequired: the project is not granted to the organization of the user"
    );
    public static readonly SessionError LoginNeedsAuthorization = new(
        "OIDC-foSyH49RvL",
        PermissionDenied,
        "Errors.User.GrantRequired: the user has no authorization for the project"
    );
    public static readonly SessionError SamlLoginNeedsAccess = new(
        "SAML-foSyH49RvL",
        PermissionDenied,
        "Errors.User.ProjectRequired: the project is not granted to the organization of the user"
    );
    public static readonly SessionError SamlLoginNeedsAuthorization = new(
        "SAML-foSyH49RvL",
        PermissionDenied,
        "Errors.User.GrantRequired: the user has no authorization for the project"
    );
    public static readonly SessionError ApplicationUnknown = new("APP-Id001", NotFound, "Application could not be found");
    public static readonly SessionError TooManyApplications = new(
        "APP-Mx001",
        ResourceExhausted,
        "The organization has 100 applications already"
    );
    public static readonly SessionError ApplicationOfOtherKind = new(
        "APP-Kind1",
        FailedPrecondition,
        "The application is of another kind than the configuration of the request"
    );
    public static readonly SessionError ApplicationInactiveAlready = new("APP-St001", FailedPrecondition, "Application is not active");
    public static readonly SessionError ApplicationActiveAlready = new("APP-St002", FailedPrecondition, "Application is not inactive");
    public static readonly SessionError ApplicationWithoutSecret = new(
        "APP-Sec01",
        FailedPrecondition,
        "The application does not authenticate with a secret"
    );
    public static readonly SessionError ApplicationWithoutKeys = new(
        "APP-Key01",
        FailedPrecondition,
        "The application does not authenticate with keys (private_key_jwt)"
    );
    public static readonly SessionError ApplicationLoginPageForeign = new(
        "APP-Login",
        InvalidArgument,
        "loginVersion.loginV2.baseUri: its origin must be in Sessions:ReturnAddresses:Origins, or be that of this service or of its login "
            + "page; only who has oidc.client.write on the instance may name any other"
    );
    public static readonly SessionError ApplicationKeyUnknown = new("APP-Key02", NotFound, "Application key could not be found");
    public static readonly SessionError TooManyApplicationKeys = new("APP-Key03", ResourceExhausted, "The application has 20 keys already");
    public static readonly SessionError WebKeyUnknown = new("COMMAND-teiG3", NotFound, "Web key could not be found");
    public static readonly SessionError WebKeyAnnounced = new(
        "WEBKEY-Next1",
        FailedPrecondition,
        "The next web key is published already: activate or delete it first"
    );
    public static readonly SessionError WebKeyRetired = new(
        "WEBKEY-Old01",
        FailedPrecondition,
        "A web key that has signed before cannot sign again"
    );
    public static readonly SessionError WebKeySigns = new("COMMAND-Chai1", FailedPrecondition, "The web key that signs cannot be deleted");
#pragma warning restore CS1591
}
