using Microsoft.Extensions.Options;
using Orleans.Sessions.Passwords;

namespace Orleans.Sessions.Tests.Passwords;

public sealed class PasswordHasherTests
{
    private const string Password = "Pässword1!";

    /// <summary>Hashes that other programs made. A comment before each names the program.</summary>
    public static TheoryData<string, string> ForeignHashes =>
        new()
        {
            // htpasswd -nbBC 10 u PASSWORD
            { "htpasswd bcrypt 2y", "$2y$10$XcFJA9RYBzCap7czDIYiS.CIH.m7IOcasltMYnF9VDL.ifgr358dW" },
            // passlib.hash.bcrypt.using(rounds=10, ident="2b", salt="abcdefghijklmnopqrstuu")
            { "passlib bcrypt 2b", "$2b$10$abcdefghijklmnopqrstuuThAFCzV/eAfZQd1KeGEFkbZjzU3htUG" },
            { "the same as 2a", "$2a$10$abcdefghijklmnopqrstuuThAFCzV/eAfZQd1KeGEFkbZjzU3htUG" },
            // echo -n PASSWORD | argon2 somesalt12345678 -id -t 2 -k 8192 -p 1 -l 32 -e, and with -p 4, and -i -t 3 -p 2
            { "argon2id", "$argon2id$v=19$m=8192,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$150QOej5wKyb12uadudyrLioK5A5unNhyCF2R0VkymM" },
            { "argon2id four lanes", "$argon2id$v=19$m=8192,t=2,p=4$c29tZXNhbHQxMjM0NTY3OA$ifYYtcoNuc32jqm4NQQ2GpYyMWBHCHIuLCZraAcYHp0" },
            { "argon2i", "$argon2i$v=19$m=8192,t=3,p=2$c29tZXNhbHQxMjM0NTY3OA$XSoJPOhGnINBNT6ql40+fxtNk/2UEDqNm0gFaR0MrFM" },
            // passlib.hash.bcrypt.using(rounds=4, …), passlib.hash.bcrypt_sha256.using(rounds=5, salt="abcdefghijklmnopqrstuu")
            { "passlib bcrypt of the least cost", "$2b$04$abcdefghijklmnopqrstuuQW8i1VQiAbTPwjmjmZCdegm2xO4ffki" },
            { "passlib bcrypt_sha256", "$bcrypt-sha256$v=2,t=2b,r=5$abcdefghijklmnopqrstuu$VQUsGPK1EPq/M/XpuK0mAhi9z19Pnpm" },
            // As wp_hash_password() of WordPress 6.8: bcrypt of base64(hash_hmac("sha384", PASSWORD, "wp-sha384"))
            { "WordPress 6.8", "$wp$2y$05$abcdefghijklmnopqrstuuPgBdRoeX8BNP.x13GB95pYl4gMejkCW" },
            // passlib.hash.scrypt.using(rounds=14, salt=b"saltsaltsaltsalt"), also block_size=4, parallelism=2, and ident="$7$"
            { "scrypt", "$scrypt$ln=14,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$oHnrBa5W68nDObGtztO0lk83h/KOUztgO7k+tr5aBjA" },
            { "scrypt other costs", "$scrypt$ln=14,r=4,p=2$c2FsdHNhbHRzYWx0c2FsdA$/HWcKjLwlG3tn81ecZKePT/sApodXsgR+FGkLgpf3jw" },
            { "scrypt 7", "$7$C6..../....saltsaltsaltsalt$Uaru3seJfbwkt2PfCDBhKyoB58jXHh1MvYfDqufK4.1" },
            // passlib.hash.pbkdf2_sha1, _sha256, _sha512.using(rounds=1000)
            { "passlib pbkdf2", "$pbkdf2$1000$c2FsdHNhbHRzYWx0//777w$HI52Qsh7CyqZR5aIX77dCW1RSa4" },
            { "passlib pbkdf2-sha256", "$pbkdf2-sha256$1000$c2FsdHNhbHRzYWx0//777w$1Lz/WHsyUr0Qd/Ke4yl8D84VIPeHIXZy77tTVXba1QA" },
            {
                "passlib pbkdf2-sha512",
                "$pbkdf2-sha512$1000$c2FsdHNhbHRzYWx0//777w$WPorTMBhDMd3PlHxfj8AWexy3b9U/YSxqhDsfnHeVLYHaBiMGbuo913OuhUvDuNpokuYeWaI0sQWGPzVn0FdWA"
            },
            // Python: hashlib.pbkdf2_hmac(name, PASSWORD, b"saltsaltsaltsalt", 1000), padded standard base64
            { "hashlib pbkdf2-sha1", "$pbkdf2-sha1$1000$c2FsdHNhbHRzYWx0c2FsdA==$ZV6VHHnJkM8Wtgwf6679cXId6XM=" },
            { "hashlib pbkdf2-sha224", "$pbkdf2-sha224$1000$c2FsdHNhbHRzYWx0c2FsdA==$U4ZZVEeT+mcAlsYunJ8ZvQD+ZlXrU0bV1uKg+w==" },
            {
                "hashlib pbkdf2-sha384",
                "$pbkdf2-sha384$1000$c2FsdHNhbHRzYWx0c2FsdA==$yI0Hkj6AZ0XXE2NRqKrZ8hejCXwlLR0yORz1eMitAx4FJT8ocRA80Noa0Bx9R2Hg"
            },
            // passlib.hash.sha256_crypt, sha512_crypt.using(rounds=1000, salt="saltstring")
            { "passlib sha256-crypt", "$5$rounds=1000$saltstring$KWpUCgZTObZ5Do78wi.cHefN1WAcxqu6WPgXhr6xD58" },
            {
                "passlib sha512-crypt",
                "$6$rounds=1000$saltstring$Wy7nR4lh0YXB41sRM9L/3DMabtk0U4f9zdw4vZvMMbhm5bWgo5FSyilILFoxeLWCjQl47vNyFgO3op.p04xvV."
            },
            // openssl passwd -5, -6 -salt saltstring PASSWORD
            { "openssl sha256-crypt", "$5$saltstring$KfmhmrJK2BcHVK6RQGgR.ucQZE7EPE2mAXE457C6FY6" },
            {
                "openssl sha512-crypt",
                "$6$saltstring$OVwYu3xQAClu2UES0gWrNB/ru/cOe8Gl9dNCTLb1M6X.Li9yKnbCHzrGgW385JTuk7xC9LFBc5QMSyLfqDHWh."
            },
            // mkpasswd -m sha-512 -R 1500 -S saltstring12 PASSWORD
            {
                "mkpasswd sha512-crypt",
                "$6$rounds=1500$saltstring12$Dw271xAHsfYvwoBgf4fzkVkDrsLG8JcPPXxeBpwySMjZUx1VsbjWLAIA2y.UOrMwhaNexqZ0EV8Ywjmv.AgSU1"
            },
            // openssl passwd -1 -salt saltstri PASSWORD
            { "openssl md5-crypt", "$1$saltstri$NlOTWm0zERhOefMOvnpXU/" },
            // echo -n PASSWORD | md5sum
            { "md5sum", "8a90cd951b1d8e473d4d502311c48b1e" },
            // Python: base64(hashlib.md5(PASSWORD + b"pepper")), and b"pepper" + PASSWORD
            { "md5 with the salt behind", "$md5salted-suffix$pepper$S3wPwrm2LZDxf3aXH8bEQQ==" },
            { "md5 with the salt before", "$md5salted-prefix$pepper$N4mdW9JEvhzgvLBikYeqxw==" },
            // passlib.hash.phpass.using(rounds=7, ident="$P$", salt="saltstri"), and rounds=8, ident="$H$"
            { "passlib phpass P", "$P$5saltstrigjsg9026POVGyKxnVmuLp." },
            { "passlib phpass H", "$H$6saltstriUEzq8FrKv.Uvx9iPzVlUf/" },
            // Python: SHA-512 iterated 1 << 10 times as Drupal does, encoded with passlib.utils.binary.h64
            { "drupal 7", "$S$8saltstri4qEAi.GbQnhtbZ8sUqxqnI0XvacUUDoJF70lSLdfpDi" },
        };

