namespace Orleans.Workflows.Shared.Stores;

/// <summary>Where one process is cut off from its store.</summary>
/// <param name="Access">The number of the access, 1 for the first, at which it is.</param>
/// <param name="Mode">How.</param>
public sealed class CutOffPlan(int access, CutOffMode mode)
{
    private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _accesses;

    /// <summary>Completes when the process is cut off.</summary>
    public Task Cut => _cut.Task;

    /// <summary>How many accesses there were before the cut.</summary>
    public int Accesses => Math.Min(Volatile.Read(ref _accesses), access);

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
        if (number < access)
        {
            return await carryOut();
        }

        if (number == access && mode is CutOffMode.SilentAfter or CutOffMode.BrokenAfter)
        {
            await carryOut();
        }

        _cut.TrySetResult();
        return mode switch
        {
            CutOffMode.SilentBefore or CutOffMode.SilentAfter => await new TaskCompletionSource<T>().Task,
            CutOffMode.BrokenAfter when number == access => throw new IOException("The reply is lost."),
            CutOffMode.RefusedBefore or CutOffMode.BrokenAfter => await refuse(),
            _ => throw new InvalidOperationException($"The mode {mode} is not known."),
        };
    }
}
