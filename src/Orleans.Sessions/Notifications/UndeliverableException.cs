namespace Orleans.Sessions.Notifications;

/// <summary>The message was refused permanently, for instance because its recipient does not exist.</summary>
internal sealed class UndeliverableException(string message, Exception? cause = null) : Exception(message, cause);
