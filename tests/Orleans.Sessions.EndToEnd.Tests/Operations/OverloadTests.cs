using System.Diagnostics;

namespace Orleans.Sessions.EndToEnd.Operations;

/// <summary>More password checks than the processors can handle.</summary>
public sealed class OverloadTests : OwnHosts
{
    [Fact]
    public async Task Who_cannot_be_served_soon_is_sent_away_at_once()
    {
        var admin = Admin(
            await StartAsync(
                HostSettings
                    .Default.With(Setting.HashThreads, "1")
                    .With(Setting.HashMaxWait, "00:00:00.500")
                    .With(Setting.HashesPerUser, "100")
                    .With(Setting.Argon2Passes, "10")
                    .With(Setting.MaxPasswordAttempts, "0")
            )
        );
        Human[] humans = [await admin.NewHumanAsync(), await admin.NewHumanAsync(), await admin.NewHumanAsync()];
        await admin.OpenAsync(humans[0]);

        var clock = Stopwatch.StartNew();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(async i =>
                {
                    var reply = await admin.CreateSessionAsync(new { checks = humans[i % 3].WithPassword });
                    return (Reply: reply, At: clock.Elapsed);
                })
        );

        var (served, refused) = (
            answers.Where(answer => answer.Reply.Status == 201).ToList(),
            answers.Where(answer => answer.Reply.Status != 201).ToList()
        );
        Assert.NotEmpty(served);
        Assert.NotEmpty(refused);
        Assert.All(refused, answer =>
        {
            answer.Reply.Expect(429);
            Assert.Equal(8, answer.Reply["code"]!.GetValue<int>());
            Assert.Matches("^[1-9][0-9]*$", answer.Reply.Header("retry-after") ?? "");
        });
        Assert.True(refused.Min(answer => answer.At) <= served.Max(answer => answer.At));

        // A refusal because of overload does not count as a wrong password. Afterwards everything works as before.
        await admin.OpenAsync(humans[0]);
        Assert.Equal(
            served.Count + 2,
            (await Task.WhenAll(humans.Select(human => admin.SearchAsync(OfUser(human.Id))))).Sum(found => found.Items("sessions").Count)
        );
    }
}
