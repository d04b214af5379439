namespace Orleans.Sessions.Storage;

/// <summary>A claimed message.</summary>
/// <param name="GrainKey">The key of the session or user to which the message belongs.</param>
/// <param name="Kind">The kind of the message. A session or user has at most one message of each kind; a newer one replaces it.</param>
/// <param name="Id">The id of the message, the same at every attempt.</param>
/// <param name="Content">The encrypted message, base64.</param>
/// <param name="ExpiresAt">When the code in the message expires. After that, a delivery is useless.</param>
/// <param name="Attempts">The number of attempts, including this one.</param>
public sealed record PendingNotification(string GrainKey, string Kind, string Id, string Content, DateTimeOffset ExpiresAt, int Attempts);
