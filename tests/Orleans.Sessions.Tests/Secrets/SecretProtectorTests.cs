using System.Security.Cryptography;
using System.Text;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Tests.Secrets;

public sealed class SecretProtectorTests
{
    private readonly SecretProtector _protector = new(new byte[SecretProtector.KeyBytes]);

    [Fact]
    public void Many_threads_may_use_one_protector()
    {
        Parallel.For(0, 20_000, number =>
        {
            var secret = Encoding.UTF8.GetBytes($"secret {number}");
            Assert.Equal(secret, _protector.Unprotect(_protector.Protect(secret, "purpose"), "purpose"));
        });
    }

    [Fact]
    public void A_secret_that_was_altered_moved_or_made_with_another_key_is_not_given_out()
    {
        var ciphertext = _protector.Protect("secret"u8, "user-1");
        var altered = ciphertext.ToArray();
        altered[^1] ^= 1;
        var other = new SecretProtector(RandomNumberGenerator.GetBytes(SecretProtector.KeyBytes));
        Assert.ThrowsAny<CryptographicException>(() => _protector.Unprotect(altered, "user-1"));
        Assert.ThrowsAny<CryptographicException>(() => _protector.Unprotect(ciphertext, "user-2"));
        Assert.ThrowsAny<CryptographicException>(() => other.Unprotect(ciphertext, "user-1"));
        Assert.ThrowsAny<CryptographicException>(() => _protector.Unprotect([1, 2, 3], "user-1"));
    }

    [Fact]
    public void The_same_secret_never_looks_the_same()
    {
        Assert.NotEqual(_protector.Protect("secret"u8, "x"), _protector.Protect("secret"u8, "x"));
    }
}
