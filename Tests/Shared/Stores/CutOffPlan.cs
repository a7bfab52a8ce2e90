namespace Orleans.Workflows.Shared.Stores;

/// <summary>Where one process is cut off from its store.</summary>
/// <param name="access">The number of the access, 1 for the first, at which it is.</param>
/// <param name="mode">How.</param>
public sealed class CutOffPlan(int access, CutOffMode mode)
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _accesses;

    /// <summary>The last access that is cut off; later ones are carried out. Default: there are none.</summary>
    public int Until { get; init; } = int.MaxValue;

    /// <summary>The only method of the store that is counted and cut off; null, the default, for all.</summary>
    public string? Only { get; init; }

    /// <summary>How many accesses there were.</summary>
    public int Accesses => Volatile.Read(ref _accesses);

    /// <summary>Completes when the process is cut off.</summary>
    public Task Cut => _cut.Task;

    /// <summary>Ends the waits for replies that never come, so that the silo can be taken down.</summary>
    public void End() => _end.TrySetException(new IOException("The silo is gone."));

    /// <summary>Makes an access, or what the cut makes of it.</summary>
    /// <typeparam name="T">The reply.</typeparam>
    /// <param name="carryOut">Carries it out.</param>
    /// <param name="refuse">Says that the store is unavailable, in the way of this access.</param>
    /// <returns>The reply; never, when it is lost.</returns>
    public async Task<T> MakeAsync<T>(Func<Task<T>> carryOut, Func<Task<T>> refuse)
    {
        ArgumentNullException.ThrowIfNull(carryOut);
        ArgumentNullException.ThrowIfNull(refuse);
        var number = Interlocked.Increment(ref _accesses);
        if (number < access || number > Until)
        {
            return await carryOut();
        }

        if (number == access && mode is CutOffMode.SilentAfter or CutOffMode.BrokenAfter)
        {
            await carryOut();
        }

        _cut.TrySetResult();
        if (mode is CutOffMode.SilentBefore or CutOffMode.SilentAfter)
        {
            await _end.Task;
        }

        return mode switch
        {
            CutOffMode.BrokenAfter when number == access => throw new IOException("The reply is lost."),
            CutOffMode.RefusedBefore or CutOffMode.BrokenAfter => await refuse(),
            _ => throw new InvalidOperationException($"An access in mode {mode} goes on after the end."),
        };
    }
}
