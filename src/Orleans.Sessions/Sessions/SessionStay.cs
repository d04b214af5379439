using Orleans.Runtime;

namespace Orleans.Sessions.Sessions;

/// <summary>The stay of a session in memory, from its first use there on.</summary>
internal sealed class SessionStay(IGrainContext activation)
{
    /// <summary>Whether it was used after its first use, or after the last time that somebody looked.</summary>
    public bool IsUsedAgain { get; set; }

    /// <summary>Ends it when running calls are done. A session that has left already is left alone.</summary>
    public void End() => activation.Deactivate(new(DeactivationReasonCode.ActivationIdle, "nobody uses the session"));
}
