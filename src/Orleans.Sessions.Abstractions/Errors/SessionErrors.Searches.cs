using static Orleans.Sessions.ErrorCode;

namespace Orleans.Sessions;

/// <content>Searches and lists.</content>
public static partial class SessionErrors
{
#pragma warning disable CS1591 // The rows are their own documentation.
    public static readonly SessionError QueryMissing = new("GRPC-Sfefs", InvalidArgument, "List.Query.Invalid");
    public static readonly SessionError CreatorQueryInvalid = new("GRPC-x8n24uh", InvalidArgument, "List.Query.Invalid");
    public static readonly SessionError UserAgentQueryInvalid = new("GRPC-x8n23uh", InvalidArgument, "List.Query.Invalid");
    public static readonly SessionError ProvedQueryAlone = new(
        "QUERY-Prov1",
        InvalidArgument,
        "provedQuery: a search by proved factors needs userIdQuery or idsQuery"
    );
    public static readonly SessionError TooManyMachines = new(
        "QUERY-Mach1",
        InvalidArgument,
        "The search covers too many service accounts: name a user or an organization"
    );
    public static readonly SessionError LimitExceeded = new("QUERY-4M0fs", InvalidArgument, "Limit exceeded");
    public static readonly SessionError QueryTooComplex = new(
        "QUERY-Deep1",
        InvalidArgument,
        "queries: a search can have at most 20 conditions, including nested ones"
    );
    public static readonly SessionError QueryTooLong = new(
        "QUERY-Long1",
        InvalidArgument,
        "queries: the lists of a search can have at most 1000 values in total"
    );
    public static readonly SessionError SearchTooSlow = new(
        "QUERY-Slow1",
        Unavailable,
        "The database did not finish the search in time: narrow the search, or try again"
    );
    public static readonly SessionError CountTooSlow = new(
        "QUERY-Count1",
        FailedPrecondition,
        "Counting all matches takes too long: narrow the search, or do not ask for an exact total"
    );
    public static readonly SessionError SearchesTooMany = new(
        "QUERY-Busy1",
        ResourceExhausted,
        "Too many searches are running: try again later"
    );
#pragma warning restore CS1591
}
