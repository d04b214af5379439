using System.Collections;
using System.Collections.Frozen;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Protocol.FeatureV2;

namespace Orleans.Sessions.Gateway.Features;

/// <summary>The features of the contract that this service has or has not, whatever anybody sets.</summary>
internal static class FixedFeatures
{
    /// <summary>Their values, by the names of their fields.</summary>
    private static readonly FrozenDictionary<string, bool> s_values = new Dictionary<string, bool>(StringComparer.Ordinal)
    {
        ["login_default_org"] = true,
        ["user_schema"] = false,
        ["oidc_token_exchange"] = true,
        ["debug_oidc_parent_error"] = false,
        ["oidc_single_v1_session_termination"] = true,
        ["disable_user_token_event"] = true,
        ["enable_back_channel_logout"] = true,
        ["permission_check_v2"] = true,
        ["console_use_v2_user_api"] = false,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Fills in those that the answer has.</summary>
    public static T In<T>(T answer)
        where T : IMessage
    {
        foreach (var field in answer.Descriptor.Fields.InDeclarationOrder())
        {
            if (s_values.TryGetValue(field.Name, out var enabled))
            {
                field.Accessor.SetValue(answer, new FeatureFlag { Enabled = enabled, Source = Source.System });
            }
        }

        return answer;
    }

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
                var always = s_values.GetValueOrDefault(field.Name);
                if ((bool)field.Accessor.GetValue(request) != always)
                {
                    throw Refusal($"{field.JsonName} is always {(always ? "true" : "false")} in this service");
                }
            }
        }
    }

    /// <summary>The refusal with this text.</summary>
    public static SessionException Refusal(string text) => new(SessionErrors.FeatureFixed with { Text = text });
}
