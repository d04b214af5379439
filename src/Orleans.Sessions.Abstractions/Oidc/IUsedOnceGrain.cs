namespace Orleans.Sessions.Oidc;

/// <summary>Sees to it that what counts once is used once, on whatever node, and after a restart too (key 0; any number of activations).</summary>
[Alias("sessions.IUsedOnceGrain")]
public interface IUsedOnceGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Whether nobody has used <paramref name="what"/> before; it is used then. <paramref name="attempt"/> is random: a repeated call brings the same and gets the same answer.
    /// Remembered until <paramref name="until"/>, when the thing must have expired by itself. Fails with <c>SESSION-Store</c>.
    /// </summary>
    [Alias("TryUse")]
    Task<bool> TryUseAsync(string what, string attempt, DateTimeOffset until);
}
