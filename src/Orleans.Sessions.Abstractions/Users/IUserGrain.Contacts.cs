namespace Orleans.Sessions;

/// <content>Addresses, numbers and their codes, and invitations.</content>
public partial interface IUserGrain
{
    /// <summary>Sets the e-mail address, as <see cref="UpdateAsync"/>. Fails with <c>COMMAND-Uch5e</c> when it is the same.</summary>
    [Alias("SetEmail")]
    Task<IssuedCode> SetEmailAsync(Caller caller, EmailAddress email, CodeRequest? code = null, bool? endOtherSessions = null);

    /// <summary>
    /// Makes a new code for the e-mail address; an earlier one is void. Needs <c>user.write</c>, to get the code even as the user oneself.
    /// With <paramref name="again"/> there must have been one (<c>COMMAND-Ec0de</c>). Fails with <c>QUERY-Dfbg2</c>, <c>COMMAND-Ev3rf</c>
    /// (verified already), <c>DOMAIN-oGh5e</c> or <c>DOMAIN-ieYa7</c> (link), <c>MAIL-w8nfow</c> (no channel), <c>SESSION-Cool1</c> (too
    /// often), <c>SESSION-Day01</c> or <c>SESSION-Day02</c> (too many today, for the person or in all).
    /// </summary>
    [Alias("SendEmailCode")]
    Task<IssuedCode> SendEmailCodeAsync(Caller caller, CodeRequest code, bool again);

    /// <summary>
    /// Proves the e-mail address with its code. Needs <c>user.write</c>. Fails with <c>QUERY-Dfbg2</c>, <c>COMMAND-Ec0de</c> (there is
    /// none), <c>CODE-QvUQ4P</c> (expired) or <c>CODE-woT0xc</c> (wrong). After ten wrong tries the code is void.
    /// </summary>
    [Alias("VerifyEmail")]
    Task<UserDetails> VerifyEmailAsync(Caller caller, string code);

    /// <summary>Removes the phone number, if there is one, and codes by SMS with it. Needs <c>user.write</c>.</summary>
    [Alias("RemovePhone")]
    Task<UserDetails> RemovePhoneAsync(Caller caller, bool? endOtherSessions = null);

    /// <summary>
    /// Makes a new code for the phone number, as <see cref="SendEmailCodeAsync"/>. Fails with <c>COMMAND-Pn0ne</c> (no number),
    /// <c>COMMAND-Pv3rf</c>, <c>COMMAND-Pc0de</c>, <c>PHONE-w8nfow</c>.
    /// </summary>
    [Alias("ResendPhoneCode")]
    Task<IssuedCode> ResendPhoneCodeAsync(Caller caller, CodeRequest code);

    /// <summary>Proves the phone number with its code, as <see cref="VerifyEmailAsync"/>. Fails with <c>COMMAND-Pc0de</c>.</summary>
    [Alias("VerifyPhone")]
    Task<UserDetails> VerifyPhoneAsync(Caller caller, string code);

    /// <summary>
    /// Invites a person who has no credential yet; the code is good for 72 hours. Needs <c>user.write</c>, even as the user oneself. Fails
    /// with <c>COMMAND-Iu5er</c> (no such person), <c>COMMAND-Iin1t</c> (has a credential), or as <see cref="SendEmailCodeAsync"/>.
    /// </summary>
    [Alias("CreateInviteCode")]
    Task<IssuedCode> CreateInviteCodeAsync(Caller caller, CodeRequest code);

    /// <summary>
    /// Sends the invitation again, with a new code. Fails as <see cref="CreateInviteCodeAsync"/>, with <c>COMMAND-Ic0de</c> when there was
    /// none.
    /// </summary>
    [Alias("ResendInviteCode")]
    Task<UserDetails> ResendInviteCodeAsync(Caller caller);

    /// <summary>
    /// Takes the invitation up: the e-mail address is verified by it. Needs <c>user.write</c>. Fails with <c>COMMAND-Iu5er</c>,
    /// <c>COMMAND-Ic0de</c>, <c>CODE-QvUQ4P</c> or <c>CODE-woT0xc</c>.
    /// </summary>
    [Alias("VerifyInviteCode")]
    Task<UserDetails> VerifyInviteCodeAsync(Caller caller, string code);
}
