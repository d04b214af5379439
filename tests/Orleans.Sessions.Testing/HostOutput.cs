using System.Text;

namespace Orleans.Sessions.Testing;

/// <summary>
/// The output of a process. Of a long output it keeps the beginning, the end, and the first warnings and errors between them.
/// </summary>
internal sealed class HostOutput
{
    private const int MaxCharacters = 200_000;

    private readonly StringBuilder _begin = new();
    private readonly StringBuilder _problems = new();
    private readonly StringBuilder _end = new();
    private bool _isProblem;
    private readonly Lock _lock = new();

    public void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            if (_begin.Length < MaxCharacters / 4)
            {
                _begin.AppendLine(line);
                return;
            }

            _end.AppendLine(line);
            if (_end.Length > MaxCharacters / 2)
            {
                DropHalf();
            }
        }
    }

    private void DropHalf()
    {
        foreach (var line in _end.ToString(0, _end.Length / 2).Split(Environment.NewLine))
        {
            // The lines of an exception follow the line of their entry.
            var level = line.Split(' ', 3) is [[.., 'Z'], var second, _] ? second : null;
            _isProblem = level is null ? _isProblem : level is not ("info" or "dbug" or "trce");
            if (_isProblem && _problems.Length < MaxCharacters / 4)
            {
                _problems.AppendLine(line);
            }
        }

        _end.Remove(0, _end.Length / 2);
    }

    public override string ToString()
    {
        lock (_lock)
        {
            return _problems.Length == 0 ? $"{_begin}{_end}" : $"{_begin}\n…\n{_problems}\n…\n{_end}";
        }
    }
}
