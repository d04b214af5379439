using System.Collections.Immutable;
using System.Globalization;
using System.Xml;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>A service provider's request for a login (SAML core §3.4.1).</summary>
internal sealed record AuthnRequestMessage
{
    private const int MaxContexts = 20;

    /// <summary>Its id, which the answer names.</summary>
    public required string Id { get; init; }

    /// <summary>The service provider's entity id.</summary>
    public required string Issuer { get; init; }

    /// <summary>When the message was made.</summary>
    public required DateTimeOffset IssueInstant { get; init; }

    /// <summary>The address that the message was sent to.</summary>
    public string? Destination { get; init; }

    /// <summary>The URL for the answer.</summary>
    public string? AcsUrl { get; init; }

    /// <summary>The address for the answer, by its index in the metadata.</summary>
    public int? AcsIndex { get; init; }

    /// <summary>The binding for the answer.</summary>
    public string? ProtocolBinding { get; init; }

    /// <summary>Whether the person must log in again.</summary>
    public bool ForceAuthn { get; init; }

    /// <summary>Whether no page may be shown to the person.</summary>
    public bool IsPassive { get; init; }

    /// <summary>The requested format of the name id.</summary>
    public string? NameIdFormat { get; init; }

    /// <summary>The name id of the person who must log in.</summary>
    public string? Subject { get; init; }

    /// <summary>The format of that name id; <c>null</c> if the request does not name it.</summary>
    public string? SubjectFormat { get; init; }

    /// <summary>
    /// The requested authentication contexts. If the element names no class, the list has one empty name. No login satisfies an empty name,
    /// so the request is not taken for one that accepts every login.
    /// </summary>
    public ImmutableArray<string> ContextClasses { get; init; } = [];

    /// <summary>How the contexts are compared: <c>exact</c>, <c>minimum</c>, <c>better</c> or <c>maximum</c>.</summary>
    public string ContextComparison { get; init; } = "exact";

    /// <summary>
    /// The request in a message; <c>null</c> if the message is not a login request of version 2.0, or if its subject cannot be read.
    /// </summary>
    public static AuthnRequestMessage? Read(SamlMessage message)
    {
        var root = message.Root;
        if (
            MessageHead.Read(message, "AuthnRequest") is not { } head
            || SamlXml.Flag(root, "ForceAuthn") is not { } forceAuthn
            || SamlXml.Flag(root, "IsPassive") is not { } isPassive
        )
        {
            return null;
        }

        int? acsIndex = null;
        if (SamlXml.Attribute(root, "AssertionConsumerServiceIndex") is { } indexText)
        {
            if (!ushort.TryParse(indexText, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                return null;
            }

            acsIndex = index;
        }

        if (!IsSubjectClear(root, out var nameId))
        {
            return null;
        }

        var context = SamlXml.Child(root, "RequestedAuthnContext", SamlNames.Protocol);
        var policy = SamlXml.Child(root, "NameIDPolicy", SamlNames.Protocol);
        return new AuthnRequestMessage
        {
            Id = head.Id,
            Issuer = head.Issuer,
            IssueInstant = head.IssueInstant,
            Destination = head.Destination,
            AcsUrl = SamlXml.Attribute(root, "AssertionConsumerServiceURL"),
            AcsIndex = acsIndex,
            ProtocolBinding = SamlXml.Attribute(root, "ProtocolBinding"),
            ForceAuthn = forceAuthn,
            IsPassive = isPassive,
            NameIdFormat = policy is null ? null : SamlXml.Attribute(policy, "Format"),
            Subject = SamlXml.Text(nameId),
            SubjectFormat = nameId is null ? null : SamlXml.Attribute(nameId, "Format"),
            ContextClasses = context is null
                ? []
                :
                [
                    .. SamlXml
                        .Children(context, "AuthnContextClassRef", SamlNames.Assertion)
                        .Take(MaxContexts)
                        .Select(name => SamlXml.Text(name) ?? "")
                        .DefaultIfEmpty(""),
                ],
            ContextComparison = context is null ? "exact" : SamlXml.Attribute(context, "Comparison") ?? "exact",
        };
    }

    /// <summary>
    /// Whether the subject is absent or readable. The assertion must be about the requested subject, so a subject in another form than a
    /// name id must not count as absent.
    /// </summary>
    private static bool IsSubjectClear(XmlElement root, out XmlElement? nameId)
    {
        nameId = null;
        switch (SamlXml.Children(root, "Subject", SamlNames.Assertion).Take(2).ToList())
        {
            case []:
                return true;
            case [var subject]:
                nameId = SamlXml.Child(subject, "NameID", SamlNames.Assertion);
                return SamlXml.Text(nameId) is not null
                    || subject.ChildNodes.OfType<XmlElement>().All(child => child.LocalName == "SubjectConfirmation");
            default:
                return false;
        }
    }
}
