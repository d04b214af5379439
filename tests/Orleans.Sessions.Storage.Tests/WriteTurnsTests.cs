namespace Orleans.Sessions.Storage.Tests;

/// <summary>Which of the waiting writes go first, and together with which others.</summary>
public sealed class WriteTurnsTests
{
    [Fact]
    public async Task Writes_of_the_background_wait_for_all_others_and_go_a_few_at_a_time()
    {
        var queue = new Queue(transactions: 1);
        var first = queue.Write("first");

        Task[] all = [first, .. Background(queue, 6), queue.Write("p1"), queue.Write("p2")];
        queue.Open();
        await Task.WhenAll(all).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(["first", "p1 p2", "b0 b1 b2 b3", "b4 b5"], queue.Groups);
    }

    [Fact]
    public async Task The_background_goes_first_when_it_has_waited_but_never_twice_in_a_row()
    {
        var queue = new Queue(transactions: 1);
        var first = queue.Write("first");

        Task[] all = [first, .. Background(queue, 6), queue.Write("p1")];
        queue.Advance(101);
        queue.Open();
        await Task.WhenAll(all).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(["first", "b0 b1 b2 b3", "p1", "b4 b5"], queue.Groups);
    }

    [Fact]
    public async Task A_background_that_has_waited_very_long_goes_all_together()
    {
        var queue = new Queue(transactions: 1);
        var first = queue.Write("first");

        Task[] all = [first, .. Background(queue, 6), queue.Write("p1")];
        queue.Advance(1001);
        queue.Open();
        await Task.WhenAll(all).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(["first", "b0 b1 b2 b3 b4 b5", "p1"], queue.Groups);
    }

    [Fact]
    public async Task Of_several_transactions_the_background_has_one()
    {
        var queue = new Queue(transactions: 3);

        Task[] all = [.. Background(queue, 3), queue.Write("p1"), queue.Write("p2"), queue.Write("p3")];

        Assert.Equal(["b0", "p1", "p2"], queue.Groups);
        queue.Open();
        await Task.WhenAll(all).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(["b1 b2", "p3"], queue.Groups[3..].Order());
    }

    private static Task[] Background(Queue queue, int count) => [.. Enumerable.Range(0, count).Select(i => queue.Write($"b{i}", true))];

    /// <summary>A queue whose transactions do not end before it is opened.</summary>
    private sealed class Queue(int transactions) : WriteQueue(transactions)
    {
        private readonly TaskCompletionSource _opened = new();
        private readonly List<string> _groups = [];
        private long _now;

        /// <summary>The names of the writes of each transaction, in the order in which the transactions began.</summary>
        public string[] Groups
        {
            get
            {
                lock (_groups)
                {
                    return [.. _groups];
                }
            }
        }

        protected override long Now => _now;

        public void Advance(int milliseconds) => _now += milliseconds;

        public void Open() => _opened.SetResult();

        public Task<bool> Write(string name, bool isBackground = false) =>
            WriteAsync(key: null, [new RunStatement(name, [])], isBackground);

        protected override void Start(Func<Task> work) => _ = work();

        protected override async Task CommitAsync(IReadOnlyList<DatabaseWrite> group)
        {
            lock (_groups)
            {
                _groups.Add(string.Join(' ', group.SelectMany(write => write.Steps).OfType<RunStatement>().Select(step => step.Text)));
            }

            await _opened.Task;
            foreach (var write in group)
            {
                write.Succeed();
            }
        }
    }
}