    [Theory]
    [MemberData(nameof(ForeignHashes))]
    public void A_password_is_not_right_with_a_NUL_behind_it(string maker, string hash) =>
        Assert.True(Hasher().Verify(hash, Password + "\0") == PasswordVerification.Failed, maker);

    /// <summary>Texts that are not hashes, or that their format does not allow.</summary>
    public static TheoryData<string> Unusable =>
        [
            "",
            "x",
            "$",
            "plain text",
            "$2a$03$abcdefghijklmnopqrstuuThAFCzV/eAfZQd1KeGEFkbZjzU3htUG",
            "$2a$32$abcdefghijklmnopqrstuuThAFCzV/eAfZQd1KeGEFkbZjzU3htUG",
            "$2a$10$tooshort",
            "$argon2id$v=19$m=31,t=2,p=4$c29tZXNhbHQxMjM0NTY3OA$150QOej5wKyb12uadudyrLioK5A5unNhyCF2R0VkymM",
            "$argon2id$v=19$m=8192,t=0,p=1$c29tZXNhbHQxMjM0NTY3OA$150QOej5wKyb12uadudyrLioK5A5unNhyCF2R0VkymM",
            "$argon2d$v=19$m=8192,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$150QOej5wKyb12uadudyrLioK5A5unNhyCF2R0VkymM",
            "$scrypt$ln=31,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$oHnrBa5W68nDObGtztO0lk83h/KOUztgO7k+tr5aBjA",
            "$scrypt$ln=14,r=0,p=1$c2FsdHNhbHRzYWx0c2FsdA$oHnrBa5W68nDObGtztO0lk83h/KOUztgO7k+tr5aBjA",
            "$pbkdf2-sha256$0$c2FsdHNhbHRzYWx0//777w$1Lz/WHsyUr0Qd/Ke4yl8D84VIPeHIXZy77tTVXba1QA",
            "$6$rounds=999$saltstring$Wy7nR4lh0YXB41sRM9L/3DMabtk0U4f9zdw4vZvMMbhm5bWgo5FSyilILFoxeLWCjQl47vNyFgO3op.p04xvV.",
            "$P$zsaltstrigjsg9026POVGyKxnVmuLp.",
            "8a90cd951b1d8e473d4d502311c48b1",
            "$md5salted-suffix$pepper$AAAA",
            "$2y$10$XcFJA9RYBzCap7czDIYiS.CIH.m7IOcasltMYnF9VDL.ifgr358dW\n",
            // Version 2 with a byte too many; version 3 with an unknown digest, with no rounds, and with more salt than there are bytes
            "AAABAgMEBQYHCAkKCwwNDg+xj40wrvul32jIJUC4tAWVc6BPfSDHmRlBe+W1v56UXABB",
            "AQAAAAMAAAXcAAAAEAABAgMEBQYHCAkKCwwNDg+5o53PJ3IhaxrcYsELDEUJtKxUIUjYhZDyJLy74a0ErA==",
            "AQAAAAIAAAAAAAAAEAABAgMEBQYHCAkKCwwNDg+5o53PJ3IhaxrcYsELDEUJtKxUIUjYhZDyJLy74a0ErA==",
            "AQAAAAIAAAXc/////wABAgMEBQYHCAkKCwwNDg+5o53PJ3IhaxrcYsELDEUJtKxUIUjYhZDyJLy74a0ErA==",
            "e92f421ea50f8155814dccae0edbd388:668e478f",
            "pbkdf2_sha256$0$kB3x9QpZ7sYw2LmN4tRv1a$WfCSqDtBOYHPqzckz0R56tl4uv63ilfNEqeE+SJS7IQ=",
            "pbkdf2_md5$1500$kB3x9QpZ7sYw2LmN4tRv1a$WfCSqDtBOYHPqzckz0R56tl4uv63ilfNEqeE+SJS7IQ=",
            "scrypt$1000$salt$8$1$oHnrBa5W68nDObGtztO0lk83h/KOUztgO7k+tr5aBjA=",
            "argon2$$6$saltstring$OVwYu3xQAClu2UES0gWrNB/ru/cOe8Gl9dNCTLb1M6X.Li9yKnbCHzrGgW385JTuk7xC9LFBc5QMSyLfqDHWh.",
            // The hash of Firebase is shorter than the key
            "$firebasescrypt$ln=14,r=8$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1Q=$Bw==$jxspr8Ki0RYycVU8zykbdA==",
            "$firebasescrypt$ln=31,r=8$42xEC+ixf3L2lw==$jxspr8Ki0RYycVU8zykbdA==$Bw==$jxspr8Ki0RYycVU8zykbdA==",
            "$fbscrypt$v=2,n=14,r=8,p=1,ss=Bw==,sk=jxspr8Ki0RYycVU8zykbdA==$42xEC+ixf3L2lw==$jxspr8Ki0RYycVU8zykbdA==",
            // Digests with a byte too few, and a salt where there is none
            "{SHA}kL9inqFZvFxMGZfJe3VDgIgASg==",
            "{SSHA}kL9inqFZvFxMGZfJe3VDgIgASg==",
            "{SHA}2ezfyGzuGz916M1m645GEMvjkeZixbd0",
            "{SHA224}kL9inqFZvFxMGZfJe3VDgIgASqA=",
            "{CRYPT}ab1Zg4V9Dv7Cs",
            "{CRYPT}{SHA}kL9inqFZvFxMGZfJe3VDgIgASqA=",
            "{CLEARTEXT}Pässword1!",
            "$y$k9T$abcdefghijklmnop$4cDGv37WgdhdMtBDJVKCCEIdi7Eequ/D//CRV5Jl3YD",
            "$y$j.T$abcdefghijklmnop$4cDGv37WgdhdMtBDJVKCCEIdi7Eequ/D//CRV5Jl3YD",
            "$y$j9z$abcdefghijklmnop$4cDGv37WgdhdMtBDJVKCCEIdi7Eequ/D//CRV5Jl3YD",
        ];

