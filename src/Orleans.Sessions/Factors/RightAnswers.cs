using System.Collections.Immutable;
using Orleans.Sessions.Lockout;

namespace Orleans.Sessions.Factors;

/// <summary>The right answers of one request.</summary>
[GenerateSerializer, Immutable, Alias("sessions.RightAnswers")]
internal sealed record RightAnswers
{
    /// <summary>The answers, in the order in which they were checked.</summary>
    [Id(0)]
    public required ImmutableArray<RightAnswer> Answers { get; init; }

    /// <summary>The origin of the answers.</summary>
    [Id(1)]
    public CheckOrigin? Origin { get; init; }

    /// <summary>How many factors the session has proved including these. A passkey that verified the person counts as two.</summary>
    [Id(2)]
    public int ProvedInAll { get; init; }
}
