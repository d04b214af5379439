namespace Orleans.Sessions.Tests.Cluster.Model;

/// <summary>
/// The protocol of lease and fence, tried in every order of its steps: with all its rules no client is ever answered with less than it
/// could have known, and each rule is there for a reason.
/// </summary>
public sealed class TakeoverModelTests
{
    public static TheoryData<string, TakeoverRules> WithoutOne => new()
    {
        { "lease", new() { Lease = false } },
        { "count from before", new() { CountsFromBefore = false } },
        { "order of renewals and votes", new() { RenewalsAreOrdered = false } },
        { "fence", new() { Fence = false } },
        { "goodbye last", new() { GoodbyeIsLast = false } },
        { "look of writes", new() { WritesLook = false } },
        { "votes wait", new() { VotesWait = false } },
        { "reads wait", new() { ReadsWait = false } },
        { "one activation", new() { OneActivation = false } },
    };

    [Fact]
    public void With_all_rules_no_answer_is_older_than_what_was_known_when_it_was_asked_for()
    {
        var takeover = new Takeover(new());

        var way = Explorer.WayTo(default(Takeover.State), takeover.Steps, state => state.IsWrong, out var seen);

        Assert.True(way is null, $"It goes wrong by this way:\n{string.Join('\n', way ?? [])}");

        // What the rules are for does happen: both nodes read and change, and the old one does so with its lease while it is dead already.
        Assert.Contains(seen, state => state is { OldWrite: WriteStage.Ended, NewWrite: WriteStage.Ended });
        Assert.Contains(seen, state => state is { IsDead: true, HasLeft: false, OldRead: ReadStage.Checked, NewRead: ReadStage.Checked });
        Assert.Contains(seen, state => state is { SaidGoodbye: true, NewWrite: WriteStage.Ended });
    }

    [Theory]
    [MemberData(nameof(WithoutOne))]
    public void Without_one_of_them_there_is_a_way_to_a_wrong_answer(string rule, TakeoverRules rules)
    {
        var way = Explorer.WayTo(default(Takeover.State), new Takeover(rules).Steps, state => state.IsWrong, out _);

        Assert.True(
            way is not null,
            $"Nothing goes wrong without the rule '{rule}': it is not needed, or the model does not show what for.");
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', way));
    }
}
