using Orleans.Sessions.Fuzz.Wire;
using Orleans.Sessions.Fuzz.World;

namespace Orleans.Sessions.Fuzz.Oracle;

/// <summary>The kinds of findings.</summary>
public enum Fault
{
    /// <summary>An undocumented status of 500 or above.</summary>
    ServerError,

    /// <summary>No answer in time.</summary>
    Hang,

    /// <summary>An exception or a stack trace in an answer.</summary>
    Trace,

    /// <summary>A refused request has changed something.</summary>
    ChangedByRefused,

    /// <summary>A caller got a change, a text or a success that they have no right to.</summary>
    WronglyAllowed,

    /// <summary>The service sends a browser to an unregistered site.</summary>
    OpenRedirect,

    /// <summary>The answer contains a header or markup of the client as the service's own.</summary>
    Injection,

    /// <summary>A sequence of valid requests did not reach its end.</summary>
    BrokenJourney,

    /// <summary>A limit did not hold, or affected another caller.</summary>
    Limit,
}

/// <summary>A request, its answer, and what is known about the right result.</summary>
/// <param name="Caller">The sender.</param>
/// <param name="Request">The request.</param>
/// <param name="Reply">The answer.</param>
/// <param name="Action">The number of the action in the run.</param>
public sealed record Exchange(Caller Caller, FuzzRequest Request, FuzzReply Reply, long Action)
{
    /// <summary>The meaning of the request in the contract; <c>null</c> if it is spoilt, or not a request of the contract.</summary>
    public Meaning? Meaning { get; init; }

    /// <summary>Whether this caller must not succeed, whatever the request is.</summary>
    public bool MustFail { get; init; }

    /// <summary>How long the service needed for a trivial request at the same time.</summary>
    public TimeSpan Delay { get; init; }
}

/// <summary>A finding of the fuzz.</summary>
/// <param name="Fault">Its kind.</param>
/// <param name="Text">A description.</param>
/// <param name="Exchange">The exchange that caused it; <c>null</c> if it was noticed later.</param>
public sealed record Finding(Fault Fault, string Text, Exchange? Exchange);
