using static Orleans.Sessions.Permission;
using static Orleans.Sessions.Tests.EveryMethod.Harness.MethodRule;

namespace Orleans.Sessions.Tests.EveryMethod.Harness;

/// <summary>The rule for a method with such a request.</summary>
/// <param name="Method">Service and method.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Json">The request, without the required texts.</param>
public sealed record MethodRow(string Method, MethodRule Rule, string Json = "{}");

/// <summary>Which callers may call which method of the contract. A method has several rows if its requests need different rights.</summary>
public static class MethodTable
{
    public static IReadOnlyList<MethodRow> Rows { get; } =
    [
        // Sessions.
        new("zitadel.session.v2.SessionService/ListSessions", Elsewhere("shows what the caller may see: Permissions")),
        new("zitadel.session.v2.SessionService/GetSession", Read(SessionRead)),
        new("zitadel.session.v2.SessionService/CreateSession", OnInstance(SessionWrite)),
        new("zitadel.session.v2.SessionService/SetSession", Frontend(SessionWrite), """{"lifetime":"600s"}"""),
        new("zitadel.session.v2.SessionService/DeleteSession", Change(SessionDelete, BySelf.Yes)),
        new("zitadel.session.v2.SessionService/DeleteUserSessions", Change(SessionDelete, BySelf.Yes)),
        // Users.
        new("zitadel.user.v2.UserService/CreateUser", OnOrganization(UserWrite), """{"organizationId":"org-1","machine":{"name":"new"}}"""),
        new(
            "zitadel.user.v2.UserService/AddHumanUser",
            OnOrganization(UserWrite),
            """
            {"organization":{"orgId":"org-1"},"profile":{"givenName":"A","familyName":"B"},"email":{"email":"{user}.new@example.com","isVerified":true}}
            """
        ),
        new("zitadel.user.v2.UserService/GetUserByID", Read(UserRead)),
        new("zitadel.user.v2.UserService/ListUsers", Anybody),
        new("zitadel.user.v2.UserService/UpdateUser", Change(UserWrite), """{"username":"{user}.renamed"}"""),
        new("zitadel.user.v2.UserService/UpdateUser", Change(UserWrite), """{"human":{"email":{"email":"{user}.other@example.com"}}}"""),
        new("zitadel.user.v2.UserService/UpdateUser", Change(UserWrite), """{"human":{"phone":{"phone":"+41791112233"}}}"""),
        new(
            "zitadel.user.v2.UserService/UpdateHumanUser",
            Change(UserWrite, BySelf.Yes),
            """{"profile":{"givenName":"A","familyName":"B"}}"""
        ),
        new("zitadel.user.v2.UserService/UpdateHumanUser", Change(UserWrite), """{"email":{"email":"{user}.other@example.com"}}"""),
        new(
            "zitadel.user.v2.UserService/UpdateHumanUser",
            Change(UserWrite, BySelf.PermittedAndProved),
            """{"email":{"email":"{user}.other@example.com","isVerified":true}}"""
        ),
        new("zitadel.user.v2.UserService/DeleteUser", Change(UserDelete)),
        new("zitadel.user.v2.UserService/LockUser", Change(UserWrite, BySelf.Never)),
        new("zitadel.user.v2.UserService/UnlockUser", Change(UserWrite, BySelf.Never)),
        new("zitadel.user.v2.UserService/DeactivateUser", Change(UserWrite, BySelf.Never)),
        new("zitadel.user.v2.UserService/ReactivateUser", Change(UserWrite, BySelf.Never)),
        new("zitadel.user.v2.UserService/HumanMFAInitSkipped", Change(UserWrite, BySelf.Yes)),
        new(
            "zitadel.user.v2.UserService/SetUserMetadata",
            Change(UserWrite, BySelf.Permitted),
            """{"metadata":[{"key":"k","value":"AQ=="}]}"""
        ),
        new("zitadel.user.v2.UserService/ListUserMetadata", Elsewhere("user.read even for oneself: UserMetadata")),
        new("zitadel.user.v2.UserService/DeleteUserMetadata", Change(UserWrite, BySelf.Permitted), """{"userId":"{user}","keys":["k"]}"""),
        // Contacts.
        new("zitadel.user.v2.UserService/SetEmail", Change(UserWrite), """{"email":"{user}.other@example.com"}"""),
        new(
            "zitadel.user.v2.UserService/SetEmail",
            Change(UserWrite, BySelf.PermittedAndProved),
            """{"email":"{user}.other@example.com","isVerified":true}"""
        ),
        new(
            "zitadel.user.v2.UserService/SetEmail",
            Change(UserWrite, BySelf.PermittedAndProved),
            """{"email":"{user}.other@example.com","returnCode":{}}"""
        ),
        new("zitadel.user.v2.UserService/ResendEmailCode", Change(UserWrite, BySelf.Yes)),
        new("zitadel.user.v2.UserService/ResendEmailCode", Change(UserWrite, BySelf.Permitted), """{"returnCode":{}}"""),
        new("zitadel.user.v2.UserService/SendEmailCode", Change(UserWrite, BySelf.Yes)),
        new("zitadel.user.v2.UserService/SendEmailCode", Change(UserWrite, BySelf.Permitted), """{"returnCode":{}}"""),
        new("zitadel.user.v2.UserService/VerifyEmail", Change(UserWrite, BySelf.Yes)),
        new("zitadel.user.v2.UserService/SetPhone", Change(UserWrite), """{"phone":"+41791112233"}"""),
        new(
            "zitadel.user.v2.UserService/SetPhone",
            Change(UserWrite, BySelf.PermittedAndProved),
            """{"phone":"+41791112233","returnCode":{}}"""
        ),
        new("zitadel.user.v2.UserService/RemovePhone", Change(UserWrite)),
        new("zitadel.user.v2.UserService/ResendPhoneCode", Change(UserWrite, BySelf.Yes)),
        new("zitadel.user.v2.UserService/ResendPhoneCode", Change(UserWrite, BySelf.Permitted), """{"returnCode":{}}"""),
        new("zitadel.user.v2.UserService/VerifyPhone", Change(UserWrite, BySelf.Yes)),
        new("zitadel.user.v2.UserService/CreateInviteCode", Change(UserWrite, BySelf.Permitted)),
        new("zitadel.user.v2.UserService/ResendInviteCode", Change(UserWrite, BySelf.Permitted)),
        new("zitadel.user.v2.UserService/VerifyInviteCode", Change(UserWrite, BySelf.Yes)),
        // Passwords.
        new("zitadel.user.v2.UserService/PasswordReset", Change(UserWrite, BySelf.Yes)),
        new("zitadel.user.v2.UserService/PasswordReset", Change(UserCredentialWrite, BySelf.PermittedAndProved), """{"returnCode":{}}"""),
        new(
            "zitadel.user.v2.UserService/SetPassword",
            Change(UserCredentialWrite, BySelf.PermittedAndProved),
            """{"newPassword":{"password":"Another-Horse-8"}}"""
        ),
        new(
            "zitadel.user.v2.UserService/SetPassword",
            Change(UserCredentialWrite, BySelf.Yes),
            """{"newPassword":{"password":"Another-Horse-8"},"currentPassword":"wrong"}"""
        ),
        new(
            "zitadel.user.v2.UserService/SetPassword",
            Change(UserCredentialWrite),
            """{"newPassword":{"password":"Another-Horse-8"},"verificationCode":"WRONG1"}"""
        ),
        // Factors.
        new("zitadel.user.v2.UserService/RegisterPasskey", Change(UserPasskeyWrite), """{"domain":"example.com"}"""),
        new(
            "zitadel.user.v2.UserService/VerifyPasskeyRegistration",
            Change(UserPasskeyWrite, BySelf.Yes),
            """{"publicKeyCredential":{}}"""
        ),
        new(
            "zitadel.user.v2.UserService/CreatePasskeyRegistrationLink",
            Change(UserPasskeyWrite, BySelf.PermittedAndProved),
            """{"returnCode":{}}"""
        ),
        new("zitadel.user.v2.UserService/ListPasskeys", Read(UserRead)),
        new("zitadel.user.v2.UserService/RemovePasskey", Change(UserPasskeyWrite)),
        new("zitadel.user.v2.UserService/RegisterU2F", Change(UserCredentialWrite), """{"domain":"example.com"}"""),
        new("zitadel.user.v2.UserService/VerifyU2FRegistration", Change(UserCredentialWrite, BySelf.Yes), """{"publicKeyCredential":{}}"""),
        new("zitadel.user.v2.UserService/RemoveU2F", Change(UserCredentialWrite)),
        new("zitadel.user.v2.UserService/RegisterTOTP", Change(UserCredentialWrite)),
        new("zitadel.user.v2.UserService/VerifyTOTPRegistration", Change(UserCredentialWrite)),
        new("zitadel.user.v2.UserService/RemoveTOTP", Change(UserCredentialWrite)),
        new("zitadel.user.v2.UserService/AddOTPSMS", Change(UserCredentialWrite)),
        new("zitadel.user.v2.UserService/RemoveOTPSMS", Change(UserCredentialWrite)),
        new("zitadel.user.v2.UserService/AddOTPEmail", Change(UserCredentialWrite)),
        new("zitadel.user.v2.UserService/RemoveOTPEmail", Change(UserCredentialWrite)),
        new("zitadel.user.v2.UserService/GenerateRecoveryCodes", Change(UserCredentialWrite), """{"count":1}"""),
        new("zitadel.user.v2.UserService/RemoveRecoveryCodes", Change(UserCredentialWrite)),
        new("zitadel.user.v2.UserService/ListAuthenticationMethodTypes", Read(UserRead)),
        new("zitadel.user.v2.UserService/ListAuthenticationFactors", Read(UserRead)),
        // External identity providers.
        new(
            "zitadel.user.v2.UserService/StartIdentityProviderIntent",
            Elsewhere("anybody with a token, as far as the return addresses allow: LoggingIn")
        ),
        new("zitadel.user.v2.UserService/RetrieveIdentityProviderIntent", Elsewhere("the intent's token: LoggingIn")),
        new(
            "zitadel.user.v2.UserService/AddIDPLink",
            Change(UserWrite, BySelf.PermittedAndProved),
            """{"idpLink":{"idpId":"idp","userId":"external","userName":"external"}}"""
        ),
        new(
            "zitadel.user.v2.UserService/AddIDPLink",
            Change(UserWrite),
            $$$"""{"provedIdpLink":{"idpIntentId":"none","idpIntentToken":"{{{new string('A', 43)}}}"}}"""
        ),
        new("zitadel.user.v2.UserService/ListIDPLinks", Read(UserRead)),
        new("zitadel.user.v2.UserService/RemoveIDPLink", Change(UserWrite)),
        new("zitadel.idp.v2.IdentityProviderService/GetIDPByID", OnInstance(IdentityProviderRead)),
        new(
            "zitadel.admin.v1.IdentityProviderAdminService/AddGenericOIDCProvider",
            OnInstance(IdentityProviderWrite),
            """{"issuer":"https://idp.example"}"""
        ),
        new(
            "zitadel.admin.v1.IdentityProviderAdminService/UpdateGenericOIDCProvider",
            OnInstance(IdentityProviderWrite),
            """{"issuer":"https://idp.example"}"""
        ),
        new("zitadel.admin.v1.IdentityProviderAdminService/DeleteProvider", OnInstance(IdentityProviderWrite)),
        // Identity providers by ZITADEL's names.
        new("zitadel.admin.v1.AdminService/Healthz", Everybody),
        new("zitadel.admin.v1.AdminService/GetProviderByID", OnInstance(IdentityProviderRead)),
        new("zitadel.admin.v1.AdminService/ListProviders", OnInstance(IdentityProviderRead)),
        new(
            "zitadel.admin.v1.AdminService/AddGenericOIDCProvider",
            OnInstance(IdentityProviderWrite),
            """{"issuer":"https://idp.example"}"""
        ),
        new(
            "zitadel.admin.v1.AdminService/UpdateGenericOIDCProvider",
            OnInstance(IdentityProviderWrite),
            """{"issuer":"https://idp.example"}"""
        ),
        new("zitadel.admin.v1.AdminService/DeleteProvider", OnInstance(IdentityProviderWrite)),
        new("zitadel.admin.v1.AdminService/ListLoginPolicyIDPs", OnInstance(PolicyRead)),
        new("zitadel.admin.v1.AdminService/AddIDPToLoginPolicy", OnInstance(IdentityProviderWrite)),
        new("zitadel.admin.v1.AdminService/RemoveIDPFromLoginPolicy", OnInstance(IdentityProviderWrite)),
        new("zitadel.admin.v1.AdminService/GetIDPByID", NotOffered),
        new("zitadel.admin.v1.AdminService/ListIDPs", NotOffered),
        new("zitadel.admin.v1.AdminService/AddOIDCIDP", NotOffered),
        new("zitadel.admin.v1.AdminService/AddJWTIDP", NotOffered),
        new("zitadel.admin.v1.AdminService/UpdateIDP", NotOffered),
        new("zitadel.admin.v1.AdminService/DeactivateIDP", NotOffered),
        new("zitadel.admin.v1.AdminService/ReactivateIDP", NotOffered),
        new("zitadel.admin.v1.AdminService/RemoveIDP", NotOffered),
        new("zitadel.admin.v1.AdminService/UpdateIDPOIDCConfig", NotOffered),
        new("zitadel.admin.v1.AdminService/UpdateIDPJWTConfig", NotOffered),
        new(
            "zitadel.admin.v1.AdminService/AddGenericOAuthProvider",
            OnInstance(IdentityProviderWrite),
            """
            {"authorizationEndpoint":"https://idp.example/a","tokenEndpoint":"https://idp.example/t",
            "userEndpoint":"https://idp.example/u","idAttribute":"id"}
            """
        ),
        new(
            "zitadel.admin.v1.AdminService/UpdateGenericOAuthProvider",
            OnInstance(IdentityProviderWrite),
            """
            {"authorizationEndpoint":"https://idp.example/a","tokenEndpoint":"https://idp.example/t",
            "userEndpoint":"https://idp.example/u","idAttribute":"id"}
            """
        ),
        new("zitadel.admin.v1.AdminService/MigrateGenericOIDCProvider", NotOffered),
        new(
            "zitadel.admin.v1.AdminService/AddJWTProvider",
            OnInstance(IdentityProviderWrite),
            """{"jwtEndpoint":"https://idp.example/login","keysEndpoint":"https://idp.example/keys","headerName":"x-token"}"""
        ),
        new(
            "zitadel.admin.v1.AdminService/UpdateJWTProvider",
            OnInstance(IdentityProviderWrite),
            """{"jwtEndpoint":"https://idp.example/login","keysEndpoint":"https://idp.example/keys","headerName":"x-token"}"""
        ),
        new("zitadel.admin.v1.AdminService/AddAzureADProvider", OnInstance(IdentityProviderWrite)),
        new("zitadel.admin.v1.AdminService/UpdateAzureADProvider", OnInstance(IdentityProviderWrite)),
        new("zitadel.admin.v1.AdminService/AddGitHubProvider", OnInstance(IdentityProviderWrite)),
        new("zitadel.admin.v1.AdminService/UpdateGitHubProvider", OnInstance(IdentityProviderWrite)),
        new(
            "zitadel.admin.v1.AdminService/AddGitHubEnterpriseServerProvider",
            OnInstance(IdentityProviderWrite),
            """
            {"authorizationEndpoint":"https://idp.example/a","tokenEndpoint":"https://idp.example/t",
            "userEndpoint":"https://idp.example/u"}
            """
        ),
        new(
            "zitadel.admin.v1.AdminService/UpdateGitHubEnterpriseServerProvider",
            OnInstance(IdentityProviderWrite),
            """
            {"authorizationEndpoint":"https://idp.example/a","tokenEndpoint":"https://idp.example/t",
            "userEndpoint":"https://idp.example/u"}
            """
        ),
        new("zitadel.admin.v1.AdminService/AddGitLabProvider", OnInstance(IdentityProviderWrite)),
        new("zitadel.admin.v1.AdminService/UpdateGitLabProvider", OnInstance(IdentityProviderWrite)),
        new(
            "zitadel.admin.v1.AdminService/AddGitLabSelfHostedProvider",
            OnInstance(IdentityProviderWrite),
            """{"issuer":"https://idp.example"}"""
        ),
        new(
            "zitadel.admin.v1.AdminService/UpdateGitLabSelfHostedProvider",
            OnInstance(IdentityProviderWrite),
            """{"issuer":"https://idp.example"}"""
        ),
        new("zitadel.admin.v1.AdminService/AddGoogleProvider", OnInstance(IdentityProviderWrite)),
        new("zitadel.admin.v1.AdminService/UpdateGoogleProvider", OnInstance(IdentityProviderWrite)),
        new("zitadel.admin.v1.AdminService/AddLDAPProvider", NotOffered),
        new("zitadel.admin.v1.AdminService/UpdateLDAPProvider", NotOffered),
        new("zitadel.admin.v1.AdminService/AddAppleProvider", OnInstance(IdentityProviderWrite)),
        new("zitadel.admin.v1.AdminService/UpdateAppleProvider", OnInstance(IdentityProviderWrite)),
        new("zitadel.admin.v1.AdminService/AddSAMLProvider", NotOffered),
        new("zitadel.admin.v1.AdminService/UpdateSAMLProvider", NotOffered),
        new("zitadel.admin.v1.AdminService/RegenerateSAMLProviderCertificate", NotOffered),
        // Service accounts.
        new("zitadel.user.v2.UserService/AddSecret", Change(UserWrite)),
        new("zitadel.user.v2.UserService/RemoveSecret", Change(UserWrite)),
        new("zitadel.user.v2.UserService/AddKey", Change(UserWrite), """{"expirationDate":"2126-01-01T00:00:00Z"}"""),
        new("zitadel.user.v2.UserService/RemoveKey", Change(UserWrite)),
        new("zitadel.user.v2.UserService/ListKeys", Elsewhere("shows what the caller may see: MachineCredentialLists")),
        new("zitadel.user.v2.UserService/AddPersonalAccessToken", Change(UserWrite), """{"expirationDate":"2126-01-01T00:00:00Z"}"""),
        new("zitadel.user.v2.UserService/RemovePersonalAccessToken", Change(UserWrite)),
        new("zitadel.user.v2.UserService/ListPersonalAccessTokens", Elsewhere("shows what the caller may see: MachineCredentialLists")),
        // Administrators: a caller who grants must also be allowed to change the user; a caller who takes away need not.
        new(
            "zitadel.internal_permission.v2.InternalPermissionService/CreateAdministrator",
            Grant(null),
            """{"userId":"{user}","resource":{"instance":true},"roles":["IAM_OWNER_VIEWER"]}"""
        ),
        new(
            "zitadel.internal_permission.v2.InternalPermissionService/CreateAdministrator",
            Grant(SessionCluster.OrganizationId),
            """{"userId":"{user}","resource":{"organizationId":"org-1"},"roles":["ORG_OWNER"]}"""
        ),
        new(
            "zitadel.internal_permission.v2.InternalPermissionService/UpdateAdministrator",
            Grant(null),
            """{"userId":"{user}","resource":{"instance":true},"roles":["IAM_OWNER_VIEWER"]}"""
        ),
        new(
            "zitadel.internal_permission.v2.InternalPermissionService/UpdateAdministrator",
            Grant(SessionCluster.OrganizationId),
            """{"userId":"{user}","resource":{"organizationId":"org-1"},"roles":["ORG_OWNER"]}"""
        ),
        new(
            "zitadel.internal_permission.v2.InternalPermissionService/DeleteAdministrator",
            OnInstance(MemberWrite),
            """{"userId":"{user}","resource":{"instance":true}}"""
        ),
        new(
            "zitadel.internal_permission.v2.InternalPermissionService/DeleteAdministrator",
            OnOrganization(MemberWrite),
            """{"userId":"{user}","resource":{"organizationId":"org-1"}}"""
        ),
        new("zitadel.internal_permission.v2.InternalPermissionService/ListAdministrators", Anybody),
        new("zitadel.org.v2.OrganizationService/AddOrganization", OnInstance(OrganizationCreate), """{"name":"{user}"}"""),
        new("zitadel.org.v2.OrganizationService/ListOrganizations", Anybody),
        new("zitadel.org.v2.OrganizationService/UpdateOrganization", OnOrganization(OrganizationWrite), """{"organizationId":"org-1"}"""),
        new(
            "zitadel.org.v2.OrganizationService/AddOrganizationDomain",
            OnOrganization(OrganizationWrite),
            """{"organizationId":"org-1"}"""
        ),
        new(
            "zitadel.org.v2.OrganizationService/ListOrganizationDomains",
            OnOrganization(OrganizationRead),
            """{"organizationId":"org-1"}"""
        ),
        new(
            "zitadel.org.v2.OrganizationService/DeleteOrganizationDomain",
            OnOrganization(OrganizationWrite),
            """{"organizationId":"org-1"}"""
        ),
        new(
            "zitadel.org.v2.OrganizationService/GenerateOrganizationDomainValidation",
            OnOrganization(OrganizationWrite),
            """{"organizationId":"org-1"}"""
        ),
        new(
            "zitadel.org.v2.OrganizationService/VerifyOrganizationDomain",
            OnOrganization(OrganizationWrite),
            """{"organizationId":"org-1"}"""
        ),
        new(
            "zitadel.org.v2.OrganizationService/SetOrganizationMetadata",
            OnOrganization(OrganizationWrite),
            """{"organizationId":"org-1"}"""
        ),
        new(
            "zitadel.org.v2.OrganizationService/ListOrganizationMetadata",
            OnOrganization(OrganizationRead),
            """{"organizationId":"org-1"}"""
        ),
        new(
            "zitadel.org.v2.OrganizationService/DeleteOrganizationMetadata",
            OnOrganization(OrganizationWrite),
            """{"organizationId":"org-1"}"""
        ),
        // These also need the rights of everybody in the organization, which OrganizationStateTests check.
        new("zitadel.org.v2.OrganizationService/DeactivateOrganization", OnInstance(OrganizationWrite)),
        new("zitadel.org.v2.OrganizationService/ActivateOrganization", OnOrganization(OrganizationWrite), """{"organizationId":"org-1"}"""),
        new("zitadel.org.v2.OrganizationService/DeleteOrganization", OnInstance(OrganizationDelete)),
        // Logins of applications.
        new("zitadel.oidc.v2.OIDCService/GetAuthRequest", OnInstance(SessionLink)),
        new(
            "zitadel.oidc.v2.OIDCService/CreateCallback",
            OnInstance(SessionLink),
            """{"session":{"sessionId":"{session}","sessionToken":"unknown"}}"""
        ),
        new("zitadel.oidc.v2.OIDCService/GetDeviceAuthorizationRequest", OnInstance(SessionLink), """{"userCode":"ABCD-EFGH"}"""),
        new("zitadel.oidc.v2.OIDCService/AuthorizeOrDenyDeviceAuthorization", OnInstance(SessionLink), """{"deny":{}}"""),
        new("zitadel.saml.v2.SAMLService/GetSAMLRequest", OnInstance(SessionLink)),
        new(
            "zitadel.saml.v2.SAMLService/CreateResponse",
            OnInstance(SessionLink),
            """{"session":{"sessionId":"{session}","sessionToken":"unknown"}}"""
        ),
        // The grants of applications are found in the database, so other tests check the results.
        new("sessions.grants.v1.UserGrantService/ListUserGrants", Elsewhere("as Read(UserRead): UserGrants")),
        new("sessions.grants.v1.UserGrantService/RevokeUserGrants", Elsewhere("as Change(UserWrite, BySelf.Yes): UserGrants")),
        // What login pages, and pages of a person's own sessions, need beside the contract.
        new("sessions.login.v1.LoginService/GetSessionEvaluation", Elsewhere("the session's token and the right to read it: Evaluation")),
        new("sessions.login.v1.LoginService/ListSessionsByToken", Elsewhere("the tokens of the sessions: SessionsByToken")),
        new("sessions.login.v1.LoginService/ListBrokenPasswordRules", Anybody),
        new("sessions.login.v1.LoginService/CreateLoginClient", Elsewhere("iam.member.write and user.write: Evaluation")),
        new("sessions.account.v1.AccountService/ListSessionApplications", Elsewhere("as GetSession and ListUserGrants: AccountPage")),
        new("sessions.account.v1.AccountService/EndSessionApplication", Elsewhere("as GetSession and RevokeUserGrants: AccountPage")),
        new("sessions.account.v1.AccountService/SetDeviceName", Elsewhere("the session's user, or session.write: AccountPage")),
        new("sessions.account.v1.AccountService/ListAuthenticators", Read(UserRead)),
        // Applications.
        new(
            "sessions.oidc.v1.OidcClientService/CreateClient",
            OnInstance(OidcClientWrite),
            """{"settings":{"redirectUris":["https://a.example/"]}}"""
        ),
        new("sessions.oidc.v1.OidcClientService/GetClient", OnInstance(OidcClientRead)),
        new("sessions.oidc.v1.OidcClientService/ListClients", OnInstance(OidcClientRead)),
        new(
            "sessions.oidc.v1.OidcClientService/UpdateClient",
            OnInstance(OidcClientWrite),
            """{"settings":{"redirectUris":["https://a.example/"]}}"""
        ),
        new("sessions.oidc.v1.OidcClientService/RegenerateSecret", OnInstance(OidcClientWrite)),
        new("sessions.oidc.v1.OidcClientService/DeleteClient", OnInstance(OidcClientWrite)),
        new("sessions.oidc.v1.OidcClientService/CreateInitialAccessToken", OnInstance(OidcClientWrite)),
        new("sessions.oidc.v1.OidcClientService/ListInitialAccessTokens", OnInstance(OidcClientRead)),
        new("sessions.oidc.v1.OidcClientService/DeleteInitialAccessToken", OnInstance(OidcClientWrite), """{"tokenId":"t"}"""),
        new("sessions.oidc.v1.OidcClientService/ListLogouts", Elsewhere("oidc.client.read, but it reads the database: Logouts")),
        new(
            "sessions.saml.v1.ServiceProviderService/CreateServiceProvider",
            OnInstance(SamlProviderWrite),
            """{"settings":{"name":"sp"}}"""
        ),
        new("sessions.saml.v1.ServiceProviderService/GetServiceProvider", OnInstance(SamlProviderRead)),
        new("sessions.saml.v1.ServiceProviderService/ListServiceProviders", OnInstance(SamlProviderRead)),
        new(
            "sessions.saml.v1.ServiceProviderService/UpdateServiceProvider",
            OnInstance(SamlProviderWrite),
            """{"settings":{"name":"sp"}}"""
        ),
        new("sessions.saml.v1.ServiceProviderService/RefreshServiceProvider", OnInstance(SamlProviderWrite)),
        new("sessions.saml.v1.ServiceProviderService/DeleteServiceProvider", OnInstance(SamlProviderWrite)),
        new("sessions.keys.v1.SigningKeyService/ListSigningKeys", OnInstance(SigningKeyRead), """{"purpose":1}"""),
        new("sessions.keys.v1.SigningKeyService/RotateSigningKeys", OnInstance(SigningKeyWrite), """{"purpose":1}"""),
        // Projects. A project that does not exist needs the permission on the instance; those of organizations are in ProjectTests.
        new("zitadel.project.v2.ProjectService/CreateProject", OnOrganization(ProjectWrite), """{"organizationId":"org-1"}"""),
        new(
            "zitadel.project.v2.ProjectService/CreateProject",
            OnInstance(ProjectWrite),
            """{"organizationId":"org-1","projectId":"chosen"}"""
        ),
        new("zitadel.project.v2.ProjectService/UpdateProject", OnInstance(ProjectWrite)),
        new("zitadel.project.v2.ProjectService/DeleteProject", OnInstance(ProjectDelete)),
        new("zitadel.project.v2.ProjectService/GetProject", OnInstance(ProjectRead)),
        new("zitadel.project.v2.ProjectService/ListProjects", Anybody),
        new("zitadel.project.v2.ProjectService/DeactivateProject", OnInstance(ProjectWrite)),
        new("zitadel.project.v2.ProjectService/ActivateProject", OnInstance(ProjectWrite)),
        new("zitadel.project.v2.ProjectService/AddProjectRole", OnInstance(ProjectWrite)),
        new("zitadel.project.v2.ProjectService/UpdateProjectRole", OnInstance(ProjectWrite)),
        new("zitadel.project.v2.ProjectService/RemoveProjectRole", OnInstance(ProjectWrite)),
        new("zitadel.project.v2.ProjectService/ListProjectRoles", OnInstance(ProjectRead)),
        new("zitadel.project.v2.ProjectService/CreateProjectGrant", OnInstance(ProjectWrite)),
        new("zitadel.project.v2.ProjectService/UpdateProjectGrant", OnInstance(ProjectWrite)),
        new("zitadel.project.v2.ProjectService/DeleteProjectGrant", OnInstance(ProjectWrite)),
        new("zitadel.project.v2.ProjectService/DeactivateProjectGrant", OnInstance(ProjectWrite)),
        new("zitadel.project.v2.ProjectService/ActivateProjectGrant", OnInstance(ProjectWrite)),
        new("zitadel.project.v2.ProjectService/ListProjectGrants", Anybody),
        // The same projects by our own service.
        new(
            "sessions.projects.v1.ProjectService/CreateProject",
            OnOrganization(ProjectWrite),
            """{"organizationId":"org-1","settings":{}}"""
        ),
        new(
            "sessions.projects.v1.ProjectService/CreateProject",
            OnInstance(ProjectWrite),
            """{"organizationId":"org-1","projectId":"chosen-too","settings":{"name":"chosen"}}"""
        ),
        new("sessions.projects.v1.ProjectService/GetProject", OnInstance(ProjectRead)),
        new("sessions.projects.v1.ProjectService/ListProjects", Anybody),
        new("sessions.projects.v1.ProjectService/UpdateProject", OnInstance(ProjectWrite), """{"settings":{}}"""),
        new("sessions.projects.v1.ProjectService/DeactivateProject", OnInstance(ProjectWrite)),
        new("sessions.projects.v1.ProjectService/ActivateProject", OnInstance(ProjectWrite)),
        new("sessions.projects.v1.ProjectService/DeleteProject", OnInstance(ProjectDelete)),
        new("sessions.projects.v1.ProjectService/SetProjectRole", OnInstance(ProjectWrite)),
        new("sessions.projects.v1.ProjectService/RemoveProjectRole", OnInstance(ProjectWrite)),
        new("sessions.projects.v1.ProjectService/SetProjectGrant", OnInstance(ProjectWrite)),
        new("sessions.projects.v1.ProjectService/RemoveProjectGrant", OnInstance(ProjectWrite)),
        // Applications of projects.
        new("zitadel.application.v2.ApplicationService/CreateApplication", OnInstance(ProjectWrite), """{"apiConfiguration":{}}"""),
        new(
            "zitadel.application.v2.ApplicationService/CreateApplication",
            OnInstance(ProjectWrite),
            """{"samlConfiguration":{"metadataXml":"PG1kLz4="}}"""
        ),
        // Whether a login page may be named is told to nobody else.
        new(
            "zitadel.application.v2.ApplicationService/CreateApplication",
            OnInstance(ProjectWrite),
            """{"oidcConfiguration":{"loginVersion":{"loginV2":{"baseUri":"https://elsewhere.example"}}}}"""
        ),
        new("zitadel.application.v2.ApplicationService/UpdateApplication", OnInstance(ProjectWrite), """{"name":"new"}"""),
        new("zitadel.application.v2.ApplicationService/UpdateApplication", OnInstance(ProjectWrite)),
        new(
            "zitadel.application.v2.ApplicationService/UpdateApplication",
            OnInstance(ProjectWrite),
            """{"oidcConfiguration":{"loginVersion":{"loginV2":{"baseUri":"https://elsewhere.example"}}}}"""
        ),
        new("zitadel.application.v2.ApplicationService/GetApplication", OnInstance(ProjectRead)),
        new("zitadel.application.v2.ApplicationService/DeleteApplication", OnInstance(ProjectWrite)),
        new("zitadel.application.v2.ApplicationService/DeactivateApplication", OnInstance(ProjectWrite)),
        new("zitadel.application.v2.ApplicationService/ReactivateApplication", OnInstance(ProjectWrite)),
        new("zitadel.application.v2.ApplicationService/GenerateClientSecret", OnInstance(ProjectWrite)),
        new("zitadel.application.v2.ApplicationService/ListApplications", Anybody),
        new("zitadel.application.v2.ApplicationService/CreateApplicationKey", OnInstance(ProjectWrite)),
        new("zitadel.application.v2.ApplicationService/DeleteApplicationKey", OnInstance(ProjectWrite)),
        new("zitadel.application.v2.ApplicationService/GetApplicationKey", OnInstance(ProjectRead)),
        new("zitadel.application.v2.ApplicationService/ListApplicationKeys", Anybody),
        // Authorizations.
        new(
            "zitadel.authorization.v2.AuthorizationService/CreateAuthorization",
            OnOrganization(UserGrantWrite),
            """{"organizationId":"org-1"}"""
        ),
        new("zitadel.authorization.v2.AuthorizationService/CreateAuthorization", OnInstance(UserGrantWrite)),
        new(
            "zitadel.authorization.v2.AuthorizationService/UpdateAuthorization",
            Elsewhere("user.grant.write of the organization that gave it, but it reads the database: ProjectTests")
        ),
        new(
            "zitadel.authorization.v2.AuthorizationService/DeleteAuthorization",
            Elsewhere("user.grant.delete of the organization that gave it, but it reads the database: ProjectTests")
        ),
        new(
            "zitadel.authorization.v2.AuthorizationService/ActivateAuthorization",
            Elsewhere("user.grant.write of the organization that gave it, but it reads the database: ProjectTests")
        ),
        new(
            "zitadel.authorization.v2.AuthorizationService/DeactivateAuthorization",
            Elsewhere("user.grant.write of the organization that gave it, but it reads the database: ProjectTests")
        ),
        new(
            "zitadel.authorization.v2.AuthorizationService/ListAuthorizations",
            Elsewhere("shows what the caller may see: RoleAssignmentDirectoryTests")
        ),
        // The same authorizations by our own service.
        new("sessions.roles.v1.UserRoleService/SetUserRoles", OnOrganization(UserGrantWrite), """{"organizationId":"org-1"}"""),
        new("sessions.roles.v1.UserRoleService/SetUserRoles", OnInstance(UserGrantWrite)),
        new(
            "sessions.roles.v1.UserRoleService/RemoveUserRoles",
            Elsewhere("user.grant.delete of the organization that gave them, or user.write of the user: UserRoleTests")
        ),
        new("sessions.roles.v1.UserRoleService/GetUserRoles", Read(UserRead)),
        new(
            "sessions.roles.v1.UserRoleService/ListRoleAssignments",
            Elsewhere("shows what the caller may see: RoleAssignmentDirectoryTests")
        ),
        // Web keys.
        new("zitadel.webkey.v2.WebKeyService/CreateWebKey", OnInstance(SigningKeyWrite)),
        new("zitadel.webkey.v2.WebKeyService/ActivateWebKey", OnInstance(SigningKeyWrite)),
        new("zitadel.webkey.v2.WebKeyService/DeleteWebKey", OnInstance(SigningKeyWrite)),
        new("zitadel.webkey.v2.WebKeyService/ListWebKeys", OnInstance(SigningKeyRead)),
        // Security events.
        new(
            "sessions.events.v1.EventService/SearchEvents",
            Elsewhere("shows what the caller may see, and what concerns the caller: SecurityEvents")
        ),
        new("sessions.events.v1.EventService/ListEventKinds", Anybody),
        // Settings and features.
        new("zitadel.settings.v2.SettingsService/GetGeneralSettings", OnInstance(PolicyRead)),
        new("zitadel.settings.v2.SettingsService/GetLoginSettings", OnInstance(PolicyRead)),
        new("zitadel.settings.v2.SettingsService/GetActiveIdentityProviders", OnOrganization(PolicyRead)),
        new("zitadel.settings.v2.SettingsService/GetPasswordComplexitySettings", OnInstance(PolicyRead)),
        new("zitadel.settings.v2.SettingsService/GetPasswordExpirySettings", OnInstance(PolicyRead)),
        new("zitadel.settings.v2.SettingsService/GetDomainSettings", OnInstance(PolicyRead)),
        new("zitadel.settings.v2.SettingsService/GetBrandingSettings", OnInstance(PolicyRead)),
        new("zitadel.settings.v2.SettingsService/GetLegalAndSupportSettings", OnInstance(PolicyRead)),
        new("zitadel.settings.v2.SettingsService/GetLockoutSettings", OnInstance(PolicyRead)),
        new("zitadel.settings.v2.SettingsService/GetSecuritySettings", OnInstance(PolicyRead)),
        new("zitadel.settings.v2.SettingsService/SetSecuritySettings", OnInstance(PolicyWrite)),
        new("zitadel.settings.v2.SettingsService/GetHostedLoginTranslation", OnInstance(PolicyRead), """{"instance":true,"locale":"en"}"""),
        new(
            "zitadel.settings.v2.SettingsService/SetHostedLoginTranslation",
            OnInstance(PolicyWrite),
            """{"instance":true,"locale":"en","translations":{"a":"b"}}"""
        ),
        new("zitadel.feature.v2.FeatureService/SetSystemFeatures", OnInstance(PolicyWrite)),
        new("zitadel.feature.v2.FeatureService/ResetSystemFeatures", OnInstance(PolicyWrite)),
        new("zitadel.feature.v2.FeatureService/GetSystemFeatures", OnInstance(PolicyRead)),
        new("zitadel.feature.v2.FeatureService/SetInstanceFeatures", OnInstance(PolicyWrite)),
        new("zitadel.feature.v2.FeatureService/ResetInstanceFeatures", OnInstance(PolicyWrite)),
        new("zitadel.feature.v2.FeatureService/GetInstanceFeatures", OnInstance(PolicyRead)),
        new("zitadel.feature.v2.FeatureService/SetOrganizationFeatures", NotOffered),
        new("zitadel.feature.v2.FeatureService/ResetOrganizationFeatures", NotOffered),
        new("zitadel.feature.v2.FeatureService/GetOrganizationFeatures", OnOrganization(PolicyRead), """{"organizationId":"org-1"}"""),
        new("zitadel.feature.v2.FeatureService/SetUserFeatures", NotOffered),
        new("zitadel.feature.v2.FeatureService/ResetUserFeatures", NotOffered),
        new("zitadel.feature.v2.FeatureService/GetUserFeatures", Elsewhere("policy.read, or the user itself: Features")),
        // What examples of ZITADEL's first API begin with.
        new("zitadel.auth.v1.AuthService/Healthz", Everybody),
        new("zitadel.auth.v1.AuthService/GetMyUser", Anybody),
        new("zitadel.management.v1.ManagementService/Healthz", Everybody),
        new("zitadel.management.v1.ManagementService/GetIAM", Anybody),
        new("zitadel.management.v1.ManagementService/GetMyOrg", OnOrganization(OrganizationRead)),
        new("zitadel.system.v1.SystemService/Healthz", Everybody),
    ];
}
