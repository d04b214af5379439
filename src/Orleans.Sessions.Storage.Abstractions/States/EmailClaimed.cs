namespace Orleans.Sessions.States;

/// <summary>The user has verified an e-mail address. The write fails if another user has it verified.</summary>
/// <param name="EmailKey">The folded address.</param>
public sealed record EmailClaimed(string EmailKey) : StateEffect;
