namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>A service provider's answer to a logout request (SAML core §3.7.2).</summary>
internal sealed record LogoutResponseMessage
{
    /// <summary>The service provider's entity id.</summary>
    public required string Issuer { get; init; }

    /// <summary>When the message was made.</summary>
    public required DateTimeOffset IssueInstant { get; init; }

    /// <summary>The address that the message was sent to.</summary>
    public string? Destination { get; init; }

    /// <summary>The id of the request that it answers.</summary>
    public required string InResponseTo { get; init; }

    /// <summary>
    /// Whether the person is logged out there, and at every other service to which the service provider passes the logout on.
    /// </summary>
    public required bool IsDone { get; init; }

    /// <summary>The answer in a message; <c>null</c> if the message is not a logout answer, or does not name its request.</summary>
    public static LogoutResponseMessage? Read(SamlMessage message) =>
        MessageHead.Read(message, "LogoutResponse") is { } head
        && SamlXml.Attribute(message.Root, "InResponseTo") is { } inResponseTo
        && SamlXml.Child(message.Root, "Status", SamlNames.Protocol) is { } status
        && SamlXml.Child(status, "StatusCode", SamlNames.Protocol) is { } code
            ? new LogoutResponseMessage
            {
                Issuer = head.Issuer,
                IssueInstant = head.IssueInstant,
                Destination = head.Destination,
                InResponseTo = inResponseTo,
                IsDone =
                    code.GetAttribute("Value") == SamlNames.Success
                    && SamlXml
                        .Children(code, "StatusCode", SamlNames.Protocol)
                        .All(detail => detail.GetAttribute("Value") != SamlNames.PartialLogout),
            }
            : null;
}
