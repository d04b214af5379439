using Orleans.Sessions.Fuzz.Wire;
using Orleans.Sessions.Fuzz.World;

namespace Orleans.Sessions.Fuzz.Oracle;

/// <summary>What must not happen.</summary>
public enum Fault
{
    /// <summary>A status from 500 that is not documented.</summary>
    ServerError,

    /// <summary>No answer, or none in time.</summary>
    Hang,

    /// <summary>An exception or a stack trace in an answer.</summary>
    Trace,

    /// <summary>A request that was refused has changed something.</summary>
    ChangedByRefused,

    /// <summary>Somebody got what they have no right to: a change, a text or a success.</summary>
    WronglyAllowed,

    /// <summary>A browser is sent to a site that nobody has registered.</summary>
    OpenRedirect,

    /// <summary>A header or markup of the client's is in the answer as the service's own.</summary>
    Injection,

    /// <summary>A sequence of good requests did not reach its end.</summary>
    BrokenJourney,

    /// <summary>A limit did not hold, or hit somebody else.</summary>
    Limit,
}

/// <summary>A request, its answer, and what is known about what should have happened.</summary>
/// <param name="Caller">Who sent it.</param>
/// <param name="Request">What was sent.</param>
/// <param name="Reply">What came back.</param>
/// <param name="Action">The number of the action in the run.</param>
public sealed record Exchange(Caller Caller, FuzzRequest Request, FuzzReply Reply, long Action)
{
    /// <summary>What the request asks for in the contract; <c>null</c>: it is spoilt, or no request of the contract.</summary>
    public Meaning? Meaning { get; init; }

    /// <summary>Whether this caller must not succeed with it, whatever it is.</summary>
    public bool MustFail { get; init; }

    /// <summary>How long the service took for something trivial at the same time.</summary>
    public TimeSpan Delay { get; init; }
}

/// <summary>Something that must not happen and has.</summary>
/// <param name="Fault">What.</param>
/// <param name="Text">More of it.</param>
/// <param name="Exchange">When; <c>null</c>: it was noticed later.</param>
public sealed record Finding(Fault Fault, string Text, Exchange? Exchange);
