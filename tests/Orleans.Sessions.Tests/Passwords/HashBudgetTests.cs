using System.Buffers.Binary;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Sessions.Passwords;

namespace Orleans.Sessions.Tests.Passwords;

/// <summary>The maximum cost of one hash in every format.</summary>
public sealed class HashBudgetTests : IDisposable
{
    private const string Salt = "c2FsdHNhbHRzYWx0c2FsdA";
    private const string Hash = "oHnrBa5W68nDObGtztO0lk83h/KOUztgO7k+tr5aBjA";
    private const string BcryptRest = "abcdefghijklmnopqrstuuThAFCzV/eAfZQd1KeGEFkbZjzU3htUG";
    private const string Sha512Rest = "saltstring$Wy7nR4lh0YXB41sRM9L/3DMabtk0U4f9zdw4vZvMMbhm5bWgo5FSyilILFoxeLWCjQl47vNyFgO3op.p04xvV.";
    private const string YescryptRest = "abcdefghijklmnop$4cDGv37WgdhdMtBDJVKCCEIdi7Eequ/D//CRV5Jl3YD";
    private const string Sha256Rest = "saltstring$KWpUCgZTObZ5Do78wi.cHefN1WAcxqu6WPgXhr6xD58";

    private readonly PasswordHashingPool _pool;
    private readonly PasswordHashing _hashing;

    public HashBudgetTests()
    {
        var options = Options.Create(new PasswordHashingOptions { Threads = 1, ForeignThreads = 1 });
        _pool = new PasswordHashingPool(options, new FakeTimeProvider());
        _hashing = new PasswordHashing(new PasswordHasher(options), _pool, options);
    }

    public void Dispose() => _pool.Dispose();

    /// <summary>The defaults of other systems, and current recommendations.</summary>
    public static TheoryData<string> Usual =>
        [
            $"$argon2id$v=19$m=7168,t=5,p=1${Salt}${Hash}",
            $"$argon2id$v=19$m=65536,t=3,p=4${Salt}${Hash}",
            $"$argon2id$v=19$m=102400,t=2,p=8${Salt}${Hash}",
            $"$argon2id$v=19$m=131072,t=3,p=1${Salt}${Hash}",
            $"$argon2i$v=19$m=65536,t=4,p=1${Salt}${Hash}",
            $"$scrypt$ln=14,r=16,p=1${Salt}${Hash}",
            $"$scrypt$ln=17,r=8,p=1${Salt}${Hash}",
            $"$scrypt$ln=15,r=8,p=3${Salt}${Hash}",
            $"$scrypt$ln=10,r=8,p=16${Salt}${Hash}",
            $"$2a$05${BcryptRest}",
            $"$2a$14${BcryptRest}",
            $"$wp$2y$10${BcryptRest}",
            $"$pbkdf2-sha256$1200000${Salt}${Hash}",
            $"$pbkdf2-sha512$210000${Salt}${Hash}",
            $"$pbkdf2-sha1$1300000${Salt}$ZV6VHHnJkM8Wtgwf6679cXId6XM",
            $"$6$rounds=656000${Sha512Rest}",
            $"$5$rounds=535000${Sha256Rest}",
            "$P$Bsaltstrigjsg9026POVGyKxnVmuLp.",
            "$S$Dsaltstri4qEAi.GbQnhtbZ8sUqxqnI0XvacUUDoJF70lSLdfpDi",
            $"$y$j9T${YescryptRest}",
            $"$y$jCT${YescryptRest}",
            $"pbkdf2_sha256$1200000$salt${Hash}",
            $"scrypt$16384$salt$8$5${Hash}",
            $"{{PBKDF2-SHA256}}1200000${Salt}${Hash}",
            AspNetIdentity(1_000_000),
        ];

