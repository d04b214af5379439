namespace Orleans.Sessions;

/// <summary>How a code that proves something gets to the person.</summary>
public enum CodeDelivery
{
    /// <summary>It is sent if there is a channel for it. Without one nothing happens: the caller did not ask for a code in so many words.</summary>
    SendIfPossible = 0,

    /// <summary>It is sent. Fails with <c>MAIL-w8nfow</c> or <c>PHONE-w8nfow</c> without a channel.</summary>
    Send = 1,

    /// <summary>The caller gets it and delivers it; nothing is sent.</summary>
    Return = 2,
}

/// <summary>A code to make.</summary>
/// <param name="Delivery">How it gets to the person.</param>
/// <param name="UrlTemplate">
/// The link in the message with the placeholders <c>{{.Code}}</c>, <c>{{.UserID}}</c>, <c>{{.OrgID}}</c>, at most 200 characters;
/// <c>null</c>: the configured one. Fails with <c>DOMAIN-oGh5e</c> or <c>DOMAIN-ieYa7</c>.
/// </param>
/// <param name="ApplicationName">For invitations: what the person is invited to, at most 200 characters.</param>
[GenerateSerializer, Immutable, Alias("sessions.CodeRequest")]
public sealed record CodeRequest(
    [property: Id(0)] CodeDelivery Delivery,
    [property: Id(1)] string? UrlTemplate = null,
    [property: Id(2)] string? ApplicationName = null);

/// <summary>A code that was made.</summary>
/// <param name="Details">Where the user's record stands.</param>
/// <param name="Code">The code, if it was to be returned.</param>
[GenerateSerializer, Immutable, Alias("sessions.IssuedCode")]
public sealed record IssuedCode([property: Id(0)] UserDetails Details, [property: Id(1)] string? Code = null)
{
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("Details = ").Append(Details);
        return true;
    }
}

/// <summary>A way to reach a person with a code.</summary>
public enum OtpChannel
{
    /// <summary>A text message to the verified phone number.</summary>
    Sms = 0,

    /// <summary>An e-mail to the verified address.</summary>
    Email = 1,
}
