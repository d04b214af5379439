namespace Orleans.Sessions.UsedOnce;

/// <summary>
/// Makes sure that a value is used only once, on any node and also after a restart. The key is 0; there may be any number of activations.
/// </summary>
[Alias("sessions.IUsedOnceGrain")]
public interface IUsedOnceGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Marks <paramref name="what"/> as used, and returns whether it was unused before. <paramref name="attempt"/> is a random value: a
    /// repeated call sends the same value and gets the same answer. The mark is kept until <paramref name="until"/>; the value must
    /// have expired by then. Fails with <c>SESSION-Store</c>.
    /// </summary>
    [Alias("TryUse")]
    Task<bool> TryUseAsync(string what, string attempt, DateTimeOffset until);
}
