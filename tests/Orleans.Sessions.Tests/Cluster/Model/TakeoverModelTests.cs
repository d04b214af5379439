using Orleans.Sessions.Tests.Cluster.Model.Harness;

namespace Orleans.Sessions.Tests.Cluster.Model;

/// <summary>
/// The protocol of lease and fence, in every order of its steps. With all rules, no client gets an answer that is older than what it
/// could have known. Without any one of the rules, some client does.
/// </summary>
public sealed class TakeoverModelTests
{
    public static TheoryData<string, TakeoverRules> WithoutOne =>
        new()
        {
            {
                "lease",
                new() { Lease = false }
            },
            {
                "count from before",
                new() { CountsFromBefore = false }
            },
            {
                "order of renewals and votes",
                new() { RenewalsAreOrdered = false }
            },
            {
                "fence",
                new() { Fence = false }
            },
            {
                "goodbye last",
                new() { GoodbyeIsLast = false }
            },
            {
                "look of writes",
                new() { WritesLook = false }
            },
            {
                "votes wait",
                new() { VotesWait = false }
            },
            {
                "reads wait",
                new() { ReadsWait = false }
            },
            {
                "one activation",
                new() { OneActivation = false }
            },
        };

    [Fact]
    public void With_all_rules_no_answer_is_older_than_what_was_known_when_it_was_asked_for()
    {
        var takeover = new Takeover(new());

        var way = Explorer.WayTo(default(Takeover.State), takeover.Steps, state => state.IsWrong, out var seen);

        Assert.True(way is null, $"It goes wrong by this way:\n{string.Join('\n', way ?? [])}");

        // The situations that the rules are for do occur: both nodes read and write, and the old node still does so with its lease after it
        // was voted out.
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
            $"Nothing goes wrong without the rule '{rule}': it is not needed, or the model does not show what for."
        );
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', way));
    }
}
