using System.Collections.Immutable;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>A service provider's word that somebody wants to log out (SAML core §3.7.1).</summary>
internal sealed record LogoutRequestMessage
{
    /// <summary>Its id, which the answer names.</summary>
    public required string Id { get; init; }

    /// <summary>The service provider's entity id.</summary>
    public required string Issuer { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset IssueInstant { get; init; }

    /// <summary>Until when it may be obeyed.</summary>
    public DateTimeOffset? NotOnOrAfter { get; init; }

    /// <summary>Where it was meant to go.</summary>
    public string? Destination { get; init; }

    /// <summary>Who wants to log out, as the assertion named them.</summary>
    public required string NameId { get; init; }

    /// <summary>The sessions to end, as assertions named them; none: all of the person's at this service provider.</summary>
    public ImmutableArray<string> SessionIndexes { get; init; } = [];

    /// <summary>The request in a message; <c>null</c>: it is none, or names the person in encrypted form, or a session so that it cannot be read: that must not mean all.</summary>
    public static LogoutRequestMessage? Read(SamlMessage message)
    {
        var root = message.Root;
        var limit = SamlXml.Attribute(root, "NotOnOrAfter");
        var sessions = SamlXml.Children(root, "SessionIndex", SamlNames.Protocol).Select(SamlXml.Text).ToList();
        return MessageHead.Read(message, "LogoutRequest") is { } head
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
