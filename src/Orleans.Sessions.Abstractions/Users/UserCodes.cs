namespace Orleans.Sessions;

/// <summary>How a verification code reaches the person.</summary>
public enum CodeDelivery
{
    /// <summary>
    /// The code is sent if a channel for it is configured. Without a channel nothing happens, because the caller did not explicitly ask for
    /// a code.
    /// </summary>
    SendIfPossible = 0,

    /// <summary>The code is sent. Fails with <c>MAIL-w8nfow</c> or <c>PHONE-w8nfow</c> if no channel is configured.</summary>
    Send = 1,

    /// <summary>The caller gets the code and delivers it. Nothing is sent.</summary>
    Return = 2,
}

/// <summary>A request to create a code.</summary>
/// <param name="Delivery">How the code reaches the person.</param>
/// <param name="UrlTemplate">The link in the message with the placeholders <c>{{.Code}}</c>, <c>{{.UserID}}</c>, <c>{{.OrgID}}</c>, at most
/// 200 characters; <c>null</c> uses the configured link. Fails with <c>DOMAIN-oGh5e</c> or <c>DOMAIN-ieYa7</c>.</param>
/// <param name="ApplicationName">For invitations: the name of the application to which the person is invited, at most 200
/// characters.</param>
[GenerateSerializer, Immutable, Alias("sessions.CodeRequest")]
public sealed record CodeRequest(
    [property: Id(0)] CodeDelivery Delivery,
    [property: Id(1)] string? UrlTemplate = null,
    [property: Id(2)] string? ApplicationName = null
);

/// <summary>A created code.</summary>
/// <param name="Details">The state of the user's record.</param>
/// <param name="Code">The code, if the caller asked to get it.</param>
[GenerateSerializer, Immutable, Alias("sessions.IssuedCode")]
public sealed record IssuedCode([property: Id(0)] UserDetails Details, [property: Id(1)] string? Code = null)
{
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("Details = ").Append(Details);
        return true;
    }
}

/// <summary>The channel by which a code reaches a person.</summary>
public enum OtpChannel
{
    /// <summary>A text message to the verified phone number.</summary>
    Sms = 0,

    /// <summary>An e-mail to the verified address.</summary>
    Email = 1,
}
