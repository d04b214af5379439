namespace Orleans.Sessions.Oidc;

/// <summary>The results of attempts to notify clients of ended sessions.</summary>
public static class LogoutOutcomes
{
    /// <summary>The client has accepted the notification.</summary>
    public const string Delivered = "Delivered";

    /// <summary>A server answered, but did not accept the notification.</summary>
    public const string Rejected = "Rejected";

    /// <summary>The address cannot be reached, or this service may not connect to it (<c>Sessions:Egress</c>).</summary>
    public const string Unreachable = "Unreachable";

    /// <summary>No answer arrived in time.</summary>
    public const string Timeout = "Timeout";
}
