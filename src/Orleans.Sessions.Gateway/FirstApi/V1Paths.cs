namespace Orleans.Sessions.Gateway.FirstApi;

/// <summary>
/// Which methods of ZITADEL's first API have the paths of REST. Different services of that API have the same path for the same job, so the
/// part of a path after <c>/v1/</c> is enough.
/// </summary>
internal static class V1Paths
{
    private const string Parameter = "{}";
    private const string Rest = "{**}";

    /// <summary>
    /// A line for each path: the path, and its verbs with their methods. They are in ordinal order, so a name comes before a parameter. A
    /// method for which there is no successor is here if a wider path would take its path.
    /// </summary>
    private const string Table = """
        aggregates/types/_search POST ListAggregateTypes
        events/_search POST ListEvents
        events/types/_search POST ListEventTypes
        features/login_default_org PUT ActivateFeatureLoginDefaultOrg
        global/orgs/_by_domain GET GetOrgByDomainGlobal
        global/projectorgs/_search POST ListMyProjectOrgs
        global/users/_by_login_name GET GetUserByLoginNameGlobal
        idps/_search POST ListOrgIDPs
        idps/apple POST AddAppleProvider
        idps/apple/{} PUT UpdateAppleProvider
        idps/azure POST AddAzureADProvider
        idps/azure/{} PUT UpdateAzureADProvider
        idps/generic_jwt POST AddJWTProvider
        idps/generic_jwt/{} PUT UpdateJWTProvider
        idps/generic_oidc POST AddGenericOIDCProvider
        idps/generic_oidc/{} PUT UpdateGenericOIDCProvider
        idps/github POST AddGitHubProvider
        idps/github/{} PUT UpdateGitHubProvider
        idps/github_es POST AddGitHubEnterpriseServerProvider
        idps/github_es/{} PUT UpdateGitHubEnterpriseServerProvider
        idps/gitlab POST AddGitLabProvider
        idps/gitlab/{} POST UpdateGitLabProvider
        idps/gitlab_self_hosted POST AddGitLabSelfHostedProvider
        idps/gitlab_self_hosted/{} POST UpdateGitLabSelfHostedProvider
        idps/google POST AddGoogleProvider
        idps/google/{} PUT UpdateGoogleProvider
        idps/jwt POST AddOrgJWTIDP
        idps/oauth POST AddGenericOAuthProvider
        idps/oauth/{} PUT UpdateGenericOAuthProvider
        idps/oidc POST AddOrgOIDCIDP
        idps/templates/_search POST ListProviders
        idps/templates/{} DELETE DeleteProvider GET GetProviderByID
        idps/{} DELETE RemoveOrgIDP GET GetOrgIDPByID PUT UpdateOrgIDP
        idps/{}/_deactivate POST DeactivateOrgIDP
        idps/{}/_reactivate POST ReactivateOrgIDP
        idps/{}/jwt_config PUT UpdateOrgIDPJWTConfig
        idps/{}/oidc_config PUT UpdateOrgIDPOIDCConfig
        instances/{}/features/{} PUT SetInstanceFeature
        instances/{}/members/_search POST ListIAMMembers
        languages GET GetSupportedLanguages
        languages/allowed GET GetAllowedLanguages
        languages/default GET GetDefaultLanguage
        members POST AddIAMMember
        members/_search POST ListIAMMembers
        members/{} DELETE RemoveIAMMember PUT UpdateIAMMember
        memberships/me/_search POST ListMyMemberships
        metadata/_bulk DELETE BulkRemoveOrgMetadata POST BulkSetOrgMetadata
        metadata/_search POST ListOrgMetadata
        metadata/{} DELETE RemoveOrgMetadata GET GetOrgMetadata POST SetOrgMetadata
        orgs POST AddOrg
        orgs/_is_unique GET IsOrgUnique
        orgs/_search POST ListOrgs
        orgs/_setup POST SetUpOrg
        orgs/default GET GetDefaultOrg
        orgs/me DELETE RemoveOrg PUT UpdateOrg
        orgs/me/_deactivate POST DeactivateOrg
        orgs/me/_reactivate POST ReactivateOrg
        orgs/me/changes/_search POST ListOrgChanges
        orgs/me/domains POST AddOrgDomain
        orgs/me/domains/_search POST ListOrgDomains
        orgs/me/domains/{} DELETE RemoveOrgDomain
        orgs/me/domains/{}/validation/_generate POST GenerateOrgDomainValidation
        orgs/me/domains/{}/validation/_validate POST ValidateOrgDomain
        orgs/me/members POST AddOrgMember
        orgs/me/members/_search POST ListOrgMembers
        orgs/me/members/{} DELETE RemoveOrgMember PUT UpdateOrgMember
        orgs/{} DELETE RemoveOrg GET GetOrgByID
        permissions/zitadel/me/_search POST ListMyZitadelPermissions
        policies/default/label GET GetDefaultLabelPolicy
        policies/default/lockout GET GetDefaultLockoutPolicy
        policies/default/login GET GetDefaultLoginPolicy
        policies/default/password/age GET GetDefaultPasswordAgePolicy
        policies/default/password/complexity GET GetDefaultPasswordComplexityPolicy
        policies/default/privacy GET GetDefaultPrivacyPolicy
        policies/domain GET GetDomainPolicy
        policies/label GET GetLabelPolicy
        policies/label/_preview GET GetPreviewLabelPolicy
        policies/lockout GET GetLockoutPolicy
        policies/login GET GetLoginPolicy
        policies/login/idps POST AddIDPToLoginPolicy
        policies/login/idps/_search POST ListLoginPolicyIDPs
        policies/login/idps/{} DELETE RemoveIDPFromLoginPolicy
        policies/orgiam GET GetOrgIAMPolicy
        policies/password/age GET GetPasswordAgePolicy
        policies/password/complexity GET GetPasswordComplexityPolicy
        policies/passwords/complexity GET GetMyPasswordComplexityPolicy
        policies/privacy GET GetPrivacyPolicy
        policies/security GET GetSecurityPolicy PUT SetSecurityPolicy
        projectgrants/_search POST ListAllProjectGrants
        projects POST AddProject
        projects/_search POST ListProjects
        projects/members/roles/_search POST ListProjectMemberRoles
        projects/{} DELETE RemoveProject GET GetProjectByID PUT UpdateProject
        projects/{}/_deactivate POST DeactivateProject
        projects/{}/_reactivate POST ReactivateProject
        projects/{}/apps/_search POST ListApps
        projects/{}/apps/api POST AddAPIApp
        projects/{}/apps/oidc POST AddOIDCApp
        projects/{}/apps/saml POST AddSAMLApp
        projects/{}/apps/{} DELETE RemoveApp GET GetAppByID PUT UpdateApp
        projects/{}/apps/{}/_deactivate POST DeactivateApp
        projects/{}/apps/{}/_reactivate POST ReactivateApp
        projects/{}/apps/{}/api_config PUT UpdateAPIAppConfig
        projects/{}/apps/{}/api_config/_generate_client_secret POST RegenerateAPIClientSecret
        projects/{}/apps/{}/keys POST AddAppKey
        projects/{}/apps/{}/keys/_search POST ListAppKeys
        projects/{}/apps/{}/keys/{} DELETE RemoveAppKey GET GetAppKey
        projects/{}/apps/{}/oidc_config PUT UpdateOIDCAppConfig
        projects/{}/apps/{}/oidc_config/_generate_client_secret POST RegenerateOIDCClientSecret
        projects/{}/apps/{}/saml_config PUT UpdateSAMLAppConfig
        projects/{}/grants POST AddProjectGrant
        projects/{}/grants/_search POST ListProjectGrants
        projects/{}/grants/{} DELETE RemoveProjectGrant GET GetProjectGrantByID PUT UpdateProjectGrant
        projects/{}/grants/{}/_deactivate POST DeactivateProjectGrant
        projects/{}/grants/{}/_reactivate POST ReactivateProjectGrant
        projects/{}/members POST AddProjectMember
        projects/{}/members/_search POST ListProjectMembers
        projects/{}/members/{} DELETE RemoveProjectMember PUT UpdateProjectMember
        projects/{}/roles POST AddProjectRole
        projects/{}/roles/_bulk POST BulkAddProjectRoles
        projects/{}/roles/_search POST ListProjectRoles
        projects/{}/roles/{**} DELETE RemoveProjectRole PUT UpdateProjectRole
        text/default/login/{} GET GetDefaultLoginTexts
        text/login/{} DELETE ResetCustomLoginTextToDefault GET GetCustomLoginTexts PUT SetCustomLoginText
        user_grants/_bulk DELETE BulkRemoveUserGrant
        usergrants/me/_search POST ListMyUserGrants
        users/_is_unique GET IsUserUnique
        users/_search POST ListUsers
        users/grants/_search POST ListUserGrants
        users/human POST AddHumanUser
        users/human/_import POST ImportHumanUser
        users/machine POST AddMachineUser
        users/me DELETE RemoveMyUser
        users/me/auth_factors/_search POST ListMyAuthFactors
        users/me/auth_factors/otp DELETE RemoveMyAuthFactorOTP POST AddMyAuthFactorOTP
        users/me/auth_factors/otp/_verify POST VerifyMyAuthFactorOTP
        users/me/auth_factors/otp_email DELETE RemoveMyAuthFactorOTPEmail POST AddMyAuthFactorOTPEmail
        users/me/auth_factors/otp_sms DELETE RemoveMyAuthFactorOTPSMS POST AddMyAuthFactorOTPSMS
        users/me/auth_factors/u2f POST AddMyAuthFactorU2F
        users/me/auth_factors/u2f/_verify POST VerifyMyAuthFactorU2F
        users/me/auth_factors/u2f/{} DELETE RemoveMyAuthFactorU2F
        users/me/changes/_search POST ListMyUserChanges
        users/me/email GET GetMyEmail PUT SetMyEmail
        users/me/email/_resend_verification POST ResendMyEmailVerification
        users/me/email/_verify POST VerifyMyEmail
        users/me/idps/_search POST ListMyLinkedIDPs
        users/me/idps/{}/{} DELETE RemoveMyLinkedIDP
        users/me/metadata/_search POST ListMyMetadata
        users/me/metadata/{} GET GetMyMetadata
        users/me/password PUT UpdateMyPassword
        users/me/passwordless POST AddMyPasswordless
        users/me/passwordless/_link POST AddMyPasswordlessLink
        users/me/passwordless/_search POST ListMyPasswordless
        users/me/passwordless/_send_link POST SendMyPasswordlessLink
        users/me/passwordless/_verify POST VerifyMyPasswordless
        users/me/passwordless/{} DELETE RemoveMyPasswordless
        users/me/phone DELETE RemoveMyPhone GET GetMyPhone PUT SetMyPhone
        users/me/phone/_resend_verification POST ResendMyPhoneVerification
        users/me/phone/_verify POST VerifyMyPhone
        users/me/profile GET GetMyProfile PUT UpdateMyProfile
        users/me/sessions/_search POST ListMyUserSessions
        users/me/tokens/refresh/_revoke_all POST RevokeAllMyRefreshTokens
        users/me/tokens/refresh/_search POST ListMyRefreshTokens
        users/me/tokens/refresh/{} DELETE RevokeMyRefreshToken
        users/me/username PUT UpdateMyUserName
        users/{} DELETE RemoveUser GET GetUserByID
        users/{}/_deactivate POST DeactivateUser
        users/{}/_lock POST LockUser
        users/{}/_reactivate POST ReactivateUser
        users/{}/_resend_initialization POST ResendHumanInitialization
        users/{}/_unlock POST UnlockUser
        users/{}/auth_factors/_search POST ListHumanAuthFactors
        users/{}/auth_factors/otp DELETE RemoveHumanAuthFactorOTP
        users/{}/auth_factors/otp_email DELETE RemoveHumanAuthFactorOTPEmail
        users/{}/auth_factors/otp_sms DELETE RemoveHumanAuthFactorOTPSMS
        users/{}/auth_factors/u2f/{} DELETE RemoveHumanAuthFactorU2F
        users/{}/changes/_search POST ListUserChanges
        users/{}/email GET GetHumanEmail PUT UpdateHumanEmail
        users/{}/email/_resend_verification POST ResendHumanEmailVerification
        users/{}/grants POST AddUserGrant
        users/{}/grants/{} DELETE RemoveUserGrant GET GetUserGrantByID PUT UpdateUserGrant
        users/{}/grants/{}/_deactivate POST DeactivateUserGrant
        users/{}/grants/{}/_reactivate POST ReactivateUserGrant
        users/{}/idps/_search POST ListHumanLinkedIDPs
        users/{}/idps/{}/{} DELETE RemoveHumanLinkedIDP
        users/{}/keys POST AddMachineKey
        users/{}/keys/_search POST ListMachineKeys
        users/{}/keys/{} DELETE RemoveMachineKey GET GetMachineKeyByIDs
        users/{}/machine PUT UpdateMachine
        users/{}/memberships/_search POST ListUserMemberships
        users/{}/metadata/_bulk DELETE BulkRemoveUserMetadata POST BulkSetUserMetadata
        users/{}/metadata/_search POST ListUserMetadata
        users/{}/metadata/{} DELETE RemoveUserMetadata GET GetUserMetadata POST SetUserMetadata
        users/{}/password POST SetHumanPassword
        users/{}/password/_initialize POST SetHumanInitialPassword
        users/{}/password/_reset POST SendHumanResetPasswordNotification
        users/{}/passwordless/_link POST AddPasswordlessRegistration
        users/{}/passwordless/_search POST ListHumanPasswordless
        users/{}/passwordless/_send_link POST SendPasswordlessRegistration
        users/{}/passwordless/{} DELETE RemoveHumanPasswordless
        users/{}/pats POST AddPersonalAccessToken
        users/{}/pats/_search POST ListPersonalAccessTokens
        users/{}/pats/{} DELETE RemovePersonalAccessToken GET GetPersonalAccessTokenByIDs
        users/{}/phone DELETE RemoveHumanPhone GET GetHumanPhone PUT UpdateHumanPhone
        users/{}/phone/_resend_verification POST ResendHumanPhoneVerification
        users/{}/profile GET GetHumanProfile PUT UpdateHumanProfile
        users/{}/secret DELETE RemoveMachineSecret PUT GenerateMachineSecret
        users/{}/username PUT UpdateUserName
        """;

