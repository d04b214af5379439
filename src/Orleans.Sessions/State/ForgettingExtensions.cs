namespace Orleans.Sessions.State;

/// <summary>
/// What a grain does when it is asked about something that does not exist. Anyone can ask for any id, and requests for invented ids must
/// not fill the memory. So the activation goes as soon as it has answered.
/// </summary>
internal static class ForgettingExtensions
{
    /// <summary>Lets the activation go.</summary>
    public static void Forget(this IGrainBase grain) => grain.DeactivateOnIdle();

    /// <summary>Lets the activation go. Returns the error to answer with.</summary>
    public static SessionException Forget(this IGrainBase grain, SessionError error)
    {
        grain.DeactivateOnIdle();
        return new SessionException(error);
    }
}
