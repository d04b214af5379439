using System.ComponentModel.DataAnnotations;
using Orleans.Sessions.Passwords.Algorithms;

namespace Orleans.Sessions.Passwords;

/// <summary>
/// How new password hashes are made, what a hash may cost, and how many are computed at the same time; configuration section
/// <c>Sessions:Passwords</c>.
/// </summary>
public sealed class PasswordHashingOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Passwords";

    /// <summary>The algorithm of new hashes. A password with another kind of hash is hashed again when its user logs in.</summary>
    public PasswordAlgorithm Algorithm { get; set; } = PasswordAlgorithm.Argon2id;

    /// <summary>Memory of Argon2id in KiB, 8192 to 524288. The default is OWASP's: 19 MiB, two passes, one lane.</summary>
    public int Argon2MemoryKiB { get; set; } = 19_456;

    /// <summary>Passes of Argon2id, 1 to 10.</summary>
    public int Argon2Passes { get; set; } = 2;

    /// <summary>Cost of bcrypt, 10 to 16.</summary>
    public int BcryptCost { get; set; } = 12;

    /// <summary>Rounds of PBKDF2-SHA256, 1000 to 10000000.</summary>
    public int Pbkdf2Rounds { get; set; } = 600_000;

    /// <summary>Cost of scrypt as a power of two, 14 to 20; block size 8, one lane.</summary>
    public int ScryptLogN { get; set; } = 17;

    /// <summary>
    /// How much memory one hash may need, new or imported, whatever its format, in MiB: 16 to 4096. A hash that needs more is not imported
    /// (<c>USER-Hash2</c>). One that is stored already is not verified (<c>COMMAND-Hash2</c>, 400): set that password anew, or raise the
    /// limit.
    /// </summary>
    public int HashMemoryMiB { get; set; } = 128;

    /// <summary>
    /// How long one hash may take on one core, as a model of its parameters estimates it: 0.1 to 60 seconds. The default is what bcrypt of
    /// cost 14 takes. A hash that takes longer is treated like one that needs too much memory.
    /// </summary>
    public TimeSpan HashTime { get; set; } = TimeSpan.FromSeconds(1.2);

    /// <summary>How much memory all hashes that run at once may need, in MiB.</summary>
    public int MemoryMiB { get; set; } = 512;

    /// <summary>
    /// How many threads compute our own hashes; fewer if <see cref="MemoryMiB"/> is not enough for all. 0: as many as there are processors.
    /// </summary>
    public int Threads { get; set; }

    /// <summary>
    /// How many threads verify hashes of other systems or settings. 0: half as many as there are processors, at least one.
    /// </summary>
    public int ForeignThreads { get; set; }

    /// <summary>
    /// A caller who would wait longer than this for a hash gets 429 with <c>Retry-After</c> at once, which counts as no failure: 0.1 to 5
    /// seconds.
    /// </summary>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How many hashes of one user may wait or run, 1 to 100. More get 429 with <c>Retry-After</c>, which counts as no failure.
    /// </summary>
    public int HashesPerUser { get; set; } = 2;

    /// <summary>The cost of a new hash.</summary>
    internal HashCost NewHashCost =>
        Algorithm switch
        {
            PasswordAlgorithm.Argon2id => Argon2.Cost("argon2id", Argon2MemoryKiB, Argon2Passes, isNative: true),
            PasswordAlgorithm.Bcrypt => BcryptSha256.Cost(BcryptCost),
            PasswordAlgorithm.Pbkdf2Sha256 => Pbkdf2.Cost("sha256", Pbkdf2Rounds, Pbkdf2.HashBytes),
            _ => Scrypt.Cost(ScryptLogN, Scrypt.BlockSize, 1),
        };

    /// <summary>
    /// The threads for the service's own hashes, and the memory that they need: what the other lane leaves of <see cref="MemoryMiB"/>.
    /// </summary>
    internal (int Threads, long MemoryBytes) OwnLane
    {
        get
        {
            var memory = Bytes(MemoryMiB - HashMemoryMiB);
            var threads = Threads > 0 ? Threads : Environment.ProcessorCount;
            return ((int)Math.Clamp(memory / Math.Max(NewHashCost.MemoryBytes, 1), 1, threads), memory);
        }
    }

    /// <summary>
    /// The threads for foreign hashes, and the memory they share: sufficient for one of the most expensive hashes, or several cheaper ones.
    /// </summary>
    internal (int Threads, long MemoryBytes) ForeignLane =>
        (ForeignThreads > 0 ? ForeignThreads : Math.Max(1, Environment.ProcessorCount / 2), Bytes(HashMemoryMiB));

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Key, bool IsValid, string Rule)[] rules =
        [
            (nameof(Algorithm), Enum.IsDefined(Algorithm), "must be Argon2id, Bcrypt, Pbkdf2Sha256 or Scrypt"),
            (nameof(Argon2MemoryKiB), Argon2MemoryKiB is >= 8192 and <= 524_288, "must be 8192 to 524288"),
            (nameof(Argon2Passes), Argon2Passes is >= 1 and <= 10, "must be 1 to 10"),
            (nameof(BcryptCost), BcryptCost is >= 10 and <= 16, "must be 10 to 16"),
            (nameof(Pbkdf2Rounds), Pbkdf2Rounds is >= 1000 and <= 10_000_000, "must be 1000 to 10000000"),
            (nameof(ScryptLogN), ScryptLogN is >= 14 and <= 20, "must be 14 to 20"),
            (nameof(HashMemoryMiB), HashMemoryMiB is >= 16 and <= 4096, "must be 16 to 4096"),
            (nameof(HashTime), HashTime >= TimeSpan.FromSeconds(0.1) && HashTime <= TimeSpan.FromSeconds(60), "must be 0.1 to 60 seconds"),
            (nameof(HashMemoryMiB), Allows(NewHashCost), "and HashTime must be enough for new hashes"),
            (nameof(MemoryMiB), MemoryMiB is >= 0 and <= 1_048_576, "must be 0 to 1048576"),
            (
                nameof(MemoryMiB),
                Bytes(MemoryMiB) >= Bytes(HashMemoryMiB) + NewHashCost.MemoryBytes,
                "must be enough for a new hash besides HashMemoryMiB"
            ),
            (nameof(Threads), Threads is >= 0 and <= 1024, "must be 0 to 1024"),
            (nameof(ForeignThreads), ForeignThreads is >= 0 and <= 1024, "must be 0 to 1024"),
            (nameof(MaxWait), MaxWait >= TimeSpan.FromSeconds(0.1) && MaxWait <= TimeSpan.FromSeconds(5), "must be 0.1 to 5 seconds"),
            (nameof(HashesPerUser), HashesPerUser is >= 1 and <= 100, "must be 1 to 100"),
        ];
        return rules.Where(rule => !rule.IsValid).Select(rule => new ValidationResult($"{Section}:{rule.Key} {rule.Rule}.", [rule.Key]));
    }

    /// <summary>
    /// Whether one hash may have this cost. An excess of less than a whole MiB is allowed, because scrypt needs one block besides its power
    /// of two.
    /// </summary>
    internal bool Allows(HashCost cost) => cost.Time <= HashTime && cost.MemoryBytes < Bytes(HashMemoryMiB + 1);

    private static long Bytes(int mebibytes) => mebibytes * 1024L * 1024;
}
