namespace Orleans.Sessions.Users;

/// <summary>
/// Knows which user has a login name (key <see cref="GrainKeys.LoginName"/> of the folded name), so that logging in by name
/// costs no database query after the first time. It is only a cache: the database decides, and the caller asks
/// the user's grain whether the user still has the name.
/// </summary>
[Alias("sessions.ILoginNameGrain")]
internal interface ILoginNameGrain : IGrainWithStringKey
{
    /// <summary>
    /// The id of the user with this name; <c>null</c> if no user has it. With <paramref name="afresh"/> it asks the database even if an
    /// answer is cached.
    /// </summary>
    [Alias("Resolve")]
    Task<string?> ResolveAsync(bool afresh);

    /// <summary>Drops the cached answer: the user has another name now, or is deleted.</summary>
    [Alias("Forget")]
    Task ForgetAsync();
}