    private static readonly Row[] s_rows = [.. Table.Split('\n', StringSplitOptions.TrimEntries).SelectMany(Rows)];

    /// <summary>A path with one of its verbs.</summary>
    /// <param name="Verb">The verb of HTTP.</param>
    /// <param name="Segments">The segments of the path after <c>/v1/</c>.</param>
    /// <param name="Method">The name of the method.</param>
    public sealed record Row(string Verb, string[] Segments, string Method)
    {
        /// <summary>Whether a request with this verb and path means the method.</summary>
        public bool Matches(string verb, ReadOnlySpan<string> path)
        {
            if (verb != Verb || (Segments[^1] == Rest ? path.Length < Segments.Length : path.Length != Segments.Length))
            {
                return false;
            }

            for (var i = 0; i < Segments.Length; i++)
            {
                if ((Segments[i] is Parameter or Rest) ? path[i].Length == 0 : path[i] != Segments[i])
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>All rows.</summary>
    public static IReadOnlyList<Row> All => s_rows;

    /// <summary>The name of the method with this verb and path; <c>null</c> if there is none.</summary>
    /// <param name="verb">The verb of HTTP.</param>
    /// <param name="path">The segments of the path after <c>/v1/</c>.</param>
    public static string? MethodOf(string verb, ReadOnlySpan<string> path)
    {
        foreach (var row in s_rows)
        {
            if (row.Matches(verb, path))
            {
                return row.Method;
            }
        }

        return null;
    }

    private static IEnumerable<Row> Rows(string line)
    {
        var words = line.Split(' ');
        for (var i = 1; i < words.Length; i += 2)
        {
            yield return new Row(words[i], words[0].Split('/'), words[i + 1]);
        }
    }
}
