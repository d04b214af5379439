using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Settings;

/// <summary>What changes of settings mean for the audit trail. The target is the setting.</summary>
internal static class SettingsTrail
{
    public static IEnumerable<AuditEvent> Of(StateChange<InstanceSettings> change)
    {
        var (before, after) = (change.Before, change.After);
        if (after.FrameDetails != before?.FrameDetails)
        {
            yield return Changed("frame_origins", string.Join(' ', after.FrameOrigins ?? []));
        }

        if (after.SystemDetails != before?.SystemDetails)
        {
            yield return Changed("system_login_page", after.SystemLoginPage);
        }

        if (after.InstanceDetails != before?.InstanceDetails)
        {
            yield return Changed("login_page", after.LoginPage);
        }

        if (after.ProviderDetails != before?.ProviderDetails)
        {
            yield return Changed("hidden_providers", string.Join(' ', after.HiddenProviders ?? []));
        }
    }

    public static IEnumerable<AuditEvent> Of(StateChange<LoginTextsRecord> change)
    {
        var organizationId = change.Key == GrainKeys.LoginTexts ? null : GrainKeys.Id(change.Key);
        var (before, after) = (change.Before?.Texts, change.After.Texts);
        foreach (var locale in (before?.Keys ?? []).Union(after?.Keys ?? [], StringComparer.Ordinal))
        {
            if (before?.GetValueOrDefault(locale) != after?.GetValueOrDefault(locale))
            {
                yield return Changed("login_texts", locale) with
                {
                    OrganizationId = organizationId,
                };
            }
        }
    }

    private static AuditEvent Changed(string setting, string? detail) =>
        new(AuditKinds.SettingsChanged)
        {
            TargetKind = "setting",
            TargetId = setting,
            Detail = detail,
        };
}
