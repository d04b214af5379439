namespace Orleans.Sessions.EndToEnd.UserApi;

/// <summary>The administrators' own data about a user. The contract has no method to read it, so the sequence shows changes.</summary>
public abstract class UserMetadataTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task Entries_are_set_and_deleted_by_key()
    {
        var human = await Admin.NewHumanAsync();
        var path = $"/v2/users/{human.Id}/metadata";
        var entries = new[] { new { key = "a", value = new byte[] { 1 } }, new { key = "b", value = new byte[] { 2 } } };
        var sequence = await SequenceAsync(human);

        Assert.True((await Admin.PostAsync(path, new { metadata = entries })).Expect(200).Has("setDate"));
        Assert.Equal(++sequence, await SequenceAsync(human));
        (await Admin.PostAsync(path, new { metadata = entries })).Expect(200);
        Assert.Equal(sequence, await SequenceAsync(human));

        Assert.True((await Admin.DeleteAsync($"{path}?keys=a&keys=b")).Expect(200).Has("deletionDate"));
        Assert.Equal(++sequence, await SequenceAsync(human));
        (await Admin.PostAsync(path, new { metadata = entries[..1] })).Expect(200);
        (await Admin.DeleteAsync($"{path}?keys=a")).Expect(200);
        Assert.Equal(sequence + 2, await SequenceAsync(human));
    }

    [Fact]
    public async Task Entries_keep_the_rules_and_the_limits()
    {
        var human = await Admin.NewHumanAsync();
        var path = $"/v2/users/{human.Id}/metadata";

        (await Admin.PostAsync(path, new { metadata = new[] { new { key = "", value = new byte[] { 1 } } } })).Expect(
            Failure.InvalidInside(
                "SetUserMetadataRequest.Metadata[0]",
                "Metadata.Key: value length must be between 1 and 200 runes, inclusive"
            )
        );
        (await Admin.PostAsync(path, new { metadata = new[] { new { key = "a", value = Array.Empty<byte>() } } }))
            .Expect(400)
            .ExpectRefusal();
        (
            await Admin.PostAsync(
                path,
                new { metadata = Enumerable.Range(0, 101).Select(i => new { key = $"k{i}", value = new byte[] { 1 } }) }
            )
        )
            .Expect(400)
            .ExpectRefusal();
    }

    private async Task<long> SequenceAsync(Human human) =>
        (await Admin.GetAsync($"/v2/users/{human.Id}")).Expect(200).Number("details.sequence");
}

public sealed class UserMetadataTestsOnSqlite(SqliteHost host) : UserMetadataTests(host);

public sealed class UserMetadataTestsOnPostgreSql(PostgreSqlHost host) : UserMetadataTests(host);
