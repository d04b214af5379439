using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using Orleans.Sessions.Gateway.Oidc.Dpop;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Gateway.Tests.Oidc;

/// <summary>Every node knows the nonces of every other, and nobody else knows the next one (RFC 9449 §8).</summary>
public sealed class DpopNonceTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 12, 0, 30, TimeSpan.Zero));

    [Fact]
    public void A_nonce_of_one_node_is_good_on_another_for_one_to_two_minutes()
    {
        var key = RandomNumberGenerator.GetBytes(SecretProtector.KeyBytes);
        var (one, other) = (new DpopNonces(new SecretProtector(key), _clock), new DpopNonces(new SecretProtector(key), _clock));
        var nonce = one.Current;

        Assert.True(other.IsCurrent(nonce));
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.NotEqual(nonce, other.Current);
        Assert.True(other.IsCurrent(nonce));
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.False(other.IsCurrent(nonce));
    }

    [Fact]
    public void A_nonce_that_another_installation_made_or_nobody_is_not_good()
    {
        var (own, other) = (New(), New());

        Assert.False(own.IsCurrent(other.Current));
        Assert.False(own.IsCurrent(null));
        Assert.False(own.IsCurrent(""));
        Assert.False(own.IsCurrent(own.Current + "A"));
        Assert.False(own.IsCurrent(new string('é', 22)));
        Assert.False(own.IsCurrent(new string('A', 4000)));
    }

    private DpopNonces New() => new(new SecretProtector(RandomNumberGenerator.GetBytes(SecretProtector.KeyBytes)), _clock);
}
