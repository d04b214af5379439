namespace Orleans.Sessions.Users;

/// <summary>
/// Knows who has a login name (key <see cref="GrainKeys.LoginName"/> of the folded name), so that logging in by name
/// costs no database query after the first time. It is only a memory: the database decides, and whoever uses the answer asks
/// the user whether the name is still theirs.
/// </summary>
[Alias("sessions.ILoginNameGrain")]
public interface ILoginNameGrain : IGrainWithStringKey
{
    /// <summary>The id of the user with this name; <c>null</c>: nobody. <paramref name="afresh"/>: asks the database even if an answer is remembered.</summary>
    [Alias("Resolve")]
    Task<string?> ResolveAsync(bool afresh);

    /// <summary>Drops what is remembered: the user has another name now, or is gone.</summary>
    [Alias("Forget")]
    Task ForgetAsync();
}
