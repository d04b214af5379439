namespace Orleans.Sessions;

/// <summary>The level at which a feature is set.</summary>
public enum SettingsLevel
{
    /// <summary>The instance, which wins over the system.</summary>
    Instance = 0,

    /// <summary>The system.</summary>
    System = 1,
}
