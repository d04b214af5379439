using Microsoft.Extensions.Configuration;
using Orleans.Runtime;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Audit;

/// <summary>
/// Records the settings of a node at its start: everything configured below <c>Sessions</c>, because all of it concerns security. A setting
/// that is not configured has the default of the version. Only values that are known not to be secret are recorded; for all others the
/// trail says that they are set.
/// </summary>
public sealed class ConfigurationTrail(IConfiguration configuration, ILocalSiloDetails silo, AuditTrail trail, IAuditStore store)
    : IStartupTask
{
    private const int MaxDetail = 8000;

    /// <summary>Sections without secrets; all their values are recorded.</summary>
    private static readonly string[] s_plainSections =
    [
        "ApiDescription",
        "Audit",
        "Codes",
        "Cors",
        "Expiry",
        "Intents",
        "Limits",
        "Lockout",
        "LoginPolicy",
        "Origin",
        "PasswordPolicy",
        "Passwords",
        "Presentation",
        "Retention",
        "Role",
        "Tokens",
        "Users",
    ];

    /// <inheritdoc/>
    public async Task Execute(CancellationToken cancellationToken)
    {
        var row = trail.Row(new AuditEvent(AuditKinds.ConfigurationLoaded) { TargetKind = "node", TargetId = silo.Name }) with
        {
            Detail = AuditText.Clean(Describe(configuration), MaxDetail),
        };
        try
        {
            await store.AppendAsync([row], cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // At least the log has it.
        }

        trail.Log([row]);
    }

    /// <summary>The settings, ordered by name.</summary>
    public static string Describe(IConfiguration configuration) =>
        string.Join(
            "; ",
            configuration
                .GetSection("Sessions")
                .AsEnumerable(makePathsRelative: true)
                .Where(setting => setting.Value is not null)
                .OrderBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase)
                .Select(setting => IsPlain(setting.Key) ? $"{setting.Key}={setting.Value}" : $"{setting.Key} is set")
        );

    private static bool IsPlain(string key) => s_plainSections.Contains(key.Split(':')[0], StringComparer.OrdinalIgnoreCase);
}
