using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Orleans.Sessions.Testing;

/// <summary>A name server on this machine that knows TXT records and nothing else (RFC 1035).</summary>
public sealed class TxtServer : IAsyncDisposable
{
    private const int HeaderLength = 12;
    private const ushort Txt = 16;
    private const ushort In = 1;

    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _answering;

    public TxtServer() => _answering = AnswerAsync();

    /// <summary>Where it answers: address and port.</summary>
    public string Address => $"{_socket.Client.LocalEndPoint}";

    /// <summary>The records by name, in lower case. A record may have several texts.</summary>
    public Dictionary<string, string[][]> Records { get; } = [];

    /// <summary>Whether it takes questions without an answer.</summary>
    public bool IsSilent { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task AnswerAsync()
    {
        while (true)
        {
            var question = await _socket.ReceiveAsync(_stop.Token);
            if (!IsSilent)
            {
                await _socket.SendAsync(Answer(question.Buffer), question.RemoteEndPoint, _stop.Token);
            }
        }
    }

    private byte[] Answer(byte[] question)
    {
        var (name, end) = NameOf(question);
        var records = Records.GetValueOrDefault(name, []);
        using var answer = new MemoryStream();
        answer.Write(question.AsSpan(0, 2));
        // A response with recursion; one question, and the records.
        Write(answer, 0x8180, 1, (ushort)records.Length, 0, 0);
        answer.Write(question.AsSpan(HeaderLength, end - HeaderLength));
        foreach (var record in records)
        {
            var data = record.SelectMany(text => Encoding.ASCII.GetBytes(text).Prepend((byte)text.Length)).ToArray();
            Write(answer, 0xC000 | HeaderLength, Txt, In, 0, 0, (ushort)data.Length);
            answer.Write(data);
        }

        return answer.ToArray();
    }

    /// <summary>The name of the question, and where the question ends.</summary>
    private static (string Name, int End) NameOf(byte[] question)
    {
        List<string> labels = [];
        var at = HeaderLength;
        for (; question[at] > 0; at += 1 + question[at])
        {
            labels.Add(Encoding.ASCII.GetString(question, at + 1, question[at]));
        }

        return (string.Join('.', labels).ToLowerInvariant(), at + 5);
    }

    private static void Write(MemoryStream stream, params ReadOnlySpan<ushort> numbers)
    {
        Span<byte> bytes = stackalloc byte[2];
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes, number);
            stream.Write(bytes);
        }
    }
}
