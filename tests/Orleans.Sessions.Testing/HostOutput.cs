using System.Text;

namespace Orleans.Sessions.Testing;

/// <summary>The output of a process. Of a long output it keeps the beginning and the end.</summary>
internal sealed class HostOutput
{
    private const int MaxCharacters = 200_000;

    private readonly StringBuilder _text = new();
    private readonly Lock _lock = new();

    public void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            _text.AppendLine(line);
            if (_text.Length > MaxCharacters)
            {
                _text.Remove(MaxCharacters / 4, _text.Length - (MaxCharacters / 2)).Insert(MaxCharacters / 4, "\n…\n");
            }
        }
    }

    public override string ToString()
    {
        lock (_lock)
        {
            return _text.ToString();
        }
    }
}
