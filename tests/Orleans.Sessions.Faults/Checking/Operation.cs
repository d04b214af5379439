namespace Orleans.Sessions.Faults.Checking;

/// <summary>The kinds of operations of clients.</summary>
public enum Act
{
    Create,
    Update,
    End,

    /// <summary>An administrator reads a session.</summary>
    Read,

    /// <summary>An administrator reads the list of a user's sessions.</summary>
    List,

    /// <summary>A client with the session's token reads the session. This still works after the session has expired.</summary>
    ReadByToken,

    /// <summary>A session token is used in its user's name: as a bearer token, or in an exchange for an access token.</summary>
    Authenticate,

    /// <summary>A token of a login with the session is used: an access token is introspected, or a refresh token redeemed.</summary>
    UseGrant,
}

/// <summary>What a client knows about the outcome of an operation.</summary>
public enum Outcome
{
    /// <summary>The change was made, or the question answered.</summary>
    Done,

    /// <summary>The operation was finally refused. A change did not happen; what was asked for does not exist or is not good.</summary>
    Refused,

    /// <summary>No answer came. A change may have happened, or may still happen.</summary>
    Unknown,
}

/// <summary>A session as an answer shows it.</summary>
/// <param name="Session">Its id.</param>
/// <param name="Sequence">Its version.</param>
/// <param name="Writer">The tag of the write that the session names as the last one.</param>
/// <param name="Marks">The traces of writes: a mark for each write, each proved factor, and whether the session will expire.</param>
public sealed record Seen(string Session, long Sequence, string Writer, IReadOnlySet<string> Marks);

/// <summary>One operation of a client: all attempts, at all nodes. Times count from the beginning of the run.</summary>
public sealed record Operation
{
    public Act Act { get; init; }

    public TimeSpan Invoked { get; init; }

    public TimeSpan Responded { get; init; }

    public Outcome Outcome { get; init; }

    /// <summary>The session; empty for a list, and for a create without an answer.</summary>
    public string Session { get; init; } = "";

    /// <summary>The user whose session is created, or whose sessions are listed.</summary>
    public string User { get; init; } = "";

    /// <summary>The name of a write, which it leaves in the session. For a token: the name of the write that created the token.</summary>
    public string Tag { get; init; } = "";

    /// <summary>What a write leaves in the session in addition to its tag.</summary>
    public IReadOnlySet<string> Marks { get; init; } = new HashSet<string>();

    /// <summary>How long a session lives after its creation; <c>null</c> if it lives longer than the run.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>The version that a write created.</summary>
    public long Sequence { get; init; }

    /// <summary>What a read or a list shows.</summary>
    public IReadOnlyList<Seen> Shown { get; init; } = [];

    /// <summary>How many nodes were asked, one after the other.</summary>
    public int Tries { get; init; } = 1;

    /// <summary>The node that answered.</summary>
    public string Node { get; init; } = "";

    /// <summary>How the operation was done, for the report.</summary>
    public string How { get; init; } = "";

    /// <summary>The status and the error id of the last answer, for the report.</summary>
    public string Told { get; init; } = "";

    /// <summary>Whether the operation was asked after the fault, when nothing is pending any more.</summary>
    public bool IsFinal { get; init; }
}
