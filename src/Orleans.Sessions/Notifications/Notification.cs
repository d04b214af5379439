namespace Orleans.Sessions.Notifications;

/// <summary>A message on its way.</summary>
/// <param name="Id">Its id, the same for every attempt.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Content">Its content.</param>
/// <param name="Message">The texts for the person.</param>
internal sealed record Notification(string Id, NotificationKind Kind, NotificationContent Content, RenderedMessage Message);
