namespace Orleans.Sessions.Notifications;

/// <summary>A message in its final form.</summary>
/// <param name="Language">Its language.</param>
/// <param name="Parts">Its texts with all values inserted.</param>
/// <param name="Footer">The last line.</param>
/// <param name="Plain">The whole message as plain text: an e-mail's text part, or an SMS.</param>
/// <param name="Html">The whole message as HTML; empty for an SMS.</param>
internal sealed record RenderedMessage(string Language, MessageTexts Parts, string Footer, string Plain, string Html);
