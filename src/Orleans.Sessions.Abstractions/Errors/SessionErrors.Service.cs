using static Orleans.Sessions.ErrorCode;

namespace Orleans.Sessions;

/// <content>The service itself.</content>
public static partial class SessionErrors
{
#pragma warning disable CS1591 // The rows are their own documentation.
    public static readonly SessionError NotOffered = new("SESSION-Unimp", Unimplemented, "This service does not offer this function");
    public static readonly SessionError SessionBusy = new(
        "SESSION-Busy2",
        ResourceExhausted,
        "Too many changes of this session are running: try again later"
    );
    public static readonly SessionError TooManyRequests = new("SESSION-Limit", ResourceExhausted, "Too many requests: try again later");
    public static readonly SessionError TextNotStorable = new(
        "SESSION-Text1",
        InvalidArgument,
        "A text contains a NUL character or half of a surrogate pair"
    );
    public static readonly SessionError StorageAway = new(
        "SESSION-Store",
        Unavailable,
        "The storage is not available. The change may have been made or not: read again before you repeat it"
    );
    public static readonly SessionError ClusterAway = new("SESSION-Clust", Unavailable, "The cluster could not answer: try again");
    public static readonly SessionError LeaseLost = new(
        "SESSION-Lease",
        Unavailable,
        "This node cannot answer, because another node may have newer data: try again"
    );
    public static readonly SessionError ClusterClientRefused = new(
        "SESSION-Clust2",
        PermissionDenied,
        "Only a process that holds the master key may call this"
    );
    public static readonly SessionError IssuerAway = new(
        "AUTH-Issue",
        Unavailable,
        "This service could not get the keys of the token's issuer"
    );
    public static readonly SessionError InternalFault = new("RECOVER", ErrorCode.Internal, "An internal error occurred");
#pragma warning restore CS1591
}
