namespace Orleans.Sessions.Gateway.FirstApi;

/// <summary>
/// Which methods do the jobs of the methods of ZITADEL's first API. Different services of that API have methods with the same name for the
/// same job, so the name of a method is enough.
/// </summary>
internal static class V1Successors
{
    private const string Users = "zitadel.user.v2.UserService";
    private const string Organizations = "zitadel.org.v2.OrganizationService";
    private const string Administrators = "zitadel.internal_permission.v2.InternalPermissionService";
    private const string Settings = "zitadel.settings.v2.SettingsService";
    private const string Providers = "zitadel.admin.v1.AdminService";
    private const string Projects = "zitadel.project.v2.ProjectService";
    private const string Applications = "zitadel.application.v2.ApplicationService";
    private const string Authorizations = "zitadel.authorization.v2.AuthorizationService";
    private const string Sessions = "zitadel.session.v2.SessionService";
    private const string Features = "zitadel.feature.v2.FeatureService";
    private const string Events = "sessions.events.v1.EventService";
    private const string Grants = "sessions.grants.v1.UserGrantService";

    /// <summary>A method that does the job of other methods.</summary>
    public sealed record Row(string Successor, params string[] Methods);

    /// <summary>All rows.</summary>
    public static IReadOnlyList<Row> Methods { get; } =
    [
        new($"{Users}/CreateUser", "AddHumanUser", "ImportHumanUser", "AddMachineUser"),
        new($"{Users}/GetUserByID", "GetUserByID", "GetHumanProfile", "GetHumanEmail", "GetHumanPhone", "GetMyProfile"),
        new($"{Users}/GetUserByID", "GetMyEmail", "GetMyPhone"),
        new($"{Users}/ListUsers", "ListUsers", "IsUserUnique", "GetUserByLoginNameGlobal"),
        new($"{Users}/UpdateUser", "UpdateUserName", "UpdateHumanProfile", "UpdateMachine", "UpdateMyProfile", "UpdateMyUserName"),
        new($"{Users}/DeactivateUser", "DeactivateUser"),
        new($"{Users}/ReactivateUser", "ReactivateUser"),
        new($"{Users}/LockUser", "LockUser"),
        new($"{Users}/UnlockUser", "UnlockUser"),
        new($"{Users}/DeleteUser", "RemoveUser", "RemoveMyUser"),
        new($"{Users}/SetEmail", "UpdateHumanEmail", "SetMyEmail"),
        new($"{Users}/ResendEmailCode", "ResendHumanEmailVerification", "ResendMyEmailVerification"),
        new($"{Users}/VerifyEmail", "VerifyMyEmail"),
        new($"{Users}/SetPhone", "UpdateHumanPhone", "SetMyPhone"),
        new($"{Users}/RemovePhone", "RemoveHumanPhone", "RemoveMyPhone"),
        new($"{Users}/ResendPhoneCode", "ResendHumanPhoneVerification", "ResendMyPhoneVerification"),
        new($"{Users}/VerifyPhone", "VerifyMyPhone"),
        new($"{Users}/SetPassword", "SetHumanPassword", "SetHumanInitialPassword", "UpdateMyPassword"),
        new($"{Users}/PasswordReset", "SendHumanResetPasswordNotification"),
        new($"{Users}/CreateInviteCode", "ResendHumanInitialization"),
        new($"{Users}/ListAuthenticationFactors", "ListHumanAuthFactors", "ListMyAuthFactors"),
        new($"{Users}/RegisterTOTP", "AddMyAuthFactorOTP"),
        new($"{Users}/VerifyTOTPRegistration", "VerifyMyAuthFactorOTP"),
        new($"{Users}/RemoveTOTP", "RemoveHumanAuthFactorOTP", "RemoveMyAuthFactorOTP"),
        new($"{Users}/AddOTPSMS", "AddMyAuthFactorOTPSMS"),
        new($"{Users}/RemoveOTPSMS", "RemoveHumanAuthFactorOTPSMS", "RemoveMyAuthFactorOTPSMS"),
        new($"{Users}/AddOTPEmail", "AddMyAuthFactorOTPEmail"),
        new($"{Users}/RemoveOTPEmail", "RemoveHumanAuthFactorOTPEmail", "RemoveMyAuthFactorOTPEmail"),
        new($"{Users}/RegisterU2F", "AddMyAuthFactorU2F"),
        new($"{Users}/VerifyU2FRegistration", "VerifyMyAuthFactorU2F"),
        new($"{Users}/RemoveU2F", "RemoveHumanAuthFactorU2F", "RemoveMyAuthFactorU2F"),
        new($"{Users}/ListPasskeys", "ListHumanPasswordless", "ListMyPasswordless"),
        new($"{Users}/CreatePasskeyRegistrationLink", "AddPasswordlessRegistration", "SendPasswordlessRegistration"),
        new($"{Users}/CreatePasskeyRegistrationLink", "AddMyPasswordlessLink", "SendMyPasswordlessLink"),
        new($"{Users}/RegisterPasskey", "AddMyPasswordless"),
        new($"{Users}/VerifyPasskeyRegistration", "VerifyMyPasswordless"),
        new($"{Users}/RemovePasskey", "RemoveHumanPasswordless", "RemoveMyPasswordless"),
        new($"{Users}/SetUserMetadata", "SetUserMetadata", "BulkSetUserMetadata"),
        new($"{Users}/ListUserMetadata", "ListUserMetadata", "GetUserMetadata", "ListMyMetadata", "GetMyMetadata"),
        new($"{Users}/DeleteUserMetadata", "RemoveUserMetadata", "BulkRemoveUserMetadata"),
        new($"{Users}/AddSecret", "GenerateMachineSecret"),
        new($"{Users}/RemoveSecret", "RemoveMachineSecret"),
        new($"{Users}/AddKey", "AddMachineKey"),
        new($"{Users}/ListKeys", "ListMachineKeys", "GetMachineKeyByIDs"),
        new($"{Users}/RemoveKey", "RemoveMachineKey"),
        new($"{Users}/AddPersonalAccessToken", "AddPersonalAccessToken"),
        new($"{Users}/ListPersonalAccessTokens", "ListPersonalAccessTokens", "GetPersonalAccessTokenByIDs"),
        new($"{Users}/RemovePersonalAccessToken", "RemovePersonalAccessToken"),
        new($"{Users}/ListIDPLinks", "ListHumanLinkedIDPs", "ListMyLinkedIDPs"),
        new($"{Users}/RemoveIDPLink", "RemoveHumanLinkedIDP", "RemoveMyLinkedIDP"),
        new($"{Sessions}/ListSessions", "ListMyUserSessions"),
        new($"{Organizations}/AddOrganization", "AddOrg", "SetUpOrg"),
        new($"{Organizations}/ListOrganizations", "ListOrgs", "GetOrgByID", "IsOrgUnique", "GetDefaultOrg", "GetOrgByDomainGlobal"),
        new($"{Organizations}/ListOrganizations", "ListMyProjectOrgs"),
        new($"{Organizations}/UpdateOrganization", "UpdateOrg"),
        new($"{Organizations}/DeactivateOrganization", "DeactivateOrg"),
        new($"{Organizations}/ActivateOrganization", "ReactivateOrg"),
        new($"{Organizations}/DeleteOrganization", "RemoveOrg"),
        new($"{Organizations}/AddOrganizationDomain", "AddOrgDomain"),
        new($"{Organizations}/ListOrganizationDomains", "ListOrgDomains"),
        new($"{Organizations}/DeleteOrganizationDomain", "RemoveOrgDomain"),
        new($"{Organizations}/GenerateOrganizationDomainValidation", "GenerateOrgDomainValidation"),
        new($"{Organizations}/VerifyOrganizationDomain", "ValidateOrgDomain"),
        new($"{Organizations}/SetOrganizationMetadata", "SetOrgMetadata", "BulkSetOrgMetadata"),
        new($"{Organizations}/ListOrganizationMetadata", "ListOrgMetadata", "GetOrgMetadata"),
        new($"{Organizations}/DeleteOrganizationMetadata", "RemoveOrgMetadata", "BulkRemoveOrgMetadata"),
        new($"{Administrators}/ListAdministrators", "ListOrgMembers", "ListIAMMembers", "ListProjectMembers", "ListUserMemberships"),
        new($"{Administrators}/ListAdministrators", "ListMyMemberships", "ListMyZitadelPermissions"),
        new($"{Administrators}/CreateAdministrator", "AddOrgMember", "AddIAMMember", "AddProjectMember"),
        new($"{Administrators}/UpdateAdministrator", "UpdateOrgMember", "UpdateIAMMember", "UpdateProjectMember"),
        new($"{Administrators}/DeleteAdministrator", "RemoveOrgMember", "RemoveIAMMember", "RemoveProjectMember"),
        new($"{Settings}/GetGeneralSettings", "GetSupportedLanguages", "GetAllowedLanguages", "GetDefaultLanguage"),
        new($"{Settings}/GetLoginSettings", "GetLoginPolicy", "GetDefaultLoginPolicy", "GetMyLoginPolicy"),
        new($"{Settings}/GetPasswordComplexitySettings", "GetPasswordComplexityPolicy", "GetDefaultPasswordComplexityPolicy"),
        new($"{Settings}/GetPasswordComplexitySettings", "GetMyPasswordComplexityPolicy"),
        new($"{Settings}/GetPasswordExpirySettings", "GetPasswordAgePolicy", "GetDefaultPasswordAgePolicy"),
        new($"{Settings}/GetLockoutSettings", "GetLockoutPolicy", "GetDefaultLockoutPolicy"),
        new($"{Settings}/GetDomainSettings", "GetDomainPolicy", "GetOrgIAMPolicy"),
        new($"{Settings}/GetBrandingSettings", "GetLabelPolicy", "GetDefaultLabelPolicy", "GetPreviewLabelPolicy", "GetMyLabelPolicy"),
        new($"{Settings}/GetLegalAndSupportSettings", "GetPrivacyPolicy", "GetDefaultPrivacyPolicy", "GetMyPrivacyPolicy"),
        new($"{Settings}/GetSecuritySettings", "GetSecurityPolicy"),
        new($"{Settings}/SetSecuritySettings", "SetSecurityPolicy"),
        new($"{Settings}/GetHostedLoginTranslation", "GetCustomLoginTexts", "GetDefaultLoginTexts"),
        new($"{Settings}/SetHostedLoginTranslation", "SetCustomLoginText", "ResetCustomLoginTextToDefault"),
        new($"{Providers}/GetProviderByID", "GetProviderByID", "GetIDPByID", "GetOrgIDPByID"),
        new($"{Providers}/ListProviders", "ListProviders", "ListIDPs", "ListOrgIDPs"),
        new($"{Providers}/AddGenericOIDCProvider", "AddGenericOIDCProvider", "AddOIDCIDP", "AddOrgOIDCIDP"),
        new($"{Providers}/UpdateGenericOIDCProvider", "UpdateGenericOIDCProvider"),
        new($"{Providers}/UpdateGenericOIDCProvider", "UpdateIDP", "UpdateIDPOIDCConfig", "UpdateOrgIDP", "UpdateOrgIDPOIDCConfig"),
        new($"{Providers}/DeleteProvider", "DeleteProvider", "RemoveIDP", "RemoveOrgIDP"),
        new($"{Providers}/ListLoginPolicyIDPs", "ListLoginPolicyIDPs"),
        new($"{Providers}/RemoveIDPFromLoginPolicy", "RemoveIDPFromLoginPolicy", "DeactivateIDP", "DeactivateOrgIDP"),
        new($"{Providers}/AddIDPToLoginPolicy", "AddIDPToLoginPolicy", "ReactivateIDP", "ReactivateOrgIDP"),
        new($"{Events}/SearchEvents", "ListEvents", "ListUserChanges", "ListMyUserChanges", "ListOrgChanges"),
        new($"{Events}/ListEventKinds", "ListEventTypes", "ListAggregateTypes"),
        new($"{Grants}/ListUserGrants", "ListMyRefreshTokens"),
        new($"{Grants}/RevokeUserGrants", "RevokeMyRefreshToken", "RevokeAllMyRefreshTokens"),
        new($"{Features}/SetInstanceFeatures", "SetInstanceFeature", "ActivateFeatureLoginDefaultOrg"),
        new($"{Projects}/CreateProject", "AddProject"),
        new($"{Projects}/GetProject", "GetProjectByID"),
        new($"{Projects}/ListProjects", "ListProjects"),
        new($"{Projects}/UpdateProject", "UpdateProject"),
        new($"{Projects}/DeactivateProject", "DeactivateProject"),
        new($"{Projects}/ActivateProject", "ReactivateProject"),
        new($"{Projects}/DeleteProject", "RemoveProject"),
        new($"{Projects}/AddProjectRole", "AddProjectRole", "BulkAddProjectRoles"),
        new($"{Projects}/UpdateProjectRole", "UpdateProjectRole"),
        new($"{Projects}/RemoveProjectRole", "RemoveProjectRole"),
        new($"{Projects}/ListProjectRoles", "ListProjectRoles"),
        new($"{Projects}/CreateProjectGrant", "AddProjectGrant"),
        new($"{Projects}/UpdateProjectGrant", "UpdateProjectGrant"),
        new($"{Projects}/DeactivateProjectGrant", "DeactivateProjectGrant"),
        new($"{Projects}/ActivateProjectGrant", "ReactivateProjectGrant"),
        new($"{Projects}/DeleteProjectGrant", "RemoveProjectGrant"),
        new($"{Projects}/ListProjectGrants", "ListProjectGrants", "ListAllProjectGrants", "GetProjectGrantByID"),
        new($"{Applications}/CreateApplication", "AddOIDCApp", "AddAPIApp", "AddSAMLApp"),
        new($"{Applications}/GetApplication", "GetAppByID"),
        new($"{Applications}/ListApplications", "ListApps"),
        new($"{Applications}/UpdateApplication", "UpdateApp", "UpdateOIDCAppConfig", "UpdateAPIAppConfig", "UpdateSAMLAppConfig"),
        new($"{Applications}/DeactivateApplication", "DeactivateApp"),
        new($"{Applications}/ReactivateApplication", "ReactivateApp"),
        new($"{Applications}/DeleteApplication", "RemoveApp"),
        new($"{Applications}/GenerateClientSecret", "RegenerateOIDCClientSecret", "RegenerateAPIClientSecret"),
        new($"{Applications}/CreateApplicationKey", "AddAppKey"),
        new($"{Applications}/DeleteApplicationKey", "RemoveAppKey"),
        new($"{Applications}/GetApplicationKey", "GetAppKey"),
        new($"{Applications}/ListApplicationKeys", "ListAppKeys"),
        new($"{Authorizations}/CreateAuthorization", "AddUserGrant"),
        new($"{Authorizations}/ListAuthorizations", "ListUserGrants", "GetUserGrantByID", "ListMyUserGrants"),
        new($"{Authorizations}/UpdateAuthorization", "UpdateUserGrant"),
        new($"{Authorizations}/DeactivateAuthorization", "DeactivateUserGrant"),
        new($"{Authorizations}/ActivateAuthorization", "ReactivateUserGrant"),
        new($"{Authorizations}/DeleteAuthorization", "RemoveUserGrant", "BulkRemoveUserGrant"),
    ];

    /// <summary>
    /// The service that does the jobs of the paths of a resource, the part of a path after <c>/v1/</c>; <c>null</c> if there is none.
    /// </summary>
    public static string? ServiceOf(string resource) =>
        resource switch
        {
            "users" or "global" or "metadata" => Users,
            "orgs" => Organizations,
            "members" or "memberships" or "permissions" => Administrators,
            "policies" or "text" or "languages" => Settings,
            "idps" => Providers,
            "projects" or "granted_projects" or "projectgrants" => Projects,
            "usergrants" => Authorizations,
            "events" => Events,
            _ => null,
        };
}
