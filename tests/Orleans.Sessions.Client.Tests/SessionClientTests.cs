using System.Collections.Immutable;
using OtpNet;

namespace Orleans.Sessions.Client.Tests;

/// <summary>The life of a session over grain calls, from another process than the silos.</summary>
public sealed class SessionClientTests(TwoSilos cluster)
{
    [Fact]
    public async Task A_session_is_made_proved_read_listed_and_ended()
    {
        var secret = KeyGeneration.GenerateRandomKey(20);
        var user = await cluster.NewHumanAsync(Base32Encoding.ToString(secret));
        var created = await cluster.Sessions.CreateAsync(create =>
            create with
            {
                Checks = new Checks { User = new UserCheck { LoginName = $"{user}@example.com" } },
                Lifetime = TimeSpan.FromHours(1),
            }
        );

        var changed = await cluster.Sessions.CheckAsync(
            created.SessionId,
            new Checks { Password = TwoSilos.Password, Totp = new Totp(secret).ComputeTotp() }
        );

        var session = (await cluster.Sessions.GetAsync(created.SessionId, changed.Token))!;
        Assert.Equal(user, session.Factors!.User.Id);
        Assert.NotNull(session.Factors.Password);
        Assert.NotNull(session.Factors.Totp);
        Assert.Equal([created.SessionId], await ListAsync(user));
        Assert.True(await cluster.Sessions.TerminateAsync(created.SessionId));
        Assert.Null(await cluster.Sessions.GetAsync(created.SessionId));
        Assert.Empty(await ListAsync(user));
    }

    [Fact]
    public async Task A_create_with_the_same_key_makes_one_session()
    {
        var user = await cluster.NewHumanAsync();
        var key = new Idempotency($"key-{user}", [1]);
        Task<SessionChange> CreateAsync() =>
            cluster.Sessions.CreateAsync(create =>
                create with
                {
                    Checks = new Checks { User = new UserCheck { UserId = user } },
                    Idempotency = key,
                }
            );

        var first = await CreateAsync();

        Assert.Equal(first, await CreateAsync());
        Assert.Equal([first.SessionId], await ListAsync(user));
    }

    [Fact]
    public async Task Errors_keep_their_ids_and_counts()
    {
        var user = await cluster.NewHumanAsync();

        var exception = await Assert.ThrowsAsync<SessionException>(() =>
            cluster.Sessions.CreateAsync(create =>
                create with
                {
                    Checks = new Checks
                    {
                        User = new UserCheck { UserId = user },
                        Password = "wrong",
                    },
                }
            )
        );

        Assert.Equal(SessionErrors.PasswordInvalid, exception.Error);
        Assert.Equal(1, exception.FailedAttempts);
        Assert.Empty(await ListAsync(user));
    }

    [Fact]
    public async Task A_listing_longer_than_a_page_has_every_session_once_even_if_some_end_meanwhile()
    {
        var user = await cluster.NewHumanAsync();
        var made = new List<string>();
        for (var number = 0; number < 230; number++)
        {
            made.Add(await cluster.NewSessionAsync(user));
        }

        var listed = new List<string>();
        await foreach (var session in cluster.Sessions.ListAsync([new SessionFilter.User(user)], TestContext.Current.CancellationToken))
        {
            listed.Add(session.Id);
            if (listed.Count <= 20)
            {
                await cluster.Sessions.TerminateAsync(session.Id, TestContext.Current.CancellationToken);
            }
        }

        Assert.Equal(made, listed);
    }

    [Fact]
    public async Task All_sessions_of_a_user_end_but_one()
    {
        var user = await cluster.NewHumanAsync();
        var (kept, other) = (await cluster.NewSessionAsync(user), await cluster.NewSessionAsync(user));

        Assert.Equal(1, await cluster.Sessions.TerminateAllAsync(user, [kept]));

        Assert.Equal([kept], await ListAsync(user));
        Assert.Null(await cluster.Sessions.GetAsync(other));
    }

    [Fact]
    public async Task Options_that_make_no_sense_stop_the_start()
    {
        var exception = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() =>
            cluster.StartClientAsync(options => options.RewatchEvery = TimeSpan.Zero)
        );

        Assert.Contains("RewatchEvery", exception.Message, StringComparison.Ordinal);
    }

    private async Task<ImmutableArray<string>> ListAsync(string user)
    {
        var ids = ImmutableArray.CreateBuilder<string>();
        await foreach (var session in cluster.Sessions.ListAsync([new SessionFilter.User(user)]))
        {
            ids.Add(session.Id);
        }

        return ids.ToImmutable();
    }
}
