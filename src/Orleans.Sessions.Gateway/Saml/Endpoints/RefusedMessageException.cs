using Microsoft.AspNetCore.Http;

namespace Orleans.Sessions.Gateway.Saml.Endpoints;

/// <summary>The failure of a message that must not be obeyed, and that cannot be answered to its sender.</summary>
/// <param name="reason">The reason, for the person. Of the message it contains at most the names of well-known
/// algorithms and bindings.</param>
internal sealed class RefusedMessageException(string reason) : Exception(reason);
