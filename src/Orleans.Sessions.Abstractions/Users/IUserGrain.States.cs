namespace Orleans.Sessions;

/// <content>The states of a user.</content>
public partial interface IUserGrain
{
    /// <summary>
    /// Deletes the user and ends all its sessions. Only the id remains. Needs <c>user.delete</c>. Fails with <c>COMMAND-bd4ir1mblj</c>.
    /// </summary>
    [ResponseTimeout("00:05:00")]
    [Alias("Delete")]
    Task<UserDetails> DeleteAsync(Caller caller);

    /// <summary>
    /// Locks the user and ends all its sessions. Needs <c>user.write</c>; users cannot lock themselves. Fails with
    /// <c>COMMAND-450yxuqrh1</c> or <c>COMMAND-lgws8wtsqf</c>.
    /// </summary>
    [ResponseTimeout("00:05:00")]
    [Alias("Lock")]
    Task<UserDetails> LockAsync(Caller caller);

    /// <summary>
    /// Unlocks a locked user, or lifts the blocks of an active user's factors. Also resets the counters of failed checks. Needs
    /// <c>user.write</c>; users cannot unlock themselves. Fails with <c>COMMAND-x377t913pw</c> or <c>COMMAND-olb9vb0oca</c>.
    /// </summary>
    [Alias("Unlock")]
    Task<UserDetails> UnlockAsync(Caller caller);

    /// <summary>
    /// Deactivates the user and ends all its sessions. Needs <c>user.write</c>; users cannot deactivate themselves. Fails with
    /// <c>COMMAND-5gp2p62iin</c>, <c>COMMAND-gvx4kct9r2</c> or <c>COMMAND-5gunjw0cd7</c>.
    /// </summary>
    [ResponseTimeout("00:05:00")]
    [Alias("Deactivate")]
    Task<UserDetails> DeactivateAsync(Caller caller);

    /// <summary>
    /// Makes the user active again. Needs <c>user.write</c>; users cannot reactivate themselves. Fails with <c>COMMAND-9hy5kzbuk6</c> or
    /// <c>COMMAND-s5qqcz97hf</c>.
    /// </summary>
    [Alias("Reactivate")]
    Task<UserDetails> ReactivateAsync(Caller caller);

    /// <summary>
    /// Records that the person declined to set up a second factor. Needs <c>user.write</c>. Fails with <c>COMMAND-auj6jeBei4</c>.
    /// </summary>
    [Alias("SkipMfaInit")]
    Task<UserDetails> SkipMfaInitAsync(Caller caller);
}
