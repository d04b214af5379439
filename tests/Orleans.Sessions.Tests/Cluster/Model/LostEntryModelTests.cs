using Orleans.Sessions.Tests.Cluster.Model.Harness;

namespace Orleans.Sessions.Tests.Cluster.Model;

/// <summary>
/// Two activations of one grain, because the directory has lost the entry of the first, in every order of their steps. With all rules, no
/// client gets an answer that is older than what it could have known. Without any one of the rules, some client does.
/// </summary>
public sealed class LostEntryModelTests
{
    public static TheoryData<string, LostEntryRules> WithoutOne =>
        new()
        {
            {
                "reads compare",
                new() { ReadsCompare = false }
            },
            {
                "unread reads compare",
                new() { UnreadReadsCompare = false }
            },
            {
                "reads ask",
                new() { ReadsAsk = false }
            },
            {
                "writes ask",
                new() { WritesAsk = false }
            },
            {
                "writes wait",
                new() { WritesWait = false }
            },
            {
                "settles for a lease",
                new() { SettlesForALease = false }
            },
        };

    [Fact]
    public void With_all_rules_no_answer_is_older_than_what_was_known_when_it_was_asked_for()
    {
        var way = Explorer.WayTo(default(LostEntry.State), new LostEntry(new()).Steps, state => state.IsWrong, out var seen);

        Assert.True(way is null, $"It goes wrong by this way:\n{string.Join('\n', way ?? [])}");

        // The situations that the rules are for do occur: both activations write, and one finds out that it is lost while the other one
        // believes its memory.
        Assert.Contains(seen, state => state is { Old.Write: WriteStage.Ended, New: { Write: WriteStage.Ended } });
        Assert.Contains(seen, state => state is { Old.IsLost: true, New: { IsFound: true, Compared: ComparedWhen.Settled } });
    }

    [Theory]
    [MemberData(nameof(WithoutOne))]
    public void Without_one_of_them_there_is_a_way_to_a_wrong_answer(string rule, LostEntryRules rules)
    {
        var way = Explorer.WayTo(default(LostEntry.State), new LostEntry(rules).Steps, state => state.IsWrong, out _);

        Assert.True(
            way is not null,
            $"Nothing goes wrong without the rule '{rule}': it is not needed, or the model does not show what for."
        );
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', way));
    }
}
