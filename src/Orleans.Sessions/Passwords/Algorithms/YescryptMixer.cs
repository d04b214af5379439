using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// The part of yescrypt that needs memory and time, with one lane and the constants of flavor <c>j</c>. The words of each line of 64 bytes
/// are kept in the order in which the pairs of the multiplications lie together. The memory is outside the managed heap and is returned to
/// the system when the hash is done.
/// </summary>
internal static unsafe class YescryptMixer
{
    private const int LineWords = 8;
    private const int SmallBlockWords = 2 * LineWords;
    private const int Boxes = 3;
    private const int BoxWords = 512;
    private const uint BoxMask = 0xFF0;
    private const int Rounds = 6;

    /// <summary>Replaces <paramref name="block"/> by its mixture, and returns the key of the last step.</summary>
    /// <param name="block">128 bytes for each unit of <paramref name="blockSize"/>.</param>
    /// <param name="key">The key so far.</param>
    /// <param name="logN">The number of blocks in memory as a power of two.</param>
    /// <param name="blockSize">The block size.</param>
    public static byte[] Mix(byte[] block, byte[] key, int logN, int blockSize)
    {
        var count = 1 << logN;
        var lines = 2 * blockSize;
        var words = lines * LineWords;
        var size = (nuint)((Boxes * BoxWords) + words) + ((nuint)count * (nuint)words);
        var memory = (ulong*)NativeMemory.Alloc(size, sizeof(ulong));
        try
        {
            var boxes = new SubstitutionBoxes(memory);
            var x = memory + (Boxes * BoxWords);
            var blocks = x + words;

            Load(block, x, 2);
            for (var i = 0; i < Boxes * BoxWords; i += SmallBlockWords)
            {
                Copy(x, memory + i, SmallBlockWords);
                MixSmall((uint*)x);
            }

            Store(x, block, 2);
            var next = HMACSHA256.HashData(block.AsSpan(block.Length - (LineWords * sizeof(ulong))), key);

            Load(block, x, lines);
            Fill(blocks, x, count, lines, ref boxes);
            Revisit(blocks, x, count, lines, ref boxes);
            Store(x, block, lines);
            return next;
        }
        finally
        {
            NativeMemory.Clear(memory, size * sizeof(ulong));
            NativeMemory.Free(memory);
        }
    }

    /// <summary>Writes all blocks. Each takes up an earlier one, which the block before decides; recent ones are more likely.</summary>
    private static void Fill(ulong* blocks, ulong* x, int count, int lines, ref SubstitutionBoxes boxes)
    {
        var words = lines * LineWords;
        for (var i = 0; i < count; i++)
        {
            Copy(x, blocks + ((nint)i * words), words);
            if (i > 1)
            {
                var recent = 1 << BitOperations.Log2((uint)i);
                var other = blocks + ((nint)((Choice(x, words) & (recent - 1)) + i - recent) * words);
                for (var word = 0; word < words; word++)
                {
                    x[word] ^= other[word];
                }
            }

            MixBlock(x, lines, ref boxes);
        }
    }

    /// <summary>Reads and writes a third of the blocks again, an even number.</summary>
    private static void Revisit(ulong* blocks, ulong* x, int count, int lines, ref SubstitutionBoxes boxes)
    {
        var words = lines * LineWords;
        var times = (((count + 2) / 3) + 1) & ~1;
        for (var i = 0; i < times; i++)
        {
            var other = blocks + ((nint)(Choice(x, words) & (count - 1)) * words);
            for (var word = 0; word < words; word++)
            {
                x[word] ^= other[word];
                other[word] = x[word];
            }

            MixBlock(x, lines, ref boxes);
        }
    }

    /// <summary>The number by which a block chooses another one: the beginning of its last line.</summary>
    private static int Choice(ulong* x, int words) => (int)(uint)x[words - LineWords];

    private static void MixBlock(ulong* x, int lines, ref SubstitutionBoxes boxes)
    {
        var line = stackalloc ulong[LineWords];
        var last = x + ((lines - 1) * LineWords);
        Copy(last, line, LineWords);
        for (var at = x; at <= last; at += LineWords)
        {
            for (var word = 0; word < LineWords; word++)
            {
                line[word] ^= at[word];
            }

            Multiply(line, ref boxes);
            Copy(line, at, LineWords);
        }

        Salsa((uint*)last, 2);
    }

