using System.Text.Json;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Addresses;
using Orleans.Sessions.Background;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Notifications;

/// <summary>Makes messages for the records that carry them to the outbox, and opens them for delivery.</summary>
internal sealed class Notifier(IOptions<NotificationOptions> options, SecretProtector secrets, ReturnAddresses addresses)
{
    /// <summary>The maximum length of a caller's link template, as in the contract.</summary>
    private const int MaxTemplate = 200;

    private readonly Wakeup _wakeup = new();

    /// <summary>Whether messages of this channel can be delivered.</summary>
    public bool Reaches(OtpChannel channel) => options.Value.DeliveryOf(channel) != Delivery.None;

    /// <summary>Whether people are notified when the ways into their accounts change.</summary>
    internal bool TellsChanges => options.Value.TellChanges;

    /// <summary>Fails with <c>MAIL-w8nfow</c> or <c>PHONE-w8nfow</c> if messages of this channel cannot be delivered.</summary>
    public void EnsureReaches(OtpChannel channel)
    {
        if (!Reaches(channel))
        {
            throw new SessionException(channel == OtpChannel.Email ? SessionErrors.EmailChannelMissing : SessionErrors.SmsChannelMissing);
        }
    }

    /// <summary>Wakes the worker of this silo to look for messages at once.</summary>
    public void Wake() => _wakeup.Call();

    /// <summary>
    /// Fails with <c>DOMAIN-oGh5e</c> or <c>DOMAIN-ieYa7</c> if <paramref name="template"/> cannot make links of this kind. Also fails if
    /// its links lead to an address that <paramref name="caller"/> may not send people to: the message is genuine, so people trust its
    /// link.
    /// </summary>
    internal void EnsureTemplate(Caller caller, NotificationKind kind, string? template)
    {
        if (template is null)
        {
            return;
        }

        if (template.Length > MaxTemplate)
        {
            throw new SessionException(SessionErrors.UrlTemplateInvalid);
        }

        // Values are escaped, so at any place where an escape is allowed they cannot change where the link leads.
        var example = PlaceholderTemplate
            .Parse(template, kind.LinkFields, kind.UnknownLinkField)
            .Render(kind.LinkFields.ToDictionary(field => field, static _ => "%20"), static value => value);
        addresses.Ensure(caller, example, SessionErrors.UrlTemplateInvalid, SessionErrors.UrlTemplateForeign);
    }

    /// <summary>
    /// The link of a message, by the caller's template or the configured one, with values escaped for URLs; <c>null</c> if there is no
    /// template.
    /// </summary>
    internal string? Link(NotificationKind kind, string? template, IReadOnlyDictionary<string, string> values)
    {
        template ??= options.Value.LoginUrl is { } login && kind.DefaultLink is { } path ? login.ToString().TrimEnd('/') + path : null;
        return template is null ? null : PlaceholderTemplate.Parse(template, kind.LinkFields).Render(values, Uri.EscapeDataString);
    }

    /// <summary>A message for the outbox.</summary>
    internal OutboxMessage Message(NotificationKind kind, NotificationContent content, DateTimeOffset now)
    {
        var id = Guid.NewGuid().ToString("N");
        var plain = JsonSerializer.SerializeToUtf8Bytes(content, NotificationJsonContext.Default.NotificationContent);
        return new OutboxMessage(
            kind.Stored(id),
            id,
            Convert.ToBase64String(secrets.Protect(plain, Purpose(id))),
            now,
            content.ExpiresAt,
            kind.SentEvent
        );
    }

    /// <summary>
    /// The content of a message. Fails with <see cref="System.Security.Cryptography.CryptographicException"/> if the message was encrypted
    /// with another master key.
    /// </summary>
    internal NotificationContent Open(string id, string content) =>
        JsonSerializer.Deserialize(
            secrets.Unprotect(Convert.FromBase64String(content), Purpose(id)),
            NotificationJsonContext.Default.NotificationContent
        )!;

    /// <summary>Waits until woken, at most for <paramref name="longest"/>.</summary>
    internal Task SleepAsync(TimeSpan longest, TimeProvider clock, CancellationToken cancellationToken) =>
        _wakeup.SleepAsync(longest, clock, cancellationToken);

    private static string Purpose(string id) => $"outbox:{id}";
}
