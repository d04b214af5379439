using System.Reflection;
using Orleans.Sessions.Factors;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.Policies;
using Orleans.Sessions.RecoveryCodes;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.Totp;
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

    /// <summary>For each factor the changes that take its credentials away. The first one leaves none.</summary>
    private static readonly Dictionary<ProvedFactor, Func<UserRecord, UserRecord>[]> s_losses = new()
    {
        [ProvedFactor.Password] =
        [
            user => user with { Password = null },
            user => user with { Password = new StoredPassword("another", s_now.AddSeconds(1)) },
        ],
        [ProvedFactor.Intent] = [user => user with { Links = null }],
        [ProvedFactor.WebAuthn] =
        [
            user => user with { WebAuthnKeys = null },
            user => user with { WebAuthnKeys = [user.WebAuthnKeys!.Value[0]] },
        ],
        [ProvedFactor.Totp] =
        [
            user => user with { Totp = null },
            user => user with { Totp = new StoredTotp([2], IsReady: true) },
            user => user with { Totp = new StoredTotp([2], IsReady: false) },
        ],
        [ProvedFactor.OtpSms] =
        [
            user => user with { OtpSmsAddedAt = null },
            user => user with { Phone = new PhoneNumber("+492", IsVerified: true) },
        ],
        [ProvedFactor.OtpEmail] =
        [
            user => user with { OtpEmailAddedAt = null },
            user => user with { Email = new EmailAddress("bob@example.com", IsVerified: true) },
        ],
        [ProvedFactor.RecoveryCode] = [user => user with { RecoveryCodes = null }],
    };

    /// <summary>The factors of the table.</summary>
    public static TheoryData<string> Kinds => [.. FactorTable.All.Select(factor => factor.Kind.ToString())];

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

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_a_removed_credential_has_proved_is_void_and_carries_no_tokens(string name)
    {
        var kind = Enum.Parse<ProvedFactor>(name);
        var factor = FactorTable.Find(kind)!;
        Assert.All(s_losses[kind], loss =>
        {
            var after = RevocationRules.Note(s_everything, loss(s_everything), s_now.AddSeconds(1));
            foreach (var other in FactorTable.All)
            {
                foreach (var credential in other.Credentials(s_everything))
                {
                    var proof = new Proof(other.Kind, s_now, credential.Handle);
                    var stands = other.Credentials(after).Contains(credential) && !(kind == other.Kind && kind == ProvedFactor.Password);
                    Assert.Equal((other.Kind, credential, stands), (other.Kind, credential, ProofRules.Stands(proof, Identity(after))));
                    Assert.Equal(stands, ProofRules.Carry([proof], Identity(after)));
                }
            }

            Assert.True(ProofRules.Stands(new Proof(kind, s_now.AddSeconds(2), null), Identity(after)));
        });
        Assert.Empty(factor.Credentials(s_losses[kind][0](s_everything)));
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

    private static UserIdentity Identity(UserRecord user) =>
        new()
        {
            Id = user.Id,
            State = user.State,
            Kind = user.Kind,
            OrganizationId = "o",
            LoginName = "ada",
            PasswordChangedAt = user.Password?.ChangedAt,
            Revocations = user.Revocations,
        };

    private static StoredWebAuthnKey Key(string id, WebAuthnKind kind) =>
        new(id, kind, "example.com") { Credential = new WebAuthnCredential([1], [2], 0, false, false, []) };
}
