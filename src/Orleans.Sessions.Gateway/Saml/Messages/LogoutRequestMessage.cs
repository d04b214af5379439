using System.Collections.Immutable;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>A service provider's request to log a person out (SAML core §3.7.1).</summary>
internal sealed record LogoutRequestMessage
{
    /// <summary>Its id, which the answer names.</summary>
    public required string Id { get; init; }

    /// <summary>The service provider's entity id.</summary>
    public required string Issuer { get; init; }

    /// <summary>When the message was made.</summary>
    public required DateTimeOffset IssueInstant { get; init; }

    /// <summary>The request must not be obeyed at or after this time.</summary>
    public DateTimeOffset? NotOnOrAfter { get; init; }

    /// <summary>The address that the message was sent to.</summary>
    public string? Destination { get; init; }

    /// <summary>The name id of the person, as the assertion had it.</summary>
    public required string NameId { get; init; }

    /// <summary>
    /// The sessions to end, by the indexes of their assertions; empty means all sessions of the person at this service provider.
    /// </summary>
    public ImmutableArray<string> SessionIndexes { get; init; } = [];

    /// <summary>
    /// The request in a message; <c>null</c> if the message is not a logout request, if its name id is encrypted, or if a session index
    /// cannot be read. An unreadable index must not count as absent, because that would mean all sessions.
    /// </summary>
    public static LogoutRequestMessage? Read(SamlMessage message)
    {
        var root = message.Root;
        var limit = SamlXml.Attribute(root, "NotOnOrAfter");
        var sessions = SamlXml.Children(root, "SessionIndex", SamlNames.Protocol).Select(SamlXml.Text).ToList();
        return
            MessageHead.Read(message, "LogoutRequest") is { } head
            && SamlXml.Text(SamlXml.Child(root, "NameID", SamlNames.Assertion)) is { } nameId
            && (limit is null || SamlXml.ReadInstant(limit) is not null)
            && !sessions.Contains(null)
            ? new LogoutRequestMessage
            {
                Id = head.Id,
                Issuer = head.Issuer,
                IssueInstant = head.IssueInstant,
                NotOnOrAfter = SamlXml.ReadInstant(limit),
                Destination = head.Destination,
                NameId = nameId,
                SessionIndexes = [.. sessions.OfType<string>()],
            }
            : null;
    }
}
