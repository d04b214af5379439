namespace Orleans.Sessions.EndToEnd.SessionApi;

/// <summary>Metadata: contract §8.5 as documented, and the limits of 100 keys and 64 KiB.</summary>
public abstract class SessionMetadataTests(SharedHost host) : ContractTests(host)
{
    [Fact]
    public async Task Entries_with_empty_values_are_ignored_on_create()
    {
        var session = await Admin.OpenAsync(new { metadata = Metadata(("a", "1"), ("empty", "")) });

        Assert.Equal(["a"], MetadataOf((await Admin.ReadAsync(session)).Expect(200)).Keys);
        Assert.Equal(2, (await Admin.OpenAsync(new { metadata = Metadata(("empty", "")) })).Sequence);
    }

    [Fact]
    public async Task An_update_merges_overwrites_and_deletes_by_empty_value()
    {
        var session = await Admin.OpenAsync(new { metadata = Metadata(("kept", "1"), ("changed", "2"), ("gone", "3")) });

        session = session.After(await Admin.SetAsync(session, new { metadata = Metadata(("changed", "20"), ("gone", ""), ("new", "4")) }));

        var expected = new Dictionary<string, string>
        {
            ["kept"] = "1",
            ["changed"] = "20",
            ["new"] = "4",
        };
        Assert.Equal(expected, MetadataOf((await Admin.ReadAsync(session)).Expect(200)));
        var found = (await Admin.SearchAsync(new { idsQuery = new { ids = new[] { session.Id } } })).Expect(200);
        Assert.Equal(3, found["sessions.0.metadata"]!.AsObject().Count);
    }

    [Fact]
    public async Task Deleting_the_last_key_leaves_no_metadata()
    {
        var session = await Admin.OpenAsync(new { metadata = Metadata(("a", "1")) });

        session = session.After(await Admin.SetAsync(session, new { metadata = Metadata(("a", "")) }));

        Assert.False((await Admin.ReadAsync(session)).Expect(200).Has("session.metadata"));
    }

    [Fact]
    public async Task Values_are_bytes_and_keys_are_any_text()
    {
        var bytes = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        var metadata = new Dictionary<string, byte[]>
        {
            ["bytes"] = bytes,
            ["zero"] = [0],
            ["ключ 密码 🔑"] = [1],
            ["{0}"] = [2],
            ["\"quoted\" \\ \n"] = [3],
            ["a.b"] = [4],
        };
        var session = await Admin.OpenAsync(new { metadata });

        var read = (await Admin.ReadAsync(session)).Expect(200)["session.metadata"]!.AsObject();

        Assert.Equal(metadata.Keys.Order(StringComparer.Ordinal), read.Select(entry => entry.Key).Order(StringComparer.Ordinal));
        Assert.All(metadata, entry => Assert.Equal(Convert.ToBase64String(entry.Value), read[entry.Key]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_key_with_a_nul_which_no_database_keeps_is_refused() =>
        (await Admin.CreateSessionAsync(new { metadata = new Dictionary<string, byte[]> { ["nul\0"] = [1] } })).Expect(400);

    [Fact]
    public async Task Values_may_come_in_url_safe_base64_and_go_out_in_standard_base64()
    {
        var session = await Admin.OpenAsync(new Raw("""{"metadata":{"url":"-_-_","unpadded":"-_8"}}"""));

        var read = (await Admin.ReadAsync(session)).Expect(200);

        Assert.Equal("+/+/", read.Text("session.metadata.url"));
        Assert.Equal("+/8=", read.Text("session.metadata.unpadded"));
    }

    [Fact]
    public async Task One_hundred_keys_are_allowed_and_one_more_is_not()
    {
        var session = await Admin.OpenAsync(new { metadata = Keys(0, 100) });

        (await Admin.SetAsync(session, new { metadata = Metadata(("one-more", "1")) })).Expect(Failures.TooMuchMetadata);
        (await Admin.CreateSessionAsync(new { metadata = Keys(0, 101) })).Expect(Failures.TooMuchMetadata);
        (await Admin.CreateSessionAsync(new { metadata = Keys(0, 10_000) })).Expect(Failures.TooMuchMetadata);

        Assert.Equal(100, MetadataOf((await Admin.ReadAsync(session, session.Token)).Expect(200)).Count);
        (await Admin.SetAsync(session, new { metadata = Metadata(("k0", ""), ("one-more", "1")) })).Expect(200);
    }

    [Fact]
    public async Task Sixty_four_kilobytes_are_allowed_in_all_and_not_a_byte_more()
    {
        const int limit = 64 * 1024;
        var session = await Admin.OpenAsync(new { metadata = new { a = new byte[limit - 1] } });

        (await Admin.SetAsync(session, new { metadata = Metadata(("b", "1")) })).Expect(Failures.TooMuchMetadata);
        (await Admin.CreateSessionAsync(new { metadata = new { a = new byte[limit] } })).Expect(Failures.TooMuchMetadata);

        Assert.Equal(["a"], MetadataOf((await Admin.ReadAsync(session, session.Token)).Expect(200)).Keys);
    }

    private static Dictionary<string, byte[]> Keys(int from, int count) =>
        Enumerable.Range(from, count).ToDictionary(i => $"k{i}", _ => new byte[] { 1 });
}

public sealed class SessionMetadataTestsOnSqlite(SqliteHost host) : SessionMetadataTests(host);

public sealed class SessionMetadataTestsOnPostgreSql(PostgreSqlHost host) : SessionMetadataTests(host);
