using Orleans.Sessions.EndToEnd.Saml.Harness;

namespace Orleans.Sessions.EndToEnd.Saml;

/// <summary>What service providers are told about a person by choice.</summary>
public sealed class AttributeTests(SqliteHost host) : ContractTests(host)
{
    [Fact]
    public async Task A_set_is_chosen_and_rules_add_to_it_and_replace_its_attributes()
    {
        const string Mail = "urn:oid:0.9.2342.19200300.100.1.3";
        const string Role = "https://aws.amazon.com/SAML/Attributes/Role";
        using var provider = await TestServiceProvider.RegisterAsync(
            Admin,
            settings:
            [
                ("attributeSet", "ATTRIBUTE_SET_OID"),
                (
                    "attributes",
                    new object[]
                    {
                        new
                        {
                            name = Role,
                            nameFormat = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri",
                            source = "ATTRIBUTE_SOURCE_FIXED",
                            key = "[\"arn:1\",\"arn:2\"]",
                            json = true,
                        },
                        new
                        {
                            name = "urn:oid:2.5.4.42",
                            source = "ATTRIBUTE_SOURCE_PROFILE",
                            key = "displayName",
                        },
                        new
                        {
                            name = "shoe",
                            source = "ATTRIBUTE_SOURCE_METADATA",
                            key = "none",
                        },
                    }
                ),
            ]
        );
        var human = await Admin.NewHumanAsync();

        var response = await provider.SignInAsync(await Admin.OpenAsync(human));

        Assert.Equal((human.Email, "Mouse"), (response.Attribute(Mail), response.Attribute("urn:oid:2.5.4.4")));
        Assert.Equal("Minnie M.", response.Attribute("urn:oid:2.5.4.42"));
        Assert.True(response.Has($"//a:Attribute[@Name='{Mail}' and @FriendlyName='mail']"));
        Assert.True(response.Has($"//a:Attribute[@Name='{Role}' and count(a:AttributeValue)=2 and a:AttributeValue='arn:2']"));
        Assert.False(response.Has("//a:Attribute[@Name='Email' or @Name='UserID' or @Name='shoe']"));
    }

    [Fact]
    public async Task Metadata_with_half_a_character_are_left_out_and_the_person_logs_in()
    {
        using var provider = await TestServiceProvider.RegisterAsync(
            Admin,
            settings:
            [
                (
                    "attributes",
                    new object[]
                    {
                        new
                        {
                            name = "shoe",
                            source = "ATTRIBUTE_SOURCE_METADATA",
                            key = "shoe",
                            json = true,
                        },
                    }
                ),
            ]
        );
        var human = await Admin.NewHumanAsync();
        var shoe = Convert.ToBase64String("""["\ud83d"]"""u8);
        var metadata = new[] { new { key = "shoe", value = shoe } };
        (await Admin.PostAsync($"/v2/users/{human.Id}/metadata", new { metadata })).Expect(200);

        var response = await provider.SignInAsync(await Admin.OpenAsync(human));

        Assert.Equal("Success", response.Status);
        Assert.False(response.Has("//a:Attribute[@Name='shoe']"));
    }

    [Fact]
    public async Task Logins_begin_here_only_where_the_service_provider_allows_it()
    {
        using var provider = await TestServiceProvider.RegisterAsync(Admin, settings: ("allowUnsolicited", true));
        using var other = await TestServiceProvider.RegisterAsync(Admin);
        var session = await Admin.OpenAsync(await Admin.NewHumanAsync());

        var started = await StartAsync(provider, "&target=https%3A%2F%2Fapp.example%2Fpage");
        var completed = (await provider.CompleteAsync(TestServiceProvider.RequestIdOf(started), session)).Expect(200);
        Assert.Equal("https://app.example/page", completed.Text("post.relayState"));
        var response = await provider.ReceiveAsync(completed);
        Assert.Equal("Success", response.Status);
        Assert.False(response.Has("//@InResponseTo"));

        (await StartAsync(other, "")).Expect(400);
        (await StartAsync(provider, $"&target={new string('x', 4097)}")).Expect(400);
        (await StartAsync(provider, "&shire=https%3A%2F%2Fevil.example%2F")).Expect(400);
        (await provider.Browser.GetAsync("/saml/v2/unsolicited")).Expect(400);
    }

    private static Task<Reply> StartAsync(TestServiceProvider provider, string parameters) =>
        provider.Browser.GetAsync($"/saml/v2/unsolicited?providerId={Uri.EscapeDataString(provider.EntityId)}{parameters}");
}
