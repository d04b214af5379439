using System.Reflection;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Policies;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.Users;
using Orleans.Sessions.WebAuthn;

namespace Orleans.Sessions.Tests.Factors;

/// <summary>The table of factors is complete: everything in the contract that lists factors is compared with it.</summary>
public sealed class FactorTableTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly UserRecord s_everything = new()
    {
        Id = "u",
        Kind = UserKind.Human,
        State = UserState.Active,
        Email = new EmailAddress("ada@example.com", IsVerified: true),
        Phone = new PhoneNumber("+491", IsVerified: true),
        Password = new StoredPassword("hash", s_now),
        Totp = new StoredTotp([1], IsReady: true),
        OtpSmsAddedAt = s_now,
        OtpEmailAddedAt = s_now,
        RecoveryCodes = [new StoredRecoveryCode([1])],
        WebAuthnKeys = [Key("p", WebAuthnKind.Passkey), Key("s", WebAuthnKind.U2F)],
        Links = [new IdentityLink("google", "1", "ada")],
    };

    private static readonly IEnumerable<PropertyInfo> s_checks = typeof(Checks)
        .GetProperties()
        .Where(property => property.CanWrite && property.Name != nameof(Checks.User));

    public static TheoryData<string> ChecksThatProve => [.. s_checks.Select(property => property.Name)];

    [Fact]
    public void Every_factor_that_a_session_can_prove_has_one_row()
    {
        Assert.Equal(
            Enum.GetValues<ProvedFactor>().Where(kind => kind != ProvedFactor.User).Order(),
            FactorTable.All.Select(factor => factor.Kind).Order()
        );
        Assert.Equal(FactorTable.All.Length, FactorTable.All.Select(factor => factor.Login).Distinct().Count());
        Assert.All(FactorTable.All, factor => Assert.Same(factor, FactorTable.Find(factor.Kind)));
    }

    [Fact]
    public void What_can_be_guessed_is_counted_under_its_own_kind_and_name()
    {
        Assert.All(FactorTable.All, factor => Assert.True(factor.Guesses is null || factor.Guesses.Kind == factor.Kind));
        Assert.Equal(FactorTable.Guessed.Length, FactorTable.Guessed.Select(factor => factor.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(ChecksThatProve))]
    public async Task Every_check_of_a_request_is_judged_by_one_row_and_held_to_the_policy(string name)
    {
        var checks = With(name);
        var judged = new List<ProvedFactor>();
        foreach (var factor in FactorTable.All)
        {
            // A session without a user can have no proofs.
            var draft = new SessionDraft(
                new SessionRecord { Id = "s" },
                null!,
                Caller.InCluster,
                s_now,
                callToken: null,
                CancellationToken.None
            );
            if (await Record.ExceptionAsync(() => factor.CheckAsync(draft, checks)) is SessionException)
            {
                judged.Add(factor.Kind);
            }
        }

        Assert.Equal(name, Assert.Single(judged).ToString());
        var refused = Record.Exception(() => LoginPolicyRules.Ensure(s_nothingAllowed, checks, RequestedChallenges.None)) is not null;
        Assert.Equal(name != nameof(Checks.RecoveryCode), refused);
    }

    [Theory]
    [MemberData(nameof(ChecksThatProve))]
    public void Every_check_of_a_request_is_known_to_prove_something_and_is_named_without_its_value(string name)
    {
        Assert.True(With(name).ProveSomething);
        Assert.Contains($"Given = {name}", With(name).ToString(), StringComparison.Ordinal);
        Assert.False(Checks.None.ProveSomething);
    }

    [Fact]
    public void Every_factor_that_clients_see_is_shown_by_one_row()
    {
        var nothing = new SessionFactors
        {
            User = new UserFactor { Id = "u", VerifiedAt = s_now },
        };
        var properties = typeof(SessionFactors).GetProperties().Where(property => property.Name != nameof(SessionFactors.User)).ToList();

        var shown = FactorTable.All.Select(factor =>
        {
            var seen = factor.Show(nothing, new Proof(factor.Kind, s_now));
            return Assert.Single(properties, property => property.GetValue(seen) is not null).Name;
        });

        Assert.Equal(properties.Select(property => property.Name).Order(), shown.Order());
    }

    [Fact]
    public void Every_method_and_second_factor_of_a_user_belongs_to_a_row()
    {
        Assert.Equal(
            Enum.GetValues<AuthenticationMethod>().Where(method => method != AuthenticationMethod.Unspecified),
            UserRules.Methods(s_everything, null)
        );
        Assert.Equal(Enum.GetValues<FactorKind>(), FactorTable.SecondFactorsOf(s_everything).Select(factor => factor.Kind));
        Assert.Equal(["otp_email", "otp_sms", "passkey p", "security_key s", "totp"], FactorTable.NamesOf(s_everything).Order());
        var nobody = new UserRecord { Id = "u" };
        Assert.Empty(UserRules.Methods(nobody, null));
        Assert.Empty(FactorTable.SecondFactorsOf(nobody));
        Assert.Empty(FactorTable.NamesOf(nobody));
    }

    [Fact]
    public void What_a_removed_credential_has_proved_is_void_whatever_its_factor()
    {
        var bare = s_everything with
        {
            Email = null,
            Phone = null,
            Password = null,
            Totp = null,
            OtpSmsAddedAt = null,
            OtpEmailAddedAt = null,
            WebAuthnKeys = null,
            Links = null,
        };

        var revoked = RevocationRules.Note(s_everything, bare, s_now).Revocations!.Value.Select(one => one.Factor!.Value).Distinct();

        // The date of the password says the same. Recovery codes end by their use, too, so their removal is recorded by itself.
        Assert.Equal(
            FactorTable.All.Select(factor => factor.Kind).Except([ProvedFactor.Password, ProvedFactor.RecoveryCode]).Order(),
            revoked.Order()
        );
        Assert.Null(RevocationRules.Note(bare, s_everything, s_now).Revocations);
    }

    private static readonly LoginPolicy s_nothingAllowed = new()
    {
        AllowPassword = false,
        AllowExternalProviders = false,
        AllowPasskeys = false,
        SecondFactors = [],
    };

    private static Checks With(string name)
    {
        var property = s_checks.Single(one => one.Name == name);
        var checks = new Checks();
        property.SetValue(checks, property.PropertyType == typeof(string) ? "x" : new IntentCheck("1", "x"));
        return checks;
    }

    private static StoredWebAuthnKey Key(string id, WebAuthnKind kind) =>
        new(id, kind, "example.com") { Credential = new WebAuthnCredential([1], [2], 0, false, false, []) };
}
