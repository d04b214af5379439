namespace Orleans.Sessions;

/// <summary>The kind of a failure. Numbers are those of gRPC status codes, so that they travel unchanged.</summary>
public enum ErrorCode
{
    /// <summary>The request is malformed or a credential in it is wrong (HTTP 400).</summary>
    InvalidArgument = 3,

    /// <summary>The time that the caller grants is over; a change it asked for may have happened (HTTP 504).</summary>
    DeadlineExceeded = 4,

    /// <summary>The thing asked for does not exist (HTTP 404).</summary>
    NotFound = 5,

    /// <summary>The thing to create exists already (HTTP 409).</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known but may not do this (HTTP 403).</summary>
    PermissionDenied = 7,

    /// <summary>A limit is reached: try again later (HTTP 429).</summary>
    ResourceExhausted = 8,

    /// <summary>The request is sound, but the state of the session or user does not allow it (HTTP 400).</summary>
    FailedPrecondition = 9,

    /// <summary>This service does not offer the function (HTTP 501).</summary>
    Unimplemented = 12,

    /// <summary>A fault of the service (HTTP 500).</summary>
    Internal = 13,

    /// <summary>Storage or a part of the cluster is away: nothing was acknowledged, try again (HTTP 503).</summary>
    Unavailable = 14,

    /// <summary>The caller could not be identified (HTTP 401).</summary>
    Unauthenticated = 16,
}
