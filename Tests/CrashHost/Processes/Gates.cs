namespace Orleans.Workflows.CrashHost.Processes;

/// <summary>
/// What the test lets steps do: a gate is open while its file exists, so that it stays open across crashes.
/// </summary>
/// <param name="folder">Where the files are.</param>
public sealed class Gates(string folder)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether a gate is open.</summary>
    /// <param name="gate">Its name.</param>
    /// <returns>Whether it is.</returns>
    public bool IsOpen(string gate) => File.Exists(Path.Combine(folder, gate));

    /// <summary>Waits until a gate is open, for a limited time.</summary>
    /// <param name="gate">Its name.</param>
    /// <param name="limit">How long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it is open.</returns>
    public async Task<bool> WaitAsync(string gate, TimeSpan limit, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!IsOpen(gate))
        {
            if (TimeProvider.System.GetElapsedTime(began) > limit)
            {
                return false;
            }

            await Task.Delay(Interval, TimeProvider.System, cancellationToken);
        }

        return true;
    }
}
