using Orleans.Sessions.Fuzz.Generation;

namespace Orleans.Sessions.Fuzz.Mutation;

/// <summary>Spoils messages in protobuf's binary format.</summary>
public static class BinaryMutator
{
    private const int EndOfGroup = 4;

    public static byte[] Spoil(Dice dice, byte[] message)
    {
        var at = dice.Below(message.Length + 1);
        return dice.Below(12) switch
        {
            0 => message[..at],
            1 when message.Length > 0 => Flip(dice, message),
            2 => [.. message, .. message],
            3 => [.. message, .. Field(dice.Pick([1, 2, 3, 100, 536_870_911]), dice.Below(8)), .. dice.Bytes(dice.Below(12))],

            // A text that is not UTF-8.
            4 => [.. message, .. Field(1, 2), 4, 0xC3, 0x28, 0xED, 0xA0],

            // Lengths that exceed the message, or are negative.
            5 => [.. message, .. Field(dice.Pick([1, 2, 3]), 2), 0xFF, 0xFF, 0xFF, 0xFF, 0x07],
            6 => [.. message, .. Field(dice.Pick([1, 2, 3]), 2), 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],

            // A varint without an end.
            7 => [.. message, .. Field(dice.Pick([1, 2, 3]), 0), .. Enumerable.Repeat((byte)0xFF, 12)],

            // Nested groups, and an end of a group without a beginning.
            8 => [.. message, .. Enumerable.Repeat((byte)((15 << 3) | 3), dice.Pick([5, 150, 20_000]))],
            9 => [.. Field(1, EndOfGroup), .. message],

            // Nested messages in the same field.
            10 => Nest(dice.Pick([50, 120, 3000]), dice.Pick([1, 3, 4, 11, 12, 13])),
            _ => dice.Bytes(dice.Below(200)),
        };
    }

    private static byte[] Flip(Dice dice, byte[] message)
    {
        var flipped = message.ToArray();
        for (var times = 1 + dice.Below(3); times > 0; times--)
        {
            flipped[dice.Below(flipped.Length)] ^= (byte)(1 << dice.Below(8));
        }

        return flipped;
    }

    private static byte[] Nest(int depth, int field)
    {
        List<byte> reversed = [];
        for (var i = 0; i < depth; i++)
        {
            byte[] head = [.. Field(field, 2), .. Varint((ulong)reversed.Count)];
            reversed.AddRange(head.Reverse());
        }

        reversed.Reverse();
        return [.. reversed];
    }

    private static byte[] Field(int number, int wireType) => Varint(((ulong)number << 3) | (uint)wireType);

    private static byte[] Varint(ulong value)
    {
        List<byte> bytes = [];
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }
}
