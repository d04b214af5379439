namespace Orleans.Sessions.Notifications;

/// <summary>A message as people get to see it.</summary>
/// <param name="Language">The language it is in.</param>
/// <param name="Parts">Its texts with all values in place.</param>
/// <param name="Footer">The last line.</param>
/// <param name="Plain">The whole as plain text: an e-mail's text part, or an SMS.</param>
/// <param name="Html">The whole as HTML; empty for an SMS.</param>
internal sealed record RenderedMessage(string Language, MessageTexts Parts, string Footer, string Plain, string Html);