    [Theory]
    [MemberData(nameof(ForeignHashes))]
    public void A_hash_made_by_another_program_verifies_its_password_and_no_other(string maker, string encoded)
    {
        var hasher = Hasher();
        Assert.True(PasswordHasher.Read(encoded) is not null, maker);
        Assert.Equal(PasswordVerification.VerifiedNeedsRehash, hasher.Verify(encoded, Password));
        Assert.Equal(PasswordVerification.Failed, hasher.Verify(encoded, Password + "x"));
        Assert.Equal(PasswordVerification.Failed, hasher.Verify(encoded, ""));
    }

    [Theory]
    [MemberData(nameof(Unusable))]
    public void What_is_no_hash_is_not_read_and_verifies_nothing(string encoded)
    {
        Assert.Null(PasswordHasher.Read(encoded));
        Assert.Equal(PasswordVerification.Failed, Hasher().Verify(encoded, Password));
    }

    /// <summary>Digits of other scripts do not count as numbers.</summary>
    [Theory]
    [InlineData("$2b$١٠$abcdefghijklmnopqrstuuThAFCzV/eAfZQd1KeGEFkbZjzU3htUG")]
    [InlineData("$bcrypt-sha256$v=2,t=2b,r=٥$abcdefghijklmnopqrstuu$VQUsGPK1EPq/M/XpuK0mAhi9z19Pnpm")]
    [InlineData("$wp$2y$٠٥$abcdefghijklmnopqrstuuPgBdRoeX8BNP.x13GB95pYl4gMejkCW")]
    [InlineData("$argon2id$v=19$m=٨١٩٢,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$150QOej5wKyb12uadudyrLioK5A5unNhyCF2R0VkymM")]
    [InlineData("$scrypt$ln=१४,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$oHnrBa5W68nDObGtztO0lk83h/KOUztgO7k+tr5aBjA")]
    [InlineData("$pbkdf2-sha256$１０００$c2FsdHNhbHRzYWx0//777w$1Lz/WHsyUr0Qd/Ke4yl8D84VIPeHIXZy77tTVXba1QA")]
    [InlineData("$6$rounds=١٠٠٠$saltstring$Wy7nR4lh0YXB41sRM9L/3DMabtk0U4f9zdw4vZvMMbhm5bWgo5FSyilILFoxeLWCjQl47vNyFgO3op.p04xvV.")]
    public void Digits_of_other_scripts_are_no_numbers(string encoded) => Assert.Null(PasswordHasher.Read(encoded));

