namespace Orleans.Sessions.Faults.Checking;

/// <summary>What clients do.</summary>
public enum Act
{
    Create,
    Update,
    End,

    /// <summary>An administrator reads a session.</summary>
    Read,

    /// <summary>An administrator reads the list of a user's sessions.</summary>
    List,

    /// <summary>A session is read by whoever shows its token; that goes on when it has expired.</summary>
    ReadByToken,

    /// <summary>A session token stands for its person: as bearer, or to be exchanged for an access token.</summary>
    Authenticate,

    /// <summary>What came of a login with the session is used: an access token is introspected, or a refresh token redeemed.</summary>
    UseGrant,
}

/// <summary>What a client knows of an operation.</summary>
public enum Outcome
{
    /// <summary>It was done, or answered.</summary>
    Done,

    /// <summary>It was refused for good: a change did not happen, and what was asked for is not there or not good.</summary>
    Refused,

    /// <summary>Nobody said. A change may have happened, or happen yet.</summary>
    Unknown,
}

/// <summary>A session as an answer shows it.</summary>
/// <param name="Session">Its id.</param>
/// <param name="Sequence">Its version.</param>
/// <param name="Writer">The tag of the write that it says was the last.</param>
/// <param name="Marks">What writes left: a mark for each write, each proved factor, and whether it is to expire.</param>
public sealed record Seen(string Session, long Sequence, string Writer, IReadOnlySet<string> Marks);

/// <summary>One operation of a client: all attempts at it, at whichever nodes. Times are since the run began.</summary>
public sealed record Operation
{
    public Act Act { get; init; }

    public TimeSpan Invoked { get; init; }

    public TimeSpan Responded { get; init; }

    public Outcome Outcome { get; init; }

    /// <summary>The session; none for a list, and for a create whose answer nobody got.</summary>
    public string Session { get; init; } = "";

    /// <summary>The user whose session is created, or whose sessions are listed.</summary>
    public string User { get; init; } = "";

    /// <summary>A write's own name, which it leaves in the session; of a token: that of the write that made it.</summary>
    public string Tag { get; init; } = "";

    /// <summary>What a write leaves in the session beside its tag.</summary>
    public IReadOnlySet<string> Marks { get; init; } = new HashSet<string>();

    /// <summary>How long a session lives from its creation on; none: for longer than the run.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>The version that a write made.</summary>
    public long Sequence { get; init; }

    /// <summary>What a read or a list shows.</summary>
    public IReadOnlyList<Seen> Shown { get; init; } = [];

    /// <summary>The node that answered.</summary>
    public string Node { get; init; } = "";

    /// <summary>How it was done, for people.</summary>
    public string How { get; init; } = "";

    /// <summary>The status of the last answer and the id of its error, for people.</summary>
    public string Told { get; init; } = "";

    /// <summary>Whether it was asked after the fault, when there is nothing left to wait for.</summary>
    public bool IsFinal { get; init; }
}
