using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.WebAuthn;

/// <summary>Which callers may register a key: with a permission, as the user itself, or with a code.</summary>
[Collection(nameof(LenientCluster))]
public sealed class PasskeyCodeTests(LenientCluster cluster)
{
    private static readonly Caller s_nobody = CallerWith();

    [Fact]
    public async Task A_code_lets_a_caller_without_rights_register_one_passkey()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        var code = (await cluster.Keys(user).CreatePasskeyCodeAsync(Caller.InCluster, new CodeRequest(CodeDelivery.Return))).Code!;

        var begun = await WithCodeAsync(user, code);
        await cluster.FinishAsync(user, begun.Id, key.Register(begun.Options), caller: s_nobody);

        Assert.Equal(FactorState.Ready, Assert.Single(await cluster.Keys(user).ListPasskeysAsync(Caller.InCluster)).State);
        await FailsAsync(SessionErrors.PasskeyCodeInvalid, () => WithCodeAsync(user, code));
    }

    [Fact]
    public async Task A_code_is_used_once_by_parallel_uses_too()
    {
        var user = await cluster.NewHumanAsync();
        var code = (await cluster.Keys(user).CreatePasskeyCodeAsync(Caller.InCluster, new CodeRequest(CodeDelivery.Return))).Code!;

        var uses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ErrorOfAsync(() => WithCodeAsync(user, code))));

        Assert.Single(uses, use => use is null);
        Assert.All(uses.OfType<SessionError>(), use => Assert.Equal(SessionErrors.PasskeyCodeInvalid, use));
    }

    [Fact]
    public async Task A_wrong_code_is_refused_and_leaves_the_right_one()
    {
        var (user, other) = (await cluster.NewHumanAsync(), await cluster.NewHumanAsync());
        var code = (await cluster.Keys(user).CreatePasskeyCodeAsync(Caller.InCluster, new CodeRequest(CodeDelivery.Return))).Code!;

        await FailsAsync(SessionErrors.PasskeyCodeInvalid, () => WithCodeAsync(user, code with { Code = code.Code + "x" }));
        await FailsAsync(SessionErrors.PasskeyCodeInvalid, () => WithCodeAsync(user, code with { Id = "1" }));
        await FailsAsync(SessionErrors.PasskeyCodeInvalid, () => WithCodeAsync(other, code));
        await FailsAsync(SessionErrors.PasskeyCodeInvalid, () => WithCodeAsync(NewName("unknown"), code));

        await WithCodeAsync(user, code);
    }

    [Fact]
    public async Task A_code_expires_after_an_hour()
    {
        var user = await cluster.NewHumanAsync();
        var code = (await cluster.Keys(user).CreatePasskeyCodeAsync(Caller.InCluster, new CodeRequest(CodeDelivery.Return))).Code!;
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        await FailsAsync(SessionErrors.PasskeyCodeInvalid, () => WithCodeAsync(user, code));
    }

    [Fact]
    public async Task The_newest_five_codes_are_valid_and_none_is_stored()
    {
        var user = await cluster.NewHumanAsync();
        var codes = new List<PasskeyCode>();
        for (var i = 0; i < 6; i++)
        {
            codes.Add((await cluster.Keys(user).CreatePasskeyCodeAsync(Caller.InCluster, new CodeRequest(CodeDelivery.Return))).Code!);
        }

        Assert.All(codes, code => Assert.DoesNotContain(code.Code, cluster.Store.UserJson(user), StringComparison.Ordinal));
        await FailsAsync(SessionErrors.PasskeyCodeInvalid, () => WithCodeAsync(user, codes[0]));
        await WithCodeAsync(user, codes[1]);
        await WithCodeAsync(user, codes[5]);
    }

    [Fact]
    public async Task A_code_is_for_passkeys_only()
    {
        var user = await cluster.NewHumanAsync();
        var code = (await cluster.Keys(user).CreatePasskeyCodeAsync(Caller.InCluster, new CodeRequest(CodeDelivery.Return))).Code!;
        await FailsAsync(SessionErrors.PermissionMissing, () => cluster
                .Keys(user)
                .RegisterAsync(
                    new RegisterWebAuthn
                    {
                        Caller = s_nobody,
                        Kind = WebAuthnKind.U2F,
                        Domain = WebAuthnCalls.Domain,
                        Code = code,
                    }
                ));
    }

    [Fact]
    public async Task Without_rights_nothing_can_be_done_or_learned()
    {
        var user = await cluster.NewHumanAsync();
        using var key = new SoftwareKey();
        var begun = await cluster.BeginAsync(user);
        foreach (var id in new[] { user, NewName("unknown") })
        {
            await DeniedAsync(() => cluster.BeginAsync(id, caller: s_nobody));
            await DeniedAsync(() => cluster.BeginAsync(id, WebAuthnKind.U2F, caller: s_nobody));
            await DeniedAsync(() => cluster.FinishAsync(id, begun.Id, key.Register(begun.Options), caller: s_nobody));
            await DeniedAsync(() => cluster.Keys(id).CreatePasskeyCodeAsync(s_nobody, new CodeRequest(CodeDelivery.Return)));
            await DeniedAsync(() => cluster.Keys(id).ListPasskeysAsync(s_nobody));
            await DeniedAsync(() => cluster.Keys(id).RemoveAsync(s_nobody, WebAuthnKind.Passkey, begun.Id));
            await DeniedAsync(() => cluster.Keys(id).RemoveAsync(s_nobody, WebAuthnKind.U2F, begun.Id));
            await DeniedAsync(() => cluster.User(id).ListAuthenticationFactorsAsync(s_nobody));
        }
    }

    [Fact]
    public async Task Each_kind_needs_its_own_right()
    {
        var user = await cluster.NewHumanAsync();
        await cluster.BeginAsync(user, caller: CallerWith(Permission.UserPasskeyWrite));
        await cluster.BeginAsync(user, WebAuthnKind.U2F, caller: CallerWith(Permission.UserCredentialWrite));
        await cluster.BeginAsync(user, caller: CallerWith(Permission.None, OrganizationId, Permission.UserPasskeyWrite));
        await DeniedAsync(() => cluster.BeginAsync(user, caller: CallerWith(~Permission.UserPasskeyWrite)));
        await DeniedAsync(() => cluster.BeginAsync(user, WebAuthnKind.U2F, caller: CallerWith(~Permission.UserCredentialWrite)));
        await DeniedAsync(() => cluster.BeginAsync(user, caller: CallerWith(Permission.None, "elsewhere", Permission.UserPasskeyWrite)));
    }

    [Fact]
    public async Task Users_set_up_their_own_keys()
    {
        var user = await cluster.NewHumanAsync();
        var self = cluster.Self(user);
        using var key = new SoftwareKey();

        var begun = await cluster.BeginAsync(user, caller: self);
        await cluster.FinishAsync(user, begun.Id, key.Register(begun.Options), caller: self);
        Assert.Single(await cluster.Keys(user).ListPasskeysAsync(self));
        await cluster.Keys(user).RemoveAsync(self, WebAuthnKind.Passkey, begun.Id);
        await DeniedAsync(() => cluster.Keys(user).CreatePasskeyCodeAsync(self, new CodeRequest(CodeDelivery.Return)));
    }

    [Fact]
    public async Task Managers_of_users_cannot_make_themselves_the_owner()
    {
        var owner = await cluster.NewHumanAsync();
        await cluster.User(owner).AddAdministratorAsync(Caller.InCluster, null, ["IAM_OWNER"]);
        var manager = CallerWith(Roles.PermissionsOf(["IAM_USER_MANAGER"]));

        await DeniedAsync(() => cluster.BeginAsync(owner, caller: manager));
        await DeniedAsync(() => cluster.Keys(owner).CreatePasskeyCodeAsync(manager, new CodeRequest(CodeDelivery.Return)));

        var loginFrontend = CallerWith(Roles.PermissionsOf(["IAM_LOGIN_CLIENT"]));
        await cluster.BeginAsync(owner, caller: loginFrontend);
        await cluster.Keys(owner).CreatePasskeyCodeAsync(loginFrontend, new CodeRequest(CodeDelivery.Return));
    }

    private static Task<SessionException> DeniedAsync(Func<Task> call) => FailsAsync(SessionErrors.PermissionMissing, call);

    private Task<WebAuthnEnrolment> WithCodeAsync(string user, PasskeyCode code) =>
        cluster
            .Keys(user)
            .RegisterAsync(
                new RegisterWebAuthn
                {
                    Caller = s_nobody,
                    Kind = WebAuthnKind.Passkey,
                    Domain = WebAuthnCalls.Domain,
                    Code = code,
                }
            );
}