    // argon2.low_level.hash_secret of argon2-cffi
    [Theory]
    [InlineData("x", 200, "$argon2id$v=19$m=100,t=2,p=3$c2FsdHNhbHRzYWx0$qPk8mk1yk3dKDdNb3ZMrGVX3b5BczZhDEqCyOIcEsvY")]
    [InlineData(
        "",
        0,
        "$argon2i$v=19$m=67,t=3,p=2$c2FsdHNhbHRzYWx0$i/mg7vFeiTeAkrDnxwTWN6b/QFejtc1qTmGL6k8dYgF0BnJeWNdyWFo0cS3XvABu7aUnxPOO/EWQ1feLfpA+vQ"
    )]
    [InlineData("password", 1, "$argon2id$v=19$m=33,t=1,p=4$c2FsdHNhbHRzYWx0$S5AqxlNKU2DR3lG7YOAmFQ")]
    [InlineData("abc", 1, "$argon2i$v=19$m=300,t=4,p=1$c2FsdHNhbHRzYWx0$Fvz/Tjlv+pX8SJhOLwooWMQkh68Z6wG8")]
    [InlineData("P", 1, "$argon2id$v=19$m=2048,t=3,p=16$c2FsdHNhbHRzYWx0$qGn49XbcFyXWhqS6pPjASQJaQLhO2B6ebd09L0xL8Ug")]
    public void Argon2_has_any_number_of_lanes_and_sizes(string text, int times, string encoded) =>
        Assert.Equal(PasswordVerification.VerifiedNeedsRehash, Hasher().Verify(encoded, string.Concat(Enumerable.Repeat(text, times))));

