namespace Orleans.Sessions.EndToEnd.UserApi;

/// <summary>Functions of the user service that come later: clients are told so, and authentication comes first.</summary>
public sealed class NotOffered(SqliteHost host) : ContractTests(host)
{
    [Theory]
    [InlineData("keys", "{}")]
    [InlineData("secret", "{}")]
    public async Task It_is_unimplemented(string function, string body)
    {
        var machine = await Admin.NewMachineAsync();
        var path = $"/v2/users/{machine.Id}/{function}";

        Assert.Equal(12, (await Admin.PostAsync(path, new Raw(body))).Expect(501)["code"]!.GetValue<int>());
        (await Admin.As(null).PostAsync(path, new Raw(body))).Expect(Failures.NoToken);
    }
}
