using Orleans.Sessions.Faults.Checking;

namespace Orleans.Sessions.Faults.Tests;

/// <summary>The checker finds each kind of violation in a history that has it, and nothing in a history without violations.</summary>
public sealed class CheckerTests
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(3);

    private readonly List<Operation> _history = [];

    [Fact]
    public void Nothing_is_wrong_with_a_clean_history()
    {
        Create(1);
        Read(3, "c", 1);
        Update(5, "u", 3);
        Token(6, "c", Outcome.Done);
        Read(7, "u", 3, "c", "u");
        List(8, Shown("u", 3, "c", "u"));
        Token(9, "c", Outcome.Refused);
        Token(9, "u", Outcome.Done);
        Grant(9, Outcome.Done);
        End(10);
        Gone(12);
        Token(13, "u", Outcome.Refused);
        Grant(13, Outcome.Refused);
        List(14);

        Assert.Empty(Found());
    }

    [Fact]
    public void Whatever_is_asked_for_while_something_changes_may_be_answered_either_way()
    {
        Create(1);
        Update(5, "u", 3, takes: 10);
        Read(6, "c", 1);
        Read(7, "u", 3, "c", "u");
        Token(8, "c", Outcome.Refused);
        End(20, takes: 10);
        Read(21, "u", 3, "c", "u");
        List(22, Shown("u", 3, "c", "u"));
        Gone(23);

        Assert.Empty(Found());
    }

    [Fact]
    public void A_write_whose_answer_nobody_got_may_have_happened_or_not()
    {
        Create(1);
        Update(5, "lost", 0, Outcome.Unknown);
        Read(8, "c", 1);
        Read(9, "lost", 3, "c", "lost");
        Token(10, "c", Outcome.Refused);
        End(20, Outcome.Unknown);
        Read(22, "lost", 3, "c", "lost");
        Gone(23);
        _history.Add(Of(Act.Create, 30, 1, Outcome.Unknown) with { Session = "", User = "user", Tag = "other" });
        List(33, new Seen("2", 1, "other", new HashSet<string>()));

        Assert.Empty(Found());
    }

    [Fact]
    public void A_session_that_is_gone_without_an_end_is_lost()
    {
        Create(1);
        Gone(5);

        Assert.Equal([Wrong.Lost], Found());
    }

    [Fact]
    public void A_change_that_is_not_there_in_the_end_is_lost()
    {
        Create(1);
        Update(3, "u", 3);
        Read(9, "c", 1, isFinal: true);

        Assert.Equal([Wrong.Lost], Found());
    }

    [Fact]
    public void A_mark_that_a_later_change_lacks_is_lost()
    {
        Create(1);
        Update(3, "u", 3);
        Update(5, "v", 5);
        Read(9, "v", 5, isFinal: true, "c", "v");

        Assert.Equal([Wrong.Lost], Found());
    }

    [Fact]
    public void A_read_that_shows_less_than_somebody_saw_before_is_stale()
    {
        Create(1);
        Update(3, "u", 3, takes: 20);
        Read(5, "u", 3, "c", "u");
        Read(7, "c", 1);

        Assert.Equal([Wrong.Stale], Found());
    }

    [Fact]
    public void A_read_that_shows_what_nobody_wrote_or_had_not_written_yet_is_wrong()
    {
        Create(1);
        Read(3, "stranger", 3, "c");
        Assert.Equal([Wrong.Stale], Found());

        _history.Clear();
        Create(1);
        Read(3, "u", 3, "c", "u");
        Update(5, "u", 3);
        Assert.Contains(Wrong.Stale, Found());
    }

    [Fact]
    public void One_version_is_acknowledged_once()
    {
        Create(1);
        Update(3, "u", 3, takes: 5);
        Update(4, "v", 3, takes: 5);

        Assert.Equal([Wrong.TwoSuccessors], Found());
    }

    [Fact]
    public void A_later_write_does_not_make_an_earlier_version()
    {
        Create(1);
        Update(3, "u", 5);
        Update(6, "v", 3);

        Assert.Contains(Wrong.TwoSuccessors, Found());
    }

    [Fact]
    public void An_ended_session_is_honoured_by_nobody()
    {
        Create(1);
        End(3);
        Read(6, "c", 1);
        Token(6, "c", Outcome.Done);
        Token(6, "c", Outcome.Done, Act.ReadByToken);
        Grant(6, Outcome.Done);
        Update(6, "u", 3);

        Assert.Equal(Enumerable.Repeat(Wrong.RevokedHonoured, 5), Found());
    }

    [Fact]
    public void What_somebody_was_told_has_ended_does_not_come_back()
    {
        Create(1);
        End(3, Outcome.Unknown);
        Gone(6);
        Read(8, "c", 1);

        Assert.Equal([Wrong.RevokedHonoured], Found());
    }

    [Fact]
    public void An_expired_session_can_be_read_but_stands_for_nobody()
    {
        Create(1, lifetime: 5);
        Read(9, "c", 1);
        Token(9, "c", Outcome.Done, Act.ReadByToken);
        Token(9, "c", Outcome.Refused);
        Assert.Empty(Found());

        Token(10, "c", Outcome.Done);
        Grant(10, Outcome.Done);
        Assert.Equal([Wrong.RevokedHonoured, Wrong.RevokedHonoured], Found());
    }

    [Fact]
    public void A_replaced_token_is_dead_after_the_grace_and_at_once_when_it_is_replaced_twice()
    {
        Create(1);
        Update(3, "u", 3);
        Token(8, "c", Outcome.Done);
        Assert.Equal([Wrong.OldTokenHonoured], Found());

        _history.Clear();
        Create(1);
        Update(3, "u", 3);
        Update(4.1, "v", 5);
        Token(5.2, "c", Outcome.Done);
        Assert.Equal([Wrong.OldTokenHonoured], Found());
    }

    [Fact]
    public void The_current_token_and_what_came_of_it_are_not_refused()
    {
        Create(1);
        Token(3, "c", Outcome.Refused);
        Grant(3, Outcome.Refused);

        Assert.Equal([Wrong.TokenRefused, Wrong.TokenRefused], Found());
    }

    [Fact]
    public void A_list_has_everything_that_is_there_and_nothing_else()
    {
        Create(1);
        List(3);
        Assert.Equal([Wrong.Missing], Found());

        End(5);
        List(7, Shown("c", 1));
        Assert.Equal([Wrong.Missing, Wrong.Ghost], Found());

        _history.Clear();
        List(3, new Seen("9", 1, "x", new HashSet<string>()));
        Assert.Equal([Wrong.Ghost], Found());
    }

    private static Operation Of(Act act, double at, double takes, Outcome outcome = Outcome.Done) =>
        new()
        {
            Act = act,
            Invoked = TimeSpan.FromSeconds(at),
            Responded = TimeSpan.FromSeconds(at + takes),
            Outcome = outcome,
            Session = "1",
        };

    private static Seen Shown(string writer, long sequence, params string[] marks) =>
        new("1", sequence, writer, (marks.Length > 0 ? marks : [writer]).ToHashSet());

    private void Create(double at, double? lifetime = null) =>
        _history.Add(
            Of(Act.Create, at, 1) with
            {
                User = "user",
                Tag = "c",
                Sequence = 1,
                Marks = new HashSet<string> { "c" },
                Lifetime = lifetime is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            }
        );

    private void Update(double at, string tag, long sequence, Outcome outcome = Outcome.Done, double takes = 1) =>
        _history.Add(
            Of(Act.Update, at, takes, outcome) with
            {
                Tag = tag,
                Sequence = sequence,
                Marks = new HashSet<string> { tag },
            }
        );

    private void End(double at, Outcome outcome = Outcome.Done, double takes = 1) => _history.Add(Of(Act.End, at, takes, outcome));

    private void Read(double at, string writer, long sequence, params string[] marks) => Read(at, writer, sequence, false, marks);

    private void Read(double at, string writer, long sequence, bool isFinal, params string[] marks) =>
        _history.Add(Of(Act.Read, at, 0.1) with { Shown = [Shown(writer, sequence, marks)], IsFinal = isFinal });

    private void Gone(double at) => _history.Add(Of(Act.Read, at, 0.1, Outcome.Refused));

    private void Token(double at, string tag, Outcome outcome, Act act = Act.Authenticate) =>
        _history.Add(Of(act, at, 0.1, outcome) with { Tag = tag });

    private void Grant(double at, Outcome outcome) => _history.Add(Of(Act.UseGrant, at, 0.1, outcome));

    private void List(double at, params Seen[] shown) =>
        _history.Add(Of(Act.List, at, 0.1) with { Session = "", User = "user", Shown = shown });

    /// <summary>The kinds of violations found, each once for each answer.</summary>
    private IEnumerable<Wrong> Found() =>
        new Checker(s_grace, TimeSpan.FromSeconds(0.5))
            .Check(_history)
            .DistinctBy(violation => (violation.Wrong, violation.Text))
            .Select(violation => violation.Wrong);
}
