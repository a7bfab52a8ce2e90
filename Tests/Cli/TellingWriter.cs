namespace Orleans.Workflows.CliTests;

/// <summary>A standard error of a run that says when the run first says something.</summary>
internal sealed class TellingWriter : StringWriter
{
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes an empty one.</summary>
    public TellingWriter() => NewLine = "\n";

    /// <summary>Ends when something has been written.</summary>
    public Task Told => _told.Task;

    public override void Write(string? value)
    {
        base.Write(value);
        _told.TrySetResult();
    }
}