    /// <summary>Multiplies the halves of each word and adds entries of two boxes; the third box takes up the results.</summary>
    private static void Multiply(ulong* line, ref SubstitutionBoxes boxes)
    {
        var next = boxes.Next;
        for (var round = 0; round < Rounds; round++)
        {
            for (var lane = 0; lane < LineWords; lane += 2)
            {
                var first = boxes.First + (((uint)line[lane] & BoxMask) / sizeof(ulong));
                var second = boxes.Second + (((uint)(line[lane] >> 32) & BoxMask) / sizeof(ulong));
                for (var word = 0; word < 2; word++)
                {
                    var value = line[lane + word];
                    value = (((value >> 32) * (uint)value) + first[word]) ^ second[word];
                    line[lane + word] = value;
                    if (round is not (0 or Rounds - 1))
                    {
                        boxes.Third[next++] = value;
                    }
                }
            }
        }

        boxes.Turn(next % BoxWords);
    }

    /// <summary>scrypt's mixture of two lines (RFC 7914 §4), which fills the boxes.</summary>
    private static void MixSmall(uint* x)
    {
        const int Words = 16;
        for (var line = 0; line < 2; line++)
        {
            var at = x + (line * Words);
            var before = x + ((1 - line) * Words);
            for (var word = 0; word < Words; word++)
            {
                at[word] ^= before[word];
            }

            Salsa(at, 8);
        }
    }

    /// <summary>Salsa20 with this number of rounds (RFC 7914 §3).</summary>
    private static void Salsa(uint* line, int rounds)
    {
        const int Words = 16;
        var x = stackalloc uint[Words];
        for (var i = 0; i < Words; i++)
        {
            x[Place(i)] = line[i];
        }

        for (var round = 0; round < rounds; round += 2)
        {
            Quarter(x, 0, 4, 8, 12);
            Quarter(x, 5, 9, 13, 1);
            Quarter(x, 10, 14, 2, 6);
            Quarter(x, 15, 3, 7, 11);
            Quarter(x, 0, 1, 2, 3);
            Quarter(x, 5, 6, 7, 4);
            Quarter(x, 10, 11, 8, 9);
            Quarter(x, 15, 12, 13, 14);
        }

        for (var i = 0; i < Words; i++)
        {
            line[i] += x[Place(i)];
        }
    }

    private static void Quarter(uint* x, int a, int b, int c, int d)
    {
        x[b] ^= BitOperations.RotateLeft(x[a] + x[d], 7);
        x[c] ^= BitOperations.RotateLeft(x[b] + x[a], 9);
        x[d] ^= BitOperations.RotateLeft(x[c] + x[b], 13);
        x[a] ^= BitOperations.RotateLeft(x[d] + x[c], 18);
    }

    /// <summary>Where the word of this index is in the order of Salsa20 and of bytes.</summary>
    private static int Place(int i) => (i & ~15) | ((i * 5) & 15);

    private static void Load(ReadOnlySpan<byte> block, ulong* x, int lines)
    {
        var from = MemoryMarshal.Cast<byte, uint>(block);
        var to = (uint*)x;
        for (var i = 0; i < lines * 2 * LineWords; i++)
        {
            to[i] = from[Place(i)];
        }
    }

    private static void Store(ulong* x, Span<byte> block, int lines)
    {
        var from = (uint*)x;
        var to = MemoryMarshal.Cast<byte, uint>(block);
        for (var i = 0; i < lines * 2 * LineWords; i++)
        {
            to[Place(i)] = from[i];
        }
    }

    private static void Copy(ulong* from, ulong* to, int words) => new ReadOnlySpan<ulong>(from, words).CopyTo(new Span<ulong>(to, words));

    /// <summary>The three boxes, which change their places after each line.</summary>
    private struct SubstitutionBoxes(ulong* memory)
    {
        public ulong* First = memory + (2 * BoxWords);
        public ulong* Second = memory + BoxWords;
        public ulong* Third = memory;
        public int Next;

        public void Turn(int next)
        {
            var third = Third;
            Third = Second;
            Second = First;
            First = third;
            Next = next;
        }
    }
}
