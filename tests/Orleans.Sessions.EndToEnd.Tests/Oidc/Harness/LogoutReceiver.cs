using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.WebUtilities;

namespace Orleans.Sessions.EndToEnd.Oidc.Harness;

/// <summary>A client's back-channel logout endpoint. It keeps its notifications, and it can fail or keep the sender waiting.</summary>
public sealed class LogoutReceiver : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<string> _tokens = new();
    private readonly Task _serving;
    private int _failures;

    public LogoutReceiver()
    {
        Address = $"http://127.0.0.1:{Ports.Next()}/logout/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    /// <summary>How many more notifications are answered with 503.</summary>
    public int Failing
    {
        get => Volatile.Read(ref _failures);
        set => Volatile.Write(ref _failures, value);
    }

    /// <summary>Whether the endpoint never answers.</summary>
    public bool Hangs { get; init; }

    public IReadOnlyCollection<string> Tokens => _tokens;

    /// <summary>Waits until <paramref name="count"/> notifications have arrived. Returns how long that took.</summary>
    public async Task<TimeSpan> WaitAsync(int count, TimeSpan within)
    {
        within = Eventually.Patience(within);
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(20, TestContext.Current.CancellationToken))
        {
            if (_tokens.Count >= count)
            {
                return clock.Elapsed;
            }

            Assert.True(clock.Elapsed < within, $"{_tokens.Count} of {count} logouts within {within.TotalSeconds} s");
        }
    }

    /// <summary>Waits for the notification of the end of a session.</summary>
    public async Task WaitForAsync(string sessionId, TimeSpan within)
    {
        within = Eventually.Patience(within);
        for (var clock = Stopwatch.StartNew(); !_tokens.Any(token => Jwt.Claims(token)["sid"]!.GetValue<string>() == sessionId); )
        {
            Assert.True(clock.Elapsed < within, $"no logout of session {sessionId} within {within.TotalSeconds} s");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                var form = QueryHelpers.ParseQuery(await reader.ReadToEndAsync());
                if (Hangs)
                {
                    continue;
                }

                if (Interlocked.Decrement(ref _failures) >= 0)
                {
                    context.Response.StatusCode = 503;
                }
                else
                {
                    _tokens.Enqueue(form["logout_token"].ToString());
                }

                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The listener is closed.
        }
    }
}