    // passlib.hash.sha512_crypt, sha256_crypt.using(rounds=1000, salt="saltstringsaltst").hash("x" * 200); md5_crypt.hash("")
    // passlib.hash.apr_md5_crypt.hash; crypt(3) of libxcrypt with "$y$j75$abcdefghijklmnop"
    [Theory]
    [InlineData(
        "$6$rounds=1000$saltstringsaltst$Ul5AmU8Vi.6JN/Z4MObpY58mYv2CFp3hQzVql7zb9.Xs2wjhPzAxlukYA2gEKoyuc8lfl6rqDQgHkNpqVzpyT.",
        200
    )]
    [InlineData("$5$rounds=1000$saltstringsaltst$y3HbVZVghPPfSNaSe1kPGN7k.WBKdI.fz8z851X0/e9", 200)]
    [InlineData("$1$saltstri$ciR2otLVXV8I9sOPWbLTc1", 0)]
    [InlineData("$apr1$m7AJ6W4j$G3WcUMLzGrfLTDxTmUJcs.", 0)]
    [InlineData("$apr1$RNjUkB7t$O3GaKoIDEC1K6qRM1vIqA0", 200)]
    [InlineData("$y$j75$abcdefghijklmnop$W3jLI.KDs1Jg0xC2FrQ1TMiJW.pH0hPvINobN2Hlvw9", 0)]
    [InlineData("$y$j75$abcdefghijklmnop$78aRdlZEpRnaR39Wz8Q2tJCzDcodXU.CEmJOQm7Axe7", 200)]
    public void Very_long_and_empty_passwords_are_hashed_as_elsewhere(string encoded, int length) =>
        Assert.Equal(PasswordVerification.VerifiedNeedsRehash, Hasher().Verify(encoded, new string('x', length)));

    // crypt(3) of libxcrypt: the least costs, block sizes of one and two, and short salts
    [Theory]
    [InlineData("$y$j/.$abcdefghijklmnop$e3O7EwYm3QxrjVm.wEJ3WDbvNLnWAbqFE/wL3TEICo.")]
    [InlineData("$y$j5/$abcdefghijklmnop$YA3QyhkK9QocL.zE0lnJDr/5ts4EbI4OUHAhb.a1uBB")]
    [InlineData("$y$j6A$abcdefghijklmnop$QA1ay4rlXLToxAxxO8sgbNzeKLCH/VgNZh2ah2pHn.B")]
    [InlineData("$y$j85$abcdefghijklmnop$x/DcQ3phsorQUnTm4eWyc9hy9f2ZzaGhgUjq/lVUAU1")]
    [InlineData("$y$j7T$/b3$Fv4jajfKe52xuDHzCU6FmR1WdExOzULk9csQkPXhS3.")]
    public void Yescrypt_has_any_cost_and_size(string encoded) =>
        Assert.Equal(PasswordVerification.VerifiedNeedsRehash, Hasher().Verify(encoded, Password));

