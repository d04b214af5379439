namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>A service provider's answer to a request to log out (SAML core §3.7.2).</summary>
internal sealed record LogoutResponseMessage
{
    /// <summary>The service provider's entity id.</summary>
    public required string Issuer { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset IssueInstant { get; init; }

    /// <summary>Where it was meant to go.</summary>
    public string? Destination { get; init; }

    /// <summary>The request that it answers.</summary>
    public required string InResponseTo { get; init; }

    /// <summary>Whether nobody is logged in there any more, nor at anybody whom the service provider should have told.</summary>
    public required bool IsDone { get; init; }

    /// <summary>The answer in a message; <c>null</c>: it is none, or does not say to what.</summary>
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
                IsDone = code.GetAttribute("Value") == SamlNames.Success
                    && SamlXml.Children(code, "StatusCode", SamlNames.Protocol).All(detail => detail.GetAttribute("Value") != SamlNames.PartialLogout),
            }
            : null;
}
