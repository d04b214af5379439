namespace Orleans.Sessions.Oidc;

/// <summary>The state of a client's notification. The numbers are those of <c>sessions.oidc.v1.LogoutState</c>.</summary>
public enum LogoutState
{
    /// <summary>The notification waits for its first or next attempt.</summary>
    Pending = 1,

    /// <summary>The client has accepted the notification.</summary>
    Delivered = 2,

    /// <summary>All attempts failed.</summary>
    Failed = 3,
}
