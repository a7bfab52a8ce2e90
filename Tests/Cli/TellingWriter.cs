namespace Orleans.Workflows.CliTests;

/// <summary>A standard error of a run that says when the run first says something.</summary>
internal sealed class TellingWriter : StringWriter
{
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _what;

    /// <summary>Makes an empty one.</summary>
    /// <param name="what">What it waits for; empty for anything.</param>
    public TellingWriter(string what = "") => (NewLine, _what) = ("\n", what);

    /// <summary>Ends when it has been written.</summary>
    public Task Told => _told.Task;

    public override void Write(string? value)
    {
        base.Write(value);
        if (value?.Contains(_what, StringComparison.Ordinal) == true)
        {
            _told.TrySetResult();
        }
    }
}