    /// <summary>Each of these needs more than 128 MiB, or more than a second or two.</summary>
    public static TheoryData<string> TooCostly =>
        [
            $"$argon2id$v=19$m=524288,t=10,p=16${Salt}${Hash}",
            $"$argon2id$v=19$m=524288,t=1,p=1${Salt}${Hash}",
            $"$argon2id$v=19$m=132096,t=1,p=1${Salt}${Hash}",
            $"$argon2id$v=19$m=8192,t=999999,p=1${Salt}${Hash}",
            $"$argon2id$v=19$m=9999999,t=999999,p=9999${Salt}${Hash}",
            $"$scrypt$ln=20,r=8,p=4${Salt}${Hash}",
            $"$scrypt$ln=18,r=8,p=1${Salt}${Hash}",
            $"$scrypt$ln=14,r=8,p=99${Salt}${Hash}",
            $"$scrypt$ln=1,r=9999,p=9999${Salt}${Hash}",
            "$7$I6..../....saltsaltsaltsalt$Uaru3seJfbwkt2PfCDBhKyoB58jXHh1MvYfDqufK4.1",
            $"$2a$15${BcryptRest}",
            $"$2a$31${BcryptRest}",
            $"$bcrypt-sha256$v=2,t=2b,r=31$abcdefghijklmnopqrstuu$VQUsGPK1EPq/M/XpuK0mAhi9z19Pnpm",
            $"$pbkdf2-sha224$10000000${Salt}${Hash}",
            $"$pbkdf2-sha1$999999999${Salt}${Hash}",
            $"$pbkdf2-sha1$2000000${Salt}${Hash}",
            $"$6$rounds=5000000${Sha512Rest}",
            $"$6$rounds=999999999${Sha512Rest}",
            $"$5$rounds=5000000${Sha256Rest}",
            "$P$Msaltstrigjsg9026POVGyKxnVmuLp.",
            "$P$Qsaltstrigjsg9026POVGyKxnVmuLp.",
            "$S$Ksaltstri4qEAi.GbQnhtbZ8sUqxqnI0XvacUUDoJF70lSLdfpDi",
            $"$y$jDT${YescryptRest}",
            $"$y$jRj${YescryptRest}",
            $"{{CRYPT}}$y$jDT${YescryptRest}",
            $"pbkdf2_sha256$999999999$salt${Hash}",
            $"scrypt$536870912$salt$8$1${Hash}",
            $"argon2$argon2id$v=19$m=524288,t=10,p=16${Salt}${Hash}",
            $"bcrypt$$2b$15${BcryptRest}",
            $"bcrypt_sha256$$2b$31${BcryptRest}",
            $"{{PBKDF2-SHA512}}100000000${Salt}${Hash}",
            $"{{ARGON2}}$argon2i$v=19$m=524288,t=10,p=16${Salt}${Hash}",
            $"$firebasescrypt$ln=18,r=8${Salt}${Hash}$Bw==${Hash}",
            $"$fbscrypt$v=1,n=14,r=9999,p=1,ss=Bw==,sk={Hash}${Salt}${Hash}",
            AspNetIdentity(int.MaxValue),
        ];

    [Theory]
    [MemberData(nameof(Usual))]
    public void What_others_use_can_be_imported(string encoded) => _hashing.EnsureImportable(encoded);

    [Theory]
    [MemberData(nameof(TooCostly))]
    public async Task What_costs_too_much_is_neither_imported_nor_verified(string encoded)
    {
        Assert.Equal(SessionErrors.HashTooCostly, Assert.Throws<SessionException>(() => _hashing.EnsureImportable(encoded)).Error);
        var refusal = await Assert.ThrowsAsync<SessionException>(() => _hashing.VerifyAsync("user", encoded, "password", default));
        Assert.Equal(SessionErrors.PasswordHashTooCostly, refusal.Error);
    }

    [Fact]
    public void The_refusal_names_the_limits()
    {
        var text = SessionErrors.HashTooCostly.Message;
        Assert.Contains($"{PasswordHashingOptions.Section}:{nameof(PasswordHashingOptions.HashMemoryMiB)}", text, StringComparison.Ordinal);
        Assert.Contains(nameof(PasswordHashingOptions.HashTime), text, StringComparison.Ordinal);
    }

    // From a realm that Keycloak 26.7 exported, and from identities that Ory Kratos 1.3 exported: base64 without padding, with the
    // parameters beside it.
    [Theory]
    [InlineData("$argon2id$v=19$m=7168,t=5,p=1$zgueAqa5wsRoTi/bmA8ToA$CPJnbxIA6c2zdjwba/zlgyiwKhC9sztMFpEeg+mGb7Y")]
    [InlineData("$pbkdf2-sha256$27500$7lPe+oFz53lgaOLCOvzQcQ==$e6hJX8eQGZKFJde5nGJ7jIi14Dp/WtNIEtcYdQ2fdVc=")]
    [InlineData(
        "$pbkdf2-sha512$27500$2G5w2REcXByP6adpqCg/vg==$wwmEQeUHygq/3sRn+/N40PEkGV80qmgIwbk67KsaCiiwwqOLMhrwiAatAKgToHbpObWWN71VXq3BuuYb3mhNRw=="
    )]
    [InlineData("$2a$12$AyGjWD8vZF4n/GXgIAdgSu/q2ZXnOzNP0Hc6tHu8Ptc0T9yVDqX6O")]
    public async Task Hashes_of_real_exports_are_imported_and_verified(string encoded)
    {
        _hashing.EnsureImportable(encoded);
        Assert.Equal(PasswordVerification.VerifiedNeedsRehash, await _hashing.VerifyAsync("user", encoded, "Correct-Horse-7", default));
        Assert.Equal(PasswordVerification.Failed, await _hashing.VerifyAsync("user", encoded, "Correct-Horse-8", default));
    }

