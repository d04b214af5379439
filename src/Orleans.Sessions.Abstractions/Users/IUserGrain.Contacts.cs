namespace Orleans.Sessions;

/// <content>E-mail addresses, phone numbers, their codes, and invitations.</content>
public partial interface IUserGrain
{
    /// <summary>
    /// Sets the e-mail address, as <see cref="UpdateAsync"/> does. Fails with <c>COMMAND-Uch5e</c> if the address is unchanged.
    /// </summary>
    [Alias("SetEmail")]
    Task<IssuedCode> SetEmailAsync(Caller caller, EmailAddress email, CodeRequest? code = null, bool? endOtherSessions = null);

    /// <summary>
    /// Creates a new code for the e-mail address; an earlier code becomes invalid. Needs <c>user.write</c>. A user who asks for their own
    /// code also needs it to get the code in the answer. If <paramref name="again"/> is set, there must be an earlier code
    /// (<c>COMMAND-Ec0de</c>). Fails with <c>QUERY-Dfbg2</c>, <c>COMMAND-Ev3rf</c> (already verified), <c>DOMAIN-oGh5e</c> or
    /// <c>DOMAIN-ieYa7</c> (link), <c>MAIL-w8nfow</c> (no channel), <c>SESSION-Cool1</c> (too often), and <c>SESSION-Day01</c> or
    /// <c>SESSION-Day02</c> (too many today, for the person or in all).
    /// </summary>
    [Alias("SendEmailCode")]
    Task<IssuedCode> SendEmailCodeAsync(Caller caller, CodeRequest code, bool again);

    /// <summary>
    /// Verifies the e-mail address with its code. Needs <c>user.write</c>. Fails with <c>QUERY-Dfbg2</c>, <c>COMMAND-Ec0de</c> (no code
    /// exists), <c>CODE-QvUQ4P</c> (expired) or <c>CODE-woT0xc</c> (wrong). After ten wrong attempts the code becomes invalid.
    /// </summary>
    [Alias("VerifyEmail")]
    Task<UserDetails> VerifyEmailAsync(Caller caller, string code);

    /// <summary>Removes the phone number, if any, and with it the factor of codes by SMS. Needs <c>user.write</c>.</summary>
    [Alias("RemovePhone")]
    Task<UserDetails> RemovePhoneAsync(Caller caller, bool? endOtherSessions = null);

    /// <summary>
    /// Creates a new code for the phone number, as <see cref="SendEmailCodeAsync"/> does for the e-mail address. Fails with
    /// <c>COMMAND-Pn0ne</c> (no number), <c>COMMAND-Pv3rf</c>, <c>COMMAND-Pc0de</c>, <c>PHONE-w8nfow</c>.
    /// </summary>
    [Alias("ResendPhoneCode")]
    Task<IssuedCode> ResendPhoneCodeAsync(Caller caller, CodeRequest code);

    /// <summary>Verifies the phone number with its code, as <see cref="VerifyEmailAsync"/>. Fails with <c>COMMAND-Pc0de</c>.</summary>
    [Alias("VerifyPhone")]
    Task<UserDetails> VerifyPhoneAsync(Caller caller, string code);

    /// <summary>
    /// Invites a person who has no credential yet. The code is valid for 72 hours. Needs <c>user.write</c>, also for one's own user. Fails
    /// with <c>COMMAND-Iu5er</c> (no such person), <c>COMMAND-Iin1t</c> (has a credential), or as <see cref="SendEmailCodeAsync"/>.
    /// </summary>
    [Alias("CreateInviteCode")]
    Task<IssuedCode> CreateInviteCodeAsync(Caller caller, CodeRequest code);

    /// <summary>
    /// Sends the invitation again, with a new code. Fails as <see cref="CreateInviteCodeAsync"/>, and with <c>COMMAND-Ic0de</c> if there
    /// was no invitation.
    /// </summary>
    [Alias("ResendInviteCode")]
    Task<UserDetails> ResendInviteCodeAsync(Caller caller);

    /// <summary>
    /// Accepts the invitation, which also verifies the e-mail address. Needs <c>user.write</c>. Fails with <c>COMMAND-Iu5er</c>,
    /// <c>COMMAND-Ic0de</c>, <c>CODE-QvUQ4P</c> or <c>CODE-woT0xc</c>.
    /// </summary>
    [Alias("VerifyInviteCode")]
    Task<UserDetails> VerifyInviteCodeAsync(Caller caller, string code);
}
