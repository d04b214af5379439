using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Orleans.Serialization;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace Orleans.Sessions;

/// <summary>
/// Sends a deadline as a number: the milliseconds that remain when the message is written to the connection. The receiver reads a number,
/// which every version can read. A call within a process keeps the deadline itself.
/// </summary>
[RegisterSerializer]
[RegisterCopier]
internal sealed class CallDeadlineCodec : IFieldCodec<CallDeadline>, IDeepCopier<CallDeadline>
{
    private readonly IFieldCodec<long> _number = new Int64Codec();

    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, CallDeadline? value)
        where TBufferWriter : IBufferWriter<byte> =>
        _number.WriteField(ref writer, fieldIdDelta, expectedType, (long)value!.Left.TotalMilliseconds);

    public CallDeadline ReadValue<TInput>(ref Reader<TInput> reader, Field field) =>
        throw new NotSupportedException("A deadline arrives as a number.");

    [return: NotNullIfNotNull(nameof(input))]
    public CallDeadline? DeepCopy(CallDeadline? input, CopyContext context) => input;
}
