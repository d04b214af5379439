namespace Orleans.Sessions;

/// <summary>The state of a session. The numbers are those of <c>zitadel.session.v2.SessionState</c>.</summary>
public enum SessionState
{
    /// <summary>The session can be used.</summary>
    Active = 1,

    /// <summary>The lifetime of the session is over. It can still be read and deleted.</summary>
    Expired = 2,

    /// <summary>The session was ended. Until it is purged, only a search by state finds it.</summary>
    Terminated = 3,
}
