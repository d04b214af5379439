using Orleans.Sessions.Lockout;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.Totp;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Tests.Lockout;

/// <summary>The effects of wrong answers, by source.</summary>
public sealed class GuessRulesTests
{
    private static readonly LockoutOptions s_options = new()
    {
        MaxPasswordAttempts = 3,
        MaxStrangerAttempts = 6,
        MaxAccountAttempts = 9,
    };
    private static readonly SecretProtector s_secrets = new(new byte[32]);

    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private UserRecord _user = new()
    {
        Id = "u",
        State = UserState.Active,
        Kind = UserKind.Human,
    };

    [Fact]
    [Asvs("6.3.1")]
    public void A_block_grows_with_each_further_wrong_answer_is_bounded_and_ends_by_itself()
    {
        Guess("a", 3);
        var lengths = new List<double>();
        for (var more = 0; more < 9; more++)
        {
            var block = Block("a")!.Value;
            lengths.Add(block.TotalMinutes);
            _now += block;
            Assert.Null(Block("a"));
            Guess("a", 1);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60], lengths);
    }

    [Fact]
    public void A_factor_is_blocked_until_the_last_of_its_blocks_ends()
    {
        var options = new LockoutOptions { MaxPasswordAttempts = 3 };
        DateTimeOffset? Until() => GuessRules.BlockedUntil(_user, PasswordFactor.Guesses, options, _now);
        Assert.Null(Until());
        Guess("a", 4, options: options);
        var last = _now + TimeSpan.FromMinutes(2);
        _now += TimeSpan.FromSeconds(10);
        Guess("b", 3, options: options);

        Assert.Equal(last, Until());
        _now = last;
        Assert.Null(Until());
    }

    [Fact]
    public void Wrong_answers_from_one_place_block_the_factor_there_and_nowhere_else()
    {
        Guess("a", 3);

        Assert.NotNull(Block("a"));
        Assert.Null(Block("b"));
        Assert.Null(Block("a", factor: TotpFactor.Guesses));
    }

    [Fact]
    [Asvs("6.3.1")]
    public void Strangers_together_are_blocked_before_they_have_guessed_much_but_not_where_the_person_logs_in()
    {
        LogIn("home");
        for (var stranger = 0; stranger < 6; stranger++)
        {
            Assert.Null(Block($"stranger-{stranger}"));
            Guess($"stranger-{stranger}", 1);
        }

        Assert.NotNull(Block("one more"));
        Assert.NotNull(Block(null));
        Assert.Null(Block("home"));
    }

    [Fact]
    public void Even_known_places_together_have_a_bound()
    {
        foreach (var place in new[] { "home", "office", "train", "café" })
        {
            LogIn(place);
        }

        Guess("home", 2);
        Guess("office", 2);
        Guess("train", 2);
        Assert.Null(Block("home"));
        Guess("stranger", 3);

        Assert.NotNull(Block("home"));
        Assert.NotNull(Block("café"));
    }

    [Fact]
    public void A_known_device_is_itself_wherever_it_is_and_has_a_count_of_its_own()
    {
        LogIn("home", device: "phone");
        Guess("hotel", 3);

        Assert.Null(Block("hotel", device: "phone"));
        Assert.NotNull(Block("hotel", device: "made up"));
        Guess("hotel", 3, device: "phone");
        Assert.NotNull(Block("hotel", device: "phone"));
        Assert.NotNull(Block("anywhere", device: "phone"));
    }

    [Fact]
    public void Made_up_devices_count_by_their_address()
    {
        for (var device = 0; device < 3; device++)
        {
            Guess("a", 1, device: $"{device}");
        }

        Assert.NotNull(Block("a", device: "another"));
    }

    [Fact]
    public void A_place_is_known_for_a_while_only_and_not_at_all_where_nobody_told_it()
    {
        LogIn("home");
        LogIn(null);
        GuessOfStrangers(6);
        Assert.Null(Block("home"));
        Assert.NotNull(Block(null));

        _now += s_options.KnownFor;
        GuessOfStrangers(6);
        Assert.NotNull(Block("home"));
    }

    [Fact]
    public void Wrong_answers_are_forgotten_a_day_after_the_last_one_from_there()
    {
        Guess("a", 2);
        _now += s_options.ForgetAfter - TimeSpan.FromSeconds(1);
        Guess("a", 1);
        Assert.NotNull(Block("a"));

        _now += s_options.ForgetAfter;
        Guess("a", 2);
        Assert.Null(Block("a"));
    }

    [Fact]
    public void A_right_answer_forgets_the_wrong_ones_from_there_and_no_others()
    {
        Guess("a", 2);
        Guess("b", 3);

        _user = GuessRules.Right(_user, PasswordFactor.Guesses, From("a"));

        Guess("a", 2);
        Assert.Null(Block("a"));
        Assert.NotNull(Block("b"));
    }

    [Fact]
    public void However_many_sources_there_are_few_are_kept_apart_and_all_count()
    {
        var many = new LockoutOptions
        {
            MaxPasswordAttempts = 3,
            MaxStrangerAttempts = 1000,
            MaxAccountAttempts = 1000,
        };
        LogIn("home");
        Guess("home", 1);
        for (var stranger = 0; stranger < 999; stranger++)
        {
            Assert.Null(Block($"{stranger}", options: many));
            Guess($"{stranger}", 1, options: many);
        }

        Assert.True(_user.GuessesOf(ProvedFactor.Password)!.Sources.Length <= 16);
        Assert.NotNull(Block("home", options: many));
        Assert.Equal(1, Refusal("home", options: many).FailedAttempts);
    }

    [Fact]
    public void A_call_that_is_repeated_counts_once_and_is_answered_the_same()
    {
        var from = From("a") with { CallId = "call" };

        foreach (var _ in new[] { 1, 2, 3, 4 })
        {
            var verdict = GuessRules.Wrong(_user, PasswordFactor.Guesses, from, s_options, _now, SessionErrors.PasswordInvalid);
            _user = verdict.User;
            Assert.Equal((SessionErrors.PasswordInvalid, 1), (verdict.Failure!.Error, verdict.Failure.FailedAttempts));
        }

        Guess("a", 1);
        Assert.Null(Block("a"));
    }

    [Fact]
    public void Zero_attempts_block_nothing()
    {
        var never = new LockoutOptions { MaxPasswordAttempts = 0 };
        Guess("a", 1000, options: never);
        Assert.Null(Block("a", options: never));
    }

    [Fact]
    public void Strangers_are_slowed_down_by_what_they_have_done_together()
    {
        var patient = new LockoutOptions();
        LogIn("home");
        for (var stranger = 0; stranger < 20; stranger++)
        {
            Guess($"{stranger}", 1, options: patient);
        }

        Assert.Equal(TimeSpan.FromSeconds(3), Wrong("another", patient).AnswerDelay);
        Assert.Equal(TimeSpan.Zero, Wrong("home", patient).AnswerDelay);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void A_source_is_an_address_or_the_network_of_an_IPv6_client_and_tells_nobody_which(string one, string other, bool same)
    {
        Assert.Equal(same, From(one).Address == From(other).Address);
        Assert.Equal(12, From(one).Address.Length);
        Assert.NotEqual(AnswerSource.Of(new CheckOrigin(one), "somebody else", s_secrets).Address, From(one).Address);
    }

    [Fact]
    public void A_place_where_the_person_logs_in_every_day_is_noted_once_a_day()
    {
        LogIn("home");
        var first = _user;
        _now += TimeSpan.FromHours(23);
        LogIn("home");
        Assert.Same(first, _user);
        _now += TimeSpan.FromHours(2);
        LogIn("home");
        Assert.Equal(_now, Assert.Single(_user.KnownSources!.Value).SeenAt);
    }

    private static AnswerSource From(string? address, string? device = null) =>
        AnswerSource.Of(new CheckOrigin(address, device), "u", s_secrets);

    private void GuessOfStrangers(int count)
    {
        for (var stranger = 0; stranger < count; stranger++)
        {
            Guess($"stranger-{stranger}", 1);
        }
    }

    private void Guess(string? address, int times, string? device = null, LockoutOptions? options = null)
    {
        for (var time = 0; time < times; time++)
        {
            _user = GuessRules
                .Wrong(_user, PasswordFactor.Guesses, From(address, device), options ?? s_options, _now, SessionErrors.PasswordInvalid)
                .User;
        }
    }

    private SessionException Wrong(string address, LockoutOptions options) =>
        GuessRules.Wrong(_user, PasswordFactor.Guesses, From(address), options, _now, SessionErrors.PasswordInvalid).Failure!;

    private void LogIn(string? address, string? device = null) =>
        _user = GuessRules.LoggedIn(_user, From(address, device), s_options, _now);

    private TimeSpan? Block(string? address, string? device = null, GuessedFactor? factor = null, LockoutOptions? options = null)
    {
        try
        {
            GuessRules.EnsureOpen(_user, factor ?? PasswordFactor.Guesses, From(address, device), options ?? s_options, _now);
            return null;
        }
        catch (SessionException exception)
        {
            Assert.Equal(SessionErrors.PasswordUserLocked, exception.Error);
            return exception.RetryAfter;
        }
    }

    private SessionException Refusal(string address, LockoutOptions options) =>
        Assert.Throws<SessionException>(() => GuessRules.EnsureOpen(_user, PasswordFactor.Guesses, From(address), options, _now));
}