    [Theory]
    [InlineData(PasswordAlgorithm.Argon2id, "$argon2id$v=19$m=8192,t=1,p=1$")]
    [InlineData(PasswordAlgorithm.Bcrypt, "$bcrypt-sha256$v=2,t=2b,r=10$")]
    [InlineData(PasswordAlgorithm.Pbkdf2Sha256, "$pbkdf2-sha256$1000$")]
    [InlineData(PasswordAlgorithm.Scrypt, "$scrypt$ln=14,r=8,p=1$")]
    public void A_new_hash_verifies_without_rehash_and_never_repeats(PasswordAlgorithm algorithm, string start)
    {
        var hasher = Hasher(algorithm);
        var encoded = hasher.Hash(Password);
        Assert.StartsWith(start, encoded, StringComparison.Ordinal);
        Assert.Equal(PasswordVerification.Verified, hasher.Verify(encoded, Password));
        Assert.Equal(PasswordVerification.Failed, hasher.Verify(encoded, "Password1!"));
        Assert.NotEqual(encoded, hasher.Hash(Password));
        Assert.True(encoded.Length <= 200);
    }

    [Fact]
    public void Other_costs_or_another_algorithm_ask_for_a_rehash()
    {
        var encoded = Hasher().Hash(Password);
        Assert.Equal(PasswordVerification.VerifiedNeedsRehash, Hasher(passes: 2).Verify(encoded, Password));
        Assert.Equal(PasswordVerification.VerifiedNeedsRehash, Hasher(PasswordAlgorithm.Bcrypt).Verify(encoded, Password));
    }

    [Theory]
    [Asvs("6.2.8")]
    [InlineData(PasswordAlgorithm.Argon2id)]
    [InlineData(PasswordAlgorithm.Bcrypt)]
    [InlineData(PasswordAlgorithm.Pbkdf2Sha256)]
    [InlineData(PasswordAlgorithm.Scrypt)]
    public void A_new_hash_reads_every_byte_of_a_password(PasswordAlgorithm algorithm)
    {
        var hasher = Hasher(algorithm);
        var encoded = hasher.Hash(new string('x', 200));
        Assert.Equal(PasswordVerification.Failed, hasher.Verify(encoded, new string('x', 199) + "y"));
        Assert.Equal(PasswordVerification.Failed, hasher.Verify(encoded, new string('x', 72)));
    }

    // passlib.hash.bcrypt_sha256 of 200 times x, and passlib.hash.bcrypt of "x" * 72
    [Fact]
    public void Bcrypt_of_others_reads_seventy_two_bytes_and_their_bcrypt_sha256_all()
    {
        var hasher = Hasher();
        Assert.Equal(
            PasswordVerification.VerifiedNeedsRehash,
            hasher.Verify("$bcrypt-sha256$v=2,t=2b,r=5$abcdefghijklmnopqrstuu$QkeD66vPuTCzeGd7UVPLhXqZge/uUJ6", new string('x', 200))
        );
        const string Seventy = "$2b$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i";
        Assert.Equal(PasswordVerification.VerifiedNeedsRehash, hasher.Verify(Seventy, new string('x', 72)));
        Assert.Equal(PasswordVerification.VerifiedNeedsRehash, hasher.Verify(Seventy, new string('x', 200)));
        Assert.Equal(PasswordVerification.Failed, hasher.Verify(Seventy, new string('x', 71)));
    }

    [Fact]
    public void WordPress_takes_no_white_space_at_the_ends() =>
        Assert.Equal(
            PasswordVerification.VerifiedNeedsRehash,
            Hasher().Verify("$wp$2y$05$abcdefghijklmnopqrstuuPgBdRoeX8BNP.x13GB95pYl4gMejkCW", $" {Password}\t")
        );

    [Fact]
    public void Our_format_with_a_salt_that_only_the_slow_code_takes_is_hashed_anew() =>
        Assert.Equal(
            PasswordVerification.VerifiedNeedsRehash,
            Hasher().Verify("$argon2id$v=19$m=8192,t=1,p=1$c2FsdHNhbHRzYWx0$hAKoym/heaRQ2EMe5CJf+M4farCGjo2U7+MYNNXLW0M", Password)
        );

    private static PasswordHasher Hasher(PasswordAlgorithm algorithm = PasswordAlgorithm.Argon2id, int passes = 1) =>
        new(
            Options.Create(
                new PasswordHashingOptions
                {
                    Algorithm = algorithm,
                    Argon2MemoryKiB = 8192,
                    Argon2Passes = passes,
                    BcryptCost = 10,
                    Pbkdf2Rounds = 1000,
                    ScryptLogN = 14,
                }
            )
        );
}
