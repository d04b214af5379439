using Orleans.Sessions.Fuzz.Contract;
using Orleans.Sessions.Fuzz.Generation;
using Orleans.Sessions.Fuzz.Mutation;
using Orleans.Sessions.Fuzz.World;

namespace Orleans.Sessions.Fuzz.Tests;

/// <summary>The same seed gives the same requests, and most of them are well-formed.</summary>
public sealed class GeneratorTests
{
    [Fact]
    public void The_same_seed_makes_the_same_requests()
    {
        static string All(long seed) =>
            string.Join(
                '\n',
                Enumerable
                    .Range(0, 200)
                    .Select(i =>
                    {
                        var dice = Dice.Of(seed, i);
                        var operation = dice.Pick(Operation.All);
                        return Convert.ToBase64String(
                            JsonMutator.Spoil(dice, new MessageMaker(dice, new Things()).Make(operation.Method.InputType))
                        );
                    })
            );

        Assert.Equal(All(1), All(1));
        Assert.NotEqual(All(1), All(2));
    }

    [Fact]
    public void Every_method_of_the_contract_gets_messages_that_can_be_read()
    {
        Assert.True(Operation.All.Count > 100);
        foreach (var operation in Operation.All)
        {
            var made = Enumerable
                .Range(0, 40)
                .Count(i =>
                    Requests.Binary(
                        operation.Method.InputType,
                        new MessageMaker(Dice.Of(7, i), new Things()).Make(operation.Method.InputType)
                    )
                        is not null
                );
            Assert.True(made > 30, $"{operation.Method.FullName}: {made} of 40");
        }
    }

    [Fact]
    public void Json_can_hold_what_no_tree_can()
    {
        var json = new System.Text.Json.Nodes.JsonObject
        {
            ["a"] = "1",
            [JsonText.Again("a")] = JsonText.Raw("1e999"),
            ["b"] = $"{Texts.Half}",
        };

        Assert.Equal("""{"a":"1","a":1e999,"b":"\ud800"}""", System.Text.Encoding.UTF8.GetString(JsonText.Bytes(json)));
    }
}
