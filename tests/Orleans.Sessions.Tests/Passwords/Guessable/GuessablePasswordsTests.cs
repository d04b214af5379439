using Orleans.Sessions.Users;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Passwords.Guessable;

/// <summary>Passwords that users choose are checked, on every way to choose one.</summary>
[Collection(nameof(LenientCluster))]
public sealed class GuessablePasswordsTests(LenientCluster cluster)
{
    private const string Common = "Password1!";
    private static readonly Caller s_frontend = CallerWith(Roles.PermissionsOf(["IAM_LOGIN_CLIENT"]));
    private static readonly Caller s_owner = CallerWith(Roles.PermissionsOf(["IAM_OWNER", "IAM_LOGIN_CLIENT"]));

    [Fact]
    [Asvs("6.2.11")]
    public async Task Nobody_chooses_a_common_password_or_names_for_a_change()
    {
        var id = await cluster.NewHumanAsync();
        Task ChangeAsync(string next) =>
            cluster
                .User(id)
                .SetPasswordAsync(
                    cluster.Self(id),
                    new PasswordChange
                    {
                        Current = Password,
                        New = new NewPassword { Password = next },
                    }
                );
        await FailsAsync(SessionErrors.PasswordCommon, () => ChangeAsync(Common));
        await FailsAsync(SessionErrors.PasswordOfNames, () => ChangeAsync("Lovelace-Ada-1"));
        await FailsAsync(SessionErrors.PasswordOfNames, () => ChangeAsync("Orleans.Sessions9"));
        await FailsAsync(SessionErrors.PasswordOfNames, () => ChangeAsync("Default-99"));
        await FailsAsync(SessionErrors.PasswordOfNames, () => ChangeAsync($"X-{id}-1".Replace("user", "User", StringComparison.Ordinal)));
        await cluster.Factors(id).VerifyPasswordAsync(Password);
        await ChangeAsync("Another-Horse-8");
    }

    [Fact]
    public async Task Nobody_chooses_one_with_a_reset_code_which_stays_good_for_a_better_one()
    {
        var id = await cluster.NewHumanAsync();
        var issued = await cluster
            .User(id)
            .RequestPasswordResetAsync(Caller.InCluster, new CodeRequest(CodeDelivery.Return), OtpChannel.Email);
        Task ResetAsync(string next) =>
            cluster
                .User(id)
                .SetPasswordAsync(
                    s_owner,
                    new PasswordChange
                    {
                        VerificationCode = issued.Code,
                        New = new NewPassword { Password = next },
                    }
                );
        await FailsAsync(SessionErrors.PasswordCommon, () => ResetAsync(Common));
        await FailsAsync(SessionErrors.PasswordOfNames, () => ResetAsync("Lovelace-Ada-1"));
        await ResetAsync("Another-Horse-8");
    }

    [Fact]
    public async Task Nobody_registers_with_one()
    {
        var id = NewName();
        Task RegisterAsync(string password) =>
            cluster
                .User(id)
                .CreateAsync(
                    NewHuman(id, human => human with { Password = new NewPassword { Password = password } }) with
                    {
                        Caller = s_frontend,
                    }
                );
        await FailsAsync(SessionErrors.PasswordCommon, () => RegisterAsync(Common));
        await FailsAsync(SessionErrors.PasswordOfNames, () => RegisterAsync("Lovelace-Ada-1"));
        Assert.Null(cluster.Store.User(id));
        await RegisterAsync(Password);
        await FailsAsync(SessionErrors.PasswordCommon, () =>
            cluster.User(id).SetPasswordAsync(s_frontend, new PasswordChange { New = new NewPassword { Password = Common } })
        );
        await FailsAsync(SessionErrors.PasswordCommon, () => cluster
                .User(id)
                .UpdateAsync(
                    new UpdateUser
                    {
                        Caller = cluster.Self(id),
                        Password = new PasswordChange
                        {
                            Current = Password,
                            New = new NewPassword { Password = Common },
                        },
                    }
                ));
    }

    [Fact]
    public async Task Administrators_may_give_one_and_imported_hashes_are_taken()
    {
        var id = await cluster.NewHumanAsync(human => human with { Password = new NewPassword { Password = Common } });
        await cluster.Factors(id).VerifyPasswordAsync(Common);
        await cluster.User(id).SetPasswordAsync(s_owner, new PasswordChange { New = new NewPassword { Password = "Passw0rd!" } });
        await cluster.Factors(id).VerifyPasswordAsync("Passw0rd!");

        // The MD5 hash of "password", as another system stored it.
        await cluster
            .User(id)
            .SetPasswordAsync(s_frontend, new PasswordChange { New = new NewPassword { Hash = "5f4dcc3b5aa765d61d8327deb882cf99" } });
    }
}
