using System.Buffers.Binary;
using System.IO.Compression;
using Orleans.Sessions.Fuzz.Generation;

namespace Orleans.Sessions.Fuzz.Mutation;

/// <summary>gRPC's frames: whether the message is compressed (1 byte), its length (4 bytes), the message.</summary>
public static class Frames
{
    public static byte[] Of(byte[] message) => Of(0, (uint)message.Length, message);

    /// <summary>A frame with a wrong header, or more or less than one frame.</summary>
    public static byte[] Spoil(Dice dice, byte[] message)
    {
        var length = (uint)message.Length;
        return dice.Below(12) switch
        {
            0 => Of(0, length + 1, message),
            1 => Of(0, length == 0 ? 5 : length - 1, message),
            2 => Of(0, uint.MaxValue, message),
            3 => Of(0, int.MaxValue, message),
            4 => Of(1, length, message),
            5 => Of((byte)dice.Pick([2, 128, 129, 255]), length, message),
            6 => [.. Of(message), .. Of(message)],
            7 => Of(message)[..dice.Below(5)],
            8 => [.. Of(message), .. dice.Bytes(3)],
            9 => Compressed(message),
            10 => Compressed(new byte[dice.Pick([2_000_000, 60_000_000])]),
            _ => [],
        };
    }

    private static byte[] Compressed(byte[] message)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(message);
        }

        return Of(1, (uint)compressed.Length, compressed.ToArray());
    }

    private static byte[] Of(byte flag, uint length, byte[] message)
    {
        var frame = new byte[5 + message.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), length);
        message.CopyTo(frame, 5);
        return frame;
    }
}
