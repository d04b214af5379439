namespace Orleans.Sessions;

/// <summary>The languages in which this service has texts.</summary>
public static class OwnLanguages
{
    /// <summary>The tags of the languages (BCP 47), the default first.</summary>
    public static readonly string[] All = ["en", "de"];
}
