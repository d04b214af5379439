using Orleans.Concurrency;
using Orleans.Sessions.Logins;

namespace Orleans.Sessions;

/// <summary>
/// What login pages and the pages of a person's own sessions ask of a session, beside the contract's calls. The session's grain implements
/// it; its key is <see cref="GrainKeys.Session"/>. The rules of <see cref="ISessionGrain"/> about errors and durability apply here too.
/// </summary>
[Alias("sessions.ILoginSession")]
public interface ILoginSession : IGrainWithStringKey
{
    /// <summary>
    /// Judges whether the session is enough for a login, and says what would make it enough. Needs the session's token, and the right to
    /// read the session without it. Fails with <c>QUERY-SFeaa</c>, <c>COMMAND-sGr42</c> (token), <c>COMMAND-Hewfq</c>,
    /// <c>COMMAND-Hkl3d</c> or <c>AUTH-AWfge</c>.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Evaluate")]
    Task<LoginVerdict> EvaluateAsync(Caller caller, string token, LoginDemand demand);

    /// <summary>
    /// Like <see cref="ISessionGrain.AuthenticateAsync"/>, but also for a session that only misses the second factor which the login policy
    /// forces upon a person who has none, nor a passkey or a link to a provider that would satisfy the policy. The result may only be used
    /// to set one up.
    /// </summary>
    [AlwaysInterleave]
    [Alias("AuthenticateForEnrolment")]
    Task<SessionBearer> AuthenticateForEnrolmentAsync(string token);

    /// <summary>
    /// Gives the session's device a name, 1 to 100 characters; an empty name removes it. The caller must be the session's user, or a login
    /// frontend. Moves neither sequence nor change date. Fails with <c>QUERY-SFeaa</c>, <c>AUTH-AWfge</c> or <c>SESSION-Name1</c>.
    /// </summary>
    [Alias("SetDeviceName")]
    Task SetDeviceNameAsync(Caller caller, string name);
}
