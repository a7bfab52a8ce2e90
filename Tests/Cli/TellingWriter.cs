namespace Orleans.Workflows.CliTests;

/// <summary>A standard error of a run that says when the run says something.</summary>
internal sealed class TellingWriter : StringWriter
{
    private readonly Lock _lock = new();
    private readonly List<(string What, TaskCompletionSource Told)> _awaited = [];

    /// <summary>Makes an empty one.</summary>
    /// <param name="what">What <see cref="Told"/> waits for; empty for anything.</param>
    public TellingWriter(string what = "")
    {
        NewLine = "\n";
        Told = Await(what);
    }

    /// <summary>Ends when it has been written.</summary>
    public Task Told { get; }

    /// <summary>Ends when something else has been written, in one piece.</summary>
    /// <param name="what">A part of it.</param>
    public Task Await(string what)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _awaited.Add((what, told));
            if (what.Length > 0 && ToString().Contains(what, StringComparison.Ordinal))
            {
                told.TrySetResult();
            }
        }

        return told.Task;
    }

    public override void Write(string? value)
    {
        lock (_lock)
        {
            base.Write(value);
            foreach (var (what, told) in _awaited)
            {
                if (value?.Contains(what, StringComparison.Ordinal) == true)
                {
                    told.TrySetResult();
                }
            }
        }
    }
}
