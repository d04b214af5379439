using System.Runtime.CompilerServices;
using Orleans.Sessions.Organizations;
using Orleans.Sessions.State;
using Orleans.Sessions.Storage;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Tests.Organizations;

/// <summary>The walk through the people of an organization.</summary>
public sealed class OrganizationPeopleTests
{
    private static readonly StateSerializer s_serializer = new([UserJsonContext.Default]);

    [Fact]
    public async Task A_step_that_fails_is_told_with_the_place_where_it_failed()
    {
        var people = new OrganizationPeople(
            StandIn.For<IUserDirectory>((_, arguments) => Task.FromResult(PageAfter((string?)arguments[2]))),
            s_serializer,
            StandIn.For<IGrainFactory>((_, _) => StandIn.For<IUserAuthority>((_, _) => FailAsync()))
        );

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => people.SuspendAsync("org"));

        Assert.Contains(nameof(FailAsync), failure.StackTrace!, StringComparison.Ordinal);
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> PageAfter(string? id) =>
        id is not null ? [] : [s_serializer.Serialize(new UserRecord { Id = "user", State = UserState.Active }).ToMemory()];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task FailAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException();
    }
}
