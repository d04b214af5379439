using Orleans.Sessions.Factors;
using Orleans.Sessions.Logins;
using Orleans.Sessions.Policies;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Tests.Factors;

/// <summary>The table knows every method of logging in, and the rules of logins follow the table.</summary>
public sealed class FactorMethodTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly LoginPolicy s_everythingAllowed = new() { SecondFactors = [.. Enum.GetValues<FactorKind>()] };

    private static readonly Dictionary<AuthenticationMethod, LoginPolicy> s_policiesWithout = new()
    {
        [AuthenticationMethod.Password] = s_everythingAllowed with { AllowPassword = false },
        [AuthenticationMethod.Passkey] = s_everythingAllowed with { AllowPasskeys = false },
        [AuthenticationMethod.IdentityProvider] = s_everythingAllowed with { AllowExternalProviders = false },
        [AuthenticationMethod.Totp] = Without(FactorKind.Totp),
        [AuthenticationMethod.U2F] = Without(FactorKind.U2F),
        [AuthenticationMethod.OtpSms] = Without(FactorKind.OtpSms),
        [AuthenticationMethod.OtpEmail] = Without(FactorKind.OtpEmail),
    };

    private static readonly LoginPolicy s_lifetimes = new()
    {
        PasswordCheckLifetime = TimeSpan.FromHours(1),
        ExternalLoginCheckLifetime = TimeSpan.FromHours(2),
        MultiFactorCheckLifetime = TimeSpan.FromHours(3),
        SecondFactorCheckLifetime = TimeSpan.FromHours(4),
    };

    private static readonly LoginPolicy s_forEver = new()
    {
        PasswordCheckLifetime = TimeSpan.Zero,
        ExternalLoginCheckLifetime = TimeSpan.Zero,
        MultiFactorCheckLifetime = TimeSpan.Zero,
        SecondFactorCheckLifetime = TimeSpan.Zero,
    };

    private static readonly LoginPolicy s_nothingAllowed = new()
    {
        AllowPassword = false,
        AllowExternalProviders = false,
        AllowPasskeys = false,
        SecondFactors = [],
    };

    public static TheoryData<AuthenticationMethod> Methods() =>
        [.. Enum.GetValues<AuthenticationMethod>().Where(method => method != AuthenticationMethod.Unspecified)];

    /// <summary>The methods that a policy can forbid.</summary>
    public static TheoryData<AuthenticationMethod> MethodsOfPolicies() =>
        [
            .. Enum.GetValues<AuthenticationMethod>()
                .Where(method => method is not (AuthenticationMethod.Unspecified or AuthenticationMethod.RecoveryCode)),
        ];

    [Fact]
    public void Every_method_is_offered_by_one_row_in_the_order_of_the_contract() =>
        Assert.Equal(
            Enum.GetValues<AuthenticationMethod>().Where(method => method != AuthenticationMethod.Unspecified),
            FactorTable.Methods.Select(row => row.Method.Kind)
        );

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_is_known_to_the_rules_of_logins(AuthenticationMethod method)
    {
        var session = MethodRules.With(new SessionRecord { Id = "s" }, method, s_now);

        var proof = Assert.Single(ProofRules.Of(session));
        Assert.Equal(MethodRules.FactorOf(method), proof.Factor);
        Assert.Equal(method, MethodRules.Of(proof));
        Assert.True(MethodRules.IsProved(method, session));
        Assert.True(MethodRules.IsAllowed(method, s_everythingAllowed));
        Assert.Equal(method == AuthenticationMethod.RecoveryCode, MethodRules.IsAllowed(method, s_nothingAllowed));
        Assert.True(
            method == AuthenticationMethod.RecoveryCode
                || MethodRules.Enrollable.Contains(method)
                || MethodRules.FirstMethods(s_everythingAllowed).Contains(method)
        );
    }

    [Fact]
    public void The_configuration_allows_every_method_unless_it_says_otherwise() =>
        Assert.All(FactorTable.Methods, row =>
            Assert.True(row.Method.IsAllowed(new LoginPolicyOptions().ToPolicy()), row.Method.Kind.ToString())
        );

    [Theory]
    [MemberData(nameof(MethodsOfPolicies))]
    public void A_policy_without_a_method_refuses_only_that_method_and_its_check(AuthenticationMethod method)
    {
        var without = s_policiesWithout[method];
        Assert.Equal([method], FactorTable.Methods.Select(row => row.Method.Kind).Where(other => !MethodRules.IsAllowed(other, without)));

        // The check of a key is refused only if the policy allows neither passkeys nor security keys.
        var factor = MethodRules.FactorOf(method)!.Value;
        var check = Record.Exception(() => LoginPolicyRules.Ensure(without, With(factor), RequestedChallenges.None));
        Assert.Equal(factor != ProvedFactor.WebAuthn, check is SessionException);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Each_proof_is_as_old_as_one_lifetime_of_the_policy_accepts(AuthenticationMethod method)
    {
        var proof = Assert.Single(ProofRules.Of(MethodRules.With(new SessionRecord { Id = "s" }, method, s_now)));
        var lifetime = method switch
        {
            AuthenticationMethod.Password => TimeSpan.FromHours(1),
            AuthenticationMethod.IdentityProvider => TimeSpan.FromHours(2),
            AuthenticationMethod.Passkey => TimeSpan.FromHours(3),
            _ => TimeSpan.FromHours(4),
        };

        Assert.False(MethodRules.IsStale(proof, s_lifetimes, s_now + lifetime));
        Assert.True(MethodRules.IsStale(proof, s_lifetimes, s_now + lifetime + TimeSpan.FromTicks(1)));
        Assert.False(MethodRules.IsStale(proof, s_forEver, DateTimeOffset.MaxValue));
    }

    [Fact]
    public void A_proof_that_only_a_newer_version_knows_counts_for_no_method_and_ages_as_a_second_factor()
    {
        var proof = new Proof((ProvedFactor)99, s_now);
        Assert.Equal(AuthenticationMethod.Unspecified, MethodRules.Of(proof));
        Assert.False(MethodRules.IsStale(proof, s_lifetimes, s_now + s_lifetimes.SecondFactorCheckLifetime));
        Assert.True(MethodRules.IsStale(proof, s_lifetimes, s_now + s_lifetimes.SecondFactorCheckLifetime + TimeSpan.FromTicks(1)));

        var session = new SessionRecord { Id = "s" };
        Assert.Same(session, MethodRules.With(session, (AuthenticationMethod)99, s_now));
        Assert.False(MethodRules.IsProved((AuthenticationMethod)99, ProofRules.With(session, proof)));
        Assert.False(MethodRules.IsAllowed((AuthenticationMethod)99, s_everythingAllowed));
    }

    private static LoginPolicy Without(FactorKind factor) =>
        s_everythingAllowed with
        {
            SecondFactors = s_everythingAllowed.SecondFactors.Remove(factor),
        };

    /// <summary>A check is named after the factor that it proves.</summary>
    private static Checks With(ProvedFactor factor)
    {
        var property = typeof(Checks).GetProperty(factor.ToString())!;
        var checks = new Checks();
        property.SetValue(checks, property.PropertyType == typeof(string) ? "x" : new IntentCheck("1", "x"));
        return checks;
    }
}
