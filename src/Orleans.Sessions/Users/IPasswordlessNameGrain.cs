using Orleans.Concurrency;
using Orleans.Sessions.Lockout;

namespace Orleans.Sessions.Users;

/// <summary>
/// A login name to which no password leads (key <see cref="GrainKeys.LoginName"/> of the folded name): nobody has it, or its user is not
/// active, has no password, or is a service. Where the settings hide which names exist, wrong passwords count here as a person's do.
/// Otherwise whoever guesses would see that such a name is never blocked and never slows down.
/// </summary>
[Alias("sessions.IPasswordlessNameGrain")]
internal interface IPasswordlessNameGrain : IGrainWithStringKey
{
    /// <summary>
    /// Works as long as the comparison of a password takes, and counts a wrong one. Returns how long the answer is to be held back. Fails
    /// as <see cref="IUserFactors.VerifyPasswordAsync"/> does with <c>JLK35</c> or <c>SFA3t</c> while the name is blocked for
    /// <paramref name="origin"/>, or with <c>SESSION-Busy1</c>.
    /// </summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:00:15")]
    [Alias("CountWrong")]
    Task<TimeSpan> CountWrongAsync(string password, CheckOrigin? origin, CancellationToken cancellationToken = default);
}
