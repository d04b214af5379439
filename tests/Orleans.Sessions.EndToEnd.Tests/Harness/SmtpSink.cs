using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;
using MimeKit;

namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>
/// A small SMTP server that keeps its messages. With a certificate it requires STARTTLS, and with a password it requires authentication.
/// </summary>
public sealed class SmtpSink : IAsyncDisposable
{
    public const string User = "sender";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, Channel<MimeMessage>> _mailboxes = new();
    private readonly X509Certificate2? _certificate;
    private readonly string? _password;
    private readonly Task _serving;

    public SmtpSink(X509Certificate2? certificate = null, string? password = null)
    {
        (_certificate, _password) = (certificate, password);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _serving = ServeAsync();
    }

    public int Port { get; }

    /// <summary>The next message for this address.</summary>
    public async Task<MimeMessage> ReceiveAsync(string address) =>
        await Mailbox(address).Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(1));

    /// <summary>The number of unread messages for this address.</summary>
    public int Waiting(string address) => Mailbox(address).Reader.Count;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
    }

    private Channel<MimeMessage> Mailbox(string address) => _mailboxes.GetOrAdd(address, _ => Channel.CreateUnbounded<MimeMessage>());

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = TalkAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var connection = client;
        Stream stream = connection.GetStream();
        var recipients = new List<string>();
        var (isSecure, isKnown) = (_certificate is null, _password is null);
        await SayAsync(stream, "220 sink");
        while (await LineAsync(stream) is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await SayAsync(stream, isSecure ? "250-sink\r\n250-AUTH PLAIN\r\n250 8BITMIME" : "250-sink\r\n250 STARTTLS");
                    break;
                case "STARTTLS":
                    await SayAsync(stream, "220 go");
                    var tls = new SslStream(stream);
                    await tls.AuthenticateAsServerAsync(_certificate!);
                    (stream, isSecure) = (tls, true);
                    break;
                case "AUTH":
                    isKnown = Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[2])) == $"\0{User}\0{_password}";
                    await SayAsync(stream, isKnown ? "235 welcome" : "535 no");
                    break;
                case "MAIL":
                    recipients.Clear();
                    await SayAsync(stream, isSecure && isKnown ? "250 ok" : "530 not like this");
                    break;
                case "RCPT":
                    var address = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
                    recipients.Add(address);
                    await SayAsync(stream, address.StartsWith("unknown-", StringComparison.Ordinal) ? "550 no such mailbox" : "250 ok");
                    break;
                case "DATA":
                    await SayAsync(stream, "354 go on");
                    var message = await DataAsync(stream);
                    recipients.ForEach(recipient => Mailbox(recipient).Writer.TryWrite(message));
                    await SayAsync(stream, "250 kept");
                    break;
                case "QUIT":
                    await SayAsync(stream, "221 bye");
                    return;
                default:
                    await SayAsync(stream, "250 ok");
                    break;
            }
        }
    }

    private static async Task<MimeMessage> DataAsync(Stream stream)
    {
        var text = new StringBuilder();
        while (await LineAsync(stream) is { } line && line != ".")
        {
            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        using var content = new MemoryStream(Encoding.Latin1.GetBytes(text.ToString()));
        return await MimeMessage.LoadAsync(content);
    }

    private static Task SayAsync(Stream stream, string line) => stream.WriteAsync(Encoding.ASCII.GetBytes($"{line}\r\n")).AsTask();

    private static async Task<string?> LineAsync(Stream stream)
    {
        var line = new List<byte>();
        var next = new byte[1];
        while (await stream.ReadAsync(next) == 1)
        {
            if (next[0] == '\n')
            {
                return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(next[0]);
        }

        return null;
    }
}
