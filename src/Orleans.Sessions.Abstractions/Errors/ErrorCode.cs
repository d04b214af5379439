namespace Orleans.Sessions;

/// <summary>The kind of a failure. The numbers are those of the gRPC status codes, so they travel unchanged.</summary>
public enum ErrorCode
{
    /// <summary>The request is malformed or a credential in it is wrong (HTTP 400).</summary>
    InvalidArgument = 3,

    /// <summary>The caller's deadline has passed. A change that the caller asked for may have happened (HTTP 504).</summary>
    DeadlineExceeded = 4,

    /// <summary>The requested thing does not exist (HTTP 404).</summary>
    NotFound = 5,

    /// <summary>The thing to create already exists (HTTP 409).</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known but may not do this (HTTP 403).</summary>
    PermissionDenied = 7,

    /// <summary>A limit is reached. The caller should try again later (HTTP 429).</summary>
    ResourceExhausted = 8,

    /// <summary>The request is valid, but the state of the session or user does not allow it (HTTP 400).</summary>
    FailedPrecondition = 9,

    /// <summary>This service does not offer the function (HTTP 501).</summary>
    Unimplemented = 12,

    /// <summary>A fault of the service (HTTP 500).</summary>
    Internal = 13,

    /// <summary>
    /// The storage or a part of the cluster is unavailable. Nothing was acknowledged, and the caller should try again (HTTP 503).
    /// </summary>
    Unavailable = 14,

    /// <summary>The caller could not be identified (HTTP 401).</summary>
    Unauthenticated = 16,
}
