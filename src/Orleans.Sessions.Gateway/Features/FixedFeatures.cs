using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Orleans.Sessions.Gateway.Features;

/// <summary>The features of the contract that this service has or has not, whatever anybody sets.</summary>
internal static class FixedFeatures
{
    public const bool LoginDefaultOrg = true;
    public const bool UserSchema = false;
    public const bool OidcTokenExchange = true;
    public const bool DebugOidcParentError = false;
    public const bool OidcSingleV1SessionTermination = true;
    public const bool DisableUserTokenEvent = true;
    public const bool EnableBackChannelLogout = true;
    public const bool PermissionCheckV2 = true;
    public const bool ConsoleUseV2UserApi = false;

    /// <summary>
    /// Fails with <c>FEATURE-Fix01</c> if the request wants another value of such a feature. A value that a feature has anyway may be set.
    /// </summary>
    public static void Ensure(IMessage request)
    {
        foreach (var field in request.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.IsRepeated)
            {
                if (((IList)field.Accessor.GetValue(request)).Count > 0)
                {
                    throw Refusal($"{field.JsonName}: this service has no slower ways to choose from");
                }
            }
            else if (field.FieldType == FieldType.Bool && field.Accessor.HasValue(request))
            {
                var always = ValueOf(field.Name);
                if ((bool)field.Accessor.GetValue(request) != always)
                {
                    throw Refusal($"{field.JsonName} is always {(always ? "true" : "false")} in this service");
                }
            }
        }
    }

    /// <summary>The refusal with this text.</summary>
    public static SessionException Refusal(string text) => new(SessionErrors.FeatureFixed with { Text = text });

    private static bool ValueOf(string feature) =>
        feature switch
        {
            "login_default_org" => LoginDefaultOrg,
            "user_schema" => UserSchema,
            "oidc_token_exchange" => OidcTokenExchange,
            "debug_oidc_parent_error" => DebugOidcParentError,
            "oidc_single_v1_session_termination" => OidcSingleV1SessionTermination,
            "disable_user_token_event" => DisableUserTokenEvent,
            "enable_back_channel_logout" => EnableBackChannelLogout,
            "permission_check_v2" => PermissionCheckV2,
            "console_use_v2_user_api" => ConsoleUseV2UserApi,
            _ => false,
        };
}
