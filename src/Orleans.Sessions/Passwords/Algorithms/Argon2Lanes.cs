using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Org.BouncyCastle.Crypto.Digests;

namespace Orleans.Sessions.Passwords.Algorithms;

/// <summary>
/// Argon2 with any number of lanes (RFC 9106), one lane after the other on the calling thread. Libraries that support lanes take threads
/// from the shared thread pool and keep the memory. This class allocates outside the managed heap and returns the memory to the system when
/// the hash is done.
/// </summary>
internal static unsafe class Argon2Lanes
{
    private const int BlockBytes = 1024;
    private const int BlockWords = BlockBytes / sizeof(ulong);
    private const int Slices = 4;
    private const int DigestBytes = 64;
    private const int Version = 0x13;

    /// <param name="isHybrid">Whether to compute Argon2id; otherwise Argon2i.</param>
    /// <param name="password">The password.</param>
    /// <param name="salt">The salt.</param>
    /// <param name="memoryKiB">The memory, at least 8 KiB for each lane.</param>
    /// <param name="passes">The number of passes over the memory.</param>
    /// <param name="lanes">The number of lanes.</param>
    /// <param name="length">The length of the result in bytes.</param>
    public static byte[] Derive(bool isHybrid, byte[] password, byte[] salt, int memoryKiB, int passes, int lanes, int length)
    {
        var columns = memoryKiB / (Slices * lanes) * Slices;
        var blocks = (nuint)columns * (nuint)lanes;
        var memory = (ulong*)NativeMemory.Alloc(blocks, BlockBytes);
        try
        {
            var shape = new Shape(memory, columns, lanes, passes, isHybrid);
            Begin(shape, FirstDigest(isHybrid, password, salt, memoryKiB, passes, lanes, length));
            for (var pass = 0; pass < passes; pass++)
            {
                for (var slice = 0; slice < Slices; slice++)
                {
                    for (var lane = 0; lane < lanes; lane++)
                    {
                        FillSegment(shape, pass, slice, lane);
                    }
                }
            }

            return End(shape, length);
        }
        finally
        {
            NativeMemory.Clear(memory, blocks * BlockBytes);
            NativeMemory.Free(memory);
        }
    }

    private static byte[] FirstDigest(bool isHybrid, byte[] password, byte[] salt, int memoryKiB, int passes, int lanes, int length)
    {
        var digest = new Blake2bDigest(DigestBytes * 8);
        foreach (var number in (ReadOnlySpan<int>)[lanes, length, memoryKiB, passes, Version, isHybrid ? 2 : 1, password.Length])
        {
            Update(digest, number);
        }

        digest.BlockUpdate(password, 0, password.Length);
        Update(digest, salt.Length);
        digest.BlockUpdate(salt, 0, salt.Length);

        // There is no secret and no associated data.
        Update(digest, 0);
        Update(digest, 0);
        return Result(digest);
    }

    /// <summary>Computes the first two blocks of each lane from the password; all others are computed from blocks.</summary>
    private static void Begin(in Shape shape, byte[] seed)
    {
        Span<byte> input = stackalloc byte[DigestBytes + (2 * sizeof(int))];
        seed.CopyTo(input);
        for (var lane = 0; lane < shape.Lanes; lane++)
        {
            for (var column = 0; column < 2; column++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(input[DigestBytes..], column);
                BinaryPrimitives.WriteInt32LittleEndian(input[(DigestBytes + sizeof(int))..], lane);
                MemoryMarshal
                    .Cast<byte, ulong>(LongDigest(input, BlockBytes))
                    .CopyTo(new Span<ulong>(shape.Block(lane, column), BlockWords));
            }
        }
    }

    private static byte[] End(in Shape shape, int length)
    {
        Span<ulong> sum = stackalloc ulong[BlockWords];
        for (var lane = 0; lane < shape.Lanes; lane++)
        {
            var last = shape.Block(lane, shape.Columns - 1);
            for (var word = 0; word < BlockWords; word++)
            {
                sum[word] ^= last[word];
            }
        }

        return LongDigest(MemoryMarshal.AsBytes(sum), length);
    }

    /// <summary>
    /// RFC 9106 §3.4: fills a quarter of a lane. The block before, or a counter that does not depend on the password, decides which earlier
    /// block goes into a new one.
    /// </summary>
    private static void FillSegment(in Shape shape, int pass, int slice, int lane)
    {
        var segment = shape.Columns / Slices;
        var isIndependent = !shape.IsHybrid || (pass == 0 && slice < Slices / 2);
        var addresses = stackalloc ulong[BlockWords];
        var counter = stackalloc ulong[BlockWords];
        new Span<ulong>(counter, BlockWords).Clear();
        (counter[0], counter[1], counter[2]) = ((ulong)pass, (ulong)lane, (ulong)slice);
        (counter[3], counter[4], counter[5]) = ((ulong)shape.Columns * (ulong)shape.Lanes, (ulong)shape.Passes, shape.IsHybrid ? 2UL : 1UL);

        var first = pass == 0 && slice == 0 ? 2 : 0;
        for (var i = first; i < segment; i++)
        {
            if (isIndependent && (i % BlockWords == 0 || i == first))
            {
                counter[6]++;
                Compress(null, counter, addresses, isXored: false);
                Compress(null, addresses, addresses, isXored: false);
            }

            var column = (slice * segment) + i;
            var previous = shape.Block(lane, column == 0 ? shape.Columns - 1 : column - 1);
            var random = isIndependent ? addresses[i % BlockWords] : previous[0];
            var otherLane = pass == 0 && slice == 0 ? lane : (int)((random >> 32) % (ulong)shape.Lanes);
            var other = shape.Block(otherLane, OtherColumn(shape, pass, slice, i, otherLane == lane, (uint)random));
            Compress(previous, other, shape.Block(lane, column), isXored: pass > 0);
        }
    }