    [Fact]
    public void What_is_no_hash_is_told_so() =>
        Assert.Equal(SessionErrors.HashUnsupported, Assert.Throws<SessionException>(() => _hashing.EnsureImportable("nonsense")).Error);

    [Fact]
    public async Task A_guess_that_is_so_long_that_it_costs_too_much_is_not_verified()
    {
        var encoded = $"$6$rounds=656000${Sha512Rest}";
        _hashing.EnsureImportable(encoded);
        var refusal = await Assert.ThrowsAsync<SessionException>(() =>
            _hashing.VerifyAsync("user", encoded, new string('\u20ac', 200), default)
        );
        Assert.Equal(SessionErrors.PasswordHashTooCostly, refusal.Error);
    }

    [Fact]
    public async Task Hashes_that_were_imported_wait_for_each_other_and_hold_up_no_others()
    {
        var own = await _hashing.HashAsync("a", "password", CancellationToken.None);
        using var gate = new ManualResetEventSlim();
        var holder = _pool.RunAsync(
            "b",
            new HashCost("test", TimeSpan.FromMilliseconds(1), 0),
            isForeign: true,
            () => gate.Wait(TimeSpan.FromSeconds(30)),
            CancellationToken.None
        );
        var imported = _hashing.VerifyAsync("c", $"$2a$05${BcryptRest}", "wrong", CancellationToken.None);

        Assert.Equal(PasswordVerification.Verified, await _hashing.VerifyAsync("d", own, "password", CancellationToken.None));
        Assert.False(imported.IsCompleted);
        gate.Set();
        Assert.Equal(PasswordVerification.Failed, await imported);
        Assert.True(await holder);
    }

    [Fact]
    public void The_budget_is_the_operators()
    {
        var options = new PasswordHashingOptions
        {
            HashMemoryMiB = 16,
            HashTime = TimeSpan.FromSeconds(0.2),
            Argon2MemoryKiB = 8192,
        };
        Assert.Empty(Faults(options));
        Assert.False(options.Allows(PasswordHasher.Read($"$argon2id$v=19$m=65536,t=1,p=1${Salt}${Hash}")!.Cost(64)));
        Assert.False(options.Allows(PasswordHasher.Read($"$2a$12${BcryptRest}")!.Cost(64)));
        Assert.True(options.Allows(PasswordHasher.Read($"$2a$11${BcryptRest}")!.Cost(64)));
    }

    [Theory]
    [InlineData(524_288, 2, 512, "Sessions:Passwords:HashMemoryMiB")]
    [InlineData(65_536, 10, 64, "Sessions:Passwords:MemoryMiB")]
    [InlineData(19_456, 2, 140, "Sessions:Passwords:MemoryMiB")]
    public void New_hashes_are_within_the_budget(int memoryKiB, int passes, int memoryMiB, string key) =>
        Assert.Contains(
            Faults(
                new PasswordHashingOptions
                {
                    Argon2MemoryKiB = memoryKiB,
                    Argon2Passes = passes,
                    MemoryMiB = memoryMiB,
                }
            ),
            fault => fault.ErrorMessage!.StartsWith(key + " ", StringComparison.Ordinal)
        );

    [Theory]
    [InlineData(64, 512, 20)]
    [InlineData(64, 2048, 64)]
    [InlineData(2, 512, 2)]
    public void There_are_no_more_threads_than_there_is_memory_for(int threads, int memoryMiB, int used) =>
        Assert.Equal(
            used,
            new PasswordHashingOptions { Threads = threads, MemoryMiB = memoryMiB }
                .OwnLane
                .Threads
        );

    /// <summary>A hash of ASP.NET Core Identity with SHA-512.</summary>
    private static string AspNetIdentity(int rounds)
    {
        var bytes = new byte[13 + 16 + 32];
        bytes[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), 2);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(5), rounds);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(9), 16);
        return Convert.ToBase64String(bytes);
    }

    private static IEnumerable<ValidationResult> Faults(PasswordHashingOptions options) => options.Validate(new ValidationContext(options));
}
