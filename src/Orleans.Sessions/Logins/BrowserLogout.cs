namespace Orleans.Sessions.Logins;

/// <summary>A logout for which the browser goes to one service provider after the other.</summary>
internal static class BrowserLogout
{
    /// <summary>How long it may take. When a session has ended, its logins can be found for as long.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
}