    /// <summary>RFC 9106 §3.4.2: the column of the other block; recent blocks are more likely than old ones.</summary>
    private static int OtherColumn(in Shape shape, int pass, int slice, int i, bool isSameLane, uint random)
    {
        var segment = shape.Columns / Slices;
        var finished = pass == 0 ? slice * segment : shape.Columns - segment;
        var choice = (ulong)(isSameLane ? finished + i - 1 : finished - (i == 0 ? 1 : 0));
        var x = ((ulong)random * random) >> 32;
        var relative = choice - 1 - ((choice * x) >> 32);
        var start = pass == 0 || slice == Slices - 1 ? 0 : (slice + 1) * segment;
        return (int)(((ulong)start + relative) % (ulong)shape.Columns);
    }

    /// <summary>RFC 9106 §3.5: combines two blocks into one; <c>null</c> stands for a block of zeros.</summary>
    private static void Compress(ulong* x, ulong* y, ulong* result, bool isXored)
    {
        var r = stackalloc ulong[BlockWords];
        var z = stackalloc ulong[BlockWords];
        for (var i = 0; i < BlockWords; i++)
        {
            r[i] = z[i] = x is null ? y[i] : x[i] ^ y[i];
        }

        for (var row = 0; row < BlockWords; row += 16)
        {
            Permute(z + row, 2);
        }

        for (var column = 0; column < 16; column += 2)
        {
            Permute(z + column, 16);
        }

        for (var i = 0; i < BlockWords; i++)
        {
            result[i] = isXored ? result[i] ^ r[i] ^ z[i] : r[i] ^ z[i];
        }
    }

    /// <summary>RFC 9106 §3.6, on eight pairs of words that lie <paramref name="step"/> words apart.</summary>
    private static void Permute(ulong* v, int step)
    {
        ref ulong v0 = ref v[0],
            v1 = ref v[1],
            v2 = ref v[step],
            v3 = ref v[step + 1];
        ref ulong v4 = ref v[2 * step],
            v5 = ref v[(2 * step) + 1],
            v6 = ref v[3 * step],
            v7 = ref v[(3 * step) + 1];
        ref ulong v8 = ref v[4 * step],
            v9 = ref v[(4 * step) + 1],
            v10 = ref v[5 * step],
            v11 = ref v[(5 * step) + 1];
        ref ulong v12 = ref v[6 * step],
            v13 = ref v[(6 * step) + 1],
            v14 = ref v[7 * step],
            v15 = ref v[(7 * step) + 1];
        Mix(ref v0, ref v4, ref v8, ref v12);
        Mix(ref v1, ref v5, ref v9, ref v13);
        Mix(ref v2, ref v6, ref v10, ref v14);
        Mix(ref v3, ref v7, ref v11, ref v15);
        Mix(ref v0, ref v5, ref v10, ref v15);
        Mix(ref v1, ref v6, ref v11, ref v12);
        Mix(ref v2, ref v7, ref v8, ref v13);
        Mix(ref v3, ref v4, ref v9, ref v14);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(ref ulong a, ref ulong b, ref ulong c, ref ulong d)
    {
        (ulong p, ulong q, ulong r, ulong s) = (a, b, c, d);
        p += q + (2 * (ulong)(uint)p * (uint)q);
        s = BitOperations.RotateRight(s ^ p, 32);
        r += s + (2 * (ulong)(uint)r * (uint)s);
        q = BitOperations.RotateRight(q ^ r, 24);
        p += q + (2 * (ulong)(uint)p * (uint)q);
        s = BitOperations.RotateRight(s ^ p, 16);
        r += s + (2 * (ulong)(uint)r * (uint)s);
        q = BitOperations.RotateRight(q ^ r, 63);
        (a, b, c, d) = (p, q, r, s);
    }

    /// <summary>RFC 9106 §3.3: a digest of any length.</summary>
    private static byte[] LongDigest(ReadOnlySpan<byte> input, int length)
    {
        const int Half = DigestBytes / 2;
        var result = new byte[length];
        var digest = new Blake2bDigest(Math.Min(length, DigestBytes) * 8);
        Update(digest, length);
        digest.BlockUpdate(input);
        var last = Result(digest);
        var done = 0;
        while (length - done > DigestBytes)
        {
            last.AsSpan(0, Half).CopyTo(result.AsSpan(done));
            done += Half;
            digest = new Blake2bDigest(Math.Min(length - done, DigestBytes) * 8);
            digest.BlockUpdate(last, 0, last.Length);
            last = Result(digest);
        }

        last.CopyTo(result.AsSpan(done));
        return result;
    }

    private static void Update(Blake2bDigest digest, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        digest.BlockUpdate(bytes);
    }

    private static byte[] Result(Blake2bDigest digest)
    {
        var result = new byte[digest.GetDigestSize()];
        digest.DoFinal(result, 0);
        return result;
    }

    private readonly struct Shape(ulong* memory, int columns, int lanes, int passes, bool isHybrid)
    {
        public int Columns => columns;

        public int Lanes => lanes;

        public int Passes => passes;

        public bool IsHybrid => isHybrid;

        public ulong* Block(int lane, int column) => memory + ((((nint)lane * columns) + column) * BlockWords);
    }
}
