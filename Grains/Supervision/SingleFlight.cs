namespace Orleans.Workflows.Grains.Supervision;

/// <summary>
/// Something that is done once at a time. Asked for while it is done, it is done once more. All on one scheduler.
/// </summary>
/// <param name="action">What is done. It does not throw.</param>
internal sealed class SingleFlight(Func<Task> action)
{
    private bool _isAsked;
    private bool _isRunning;

    /// <summary>Asks for it.</summary>
    public void Ask()
    {
        _isAsked = true;
        if (!_isRunning)
        {
            _isRunning = true;
            _ = RunAsync();
        }
    }

    private async Task RunAsync()
    {
        while (_isAsked)
        {
            _isAsked = false;
            await action();
        }

        _isRunning = false;
    }
}
