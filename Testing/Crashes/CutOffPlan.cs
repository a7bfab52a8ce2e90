using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Testing;

/// <summary>Where a silo is cut off from the store, for one process or a tree of them.</summary>
/// <param name="access">
/// The number of the access, 1 for the first, at which it is. <see cref="int.MaxValue"/> for none: the accesses are
/// only counted.
/// </param>
/// <param name="mode">How.</param>
public sealed class CutOffPlan(int access, CutOffMode mode)
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _accesses;

    /// <summary>The last access that is cut off; later ones are carried out. Default: there are none.</summary>
    public int Until { get; init; } = int.MaxValue;

    /// <summary>
    /// The only method of <see cref="IProcessStore"/> that is counted and cut off, by its name; <c>null</c>, the
    /// default, for all.
    /// </summary>
    public string? Only { get; init; }

    /// <summary>
    /// Whether it is also the plan of the processes that this one started, and of theirs, unless they have one of their
    /// own. Default: <c>true</c>.
    /// </summary>
    public bool WithDescendants { get; init; } = true;

    /// <summary>How many accesses there were, 0 or more.</summary>
    public int Accesses => Volatile.Read(ref _accesses);

    /// <summary>Completes when the silo is cut off.</summary>
    public Task Cut => _cut.Task;

    /// <summary>The access at which the silo was cut off, for people; <c>null</c> while it is not.</summary>
    public string? CutAt { get; private set; }

    /// <summary>Ends the waits for replies that never come, so that the silo can be taken down.</summary>
    public void End() => _end.TrySetException(new IOException("The silo is gone."));

    /// <summary>Makes an access, or what the cut makes of it.</summary>
    /// <typeparam name="T">The reply.</typeparam>
    /// <param name="what">The access, for people.</param>
    /// <param name="carryOut">Carries it out.</param>
    /// <param name="refuse">Says that the store is unavailable, in the way of this access.</param>
    /// <returns>The reply; never, when it is lost.</returns>
    internal async Task<T> MakeAsync<T>(Func<string> what, Func<Task<T>> carryOut, Func<Task<T>> refuse)
    {
        var number = Interlocked.Increment(ref _accesses);
        if (number < access || number > Until)
        {
            return await carryOut().ConfigureAwait(false);
        }

        var isFirst = number == access;
        if (isFirst)
        {
            CutAt = what();
        }

        if (isFirst && mode is CutOffMode.SilentAfter or CutOffMode.BrokenAfter)
        {
            await carryOut().ConfigureAwait(false);
        }

        _cut.TrySetResult();
        if (mode is CutOffMode.SilentBefore or CutOffMode.SilentAfter)
        {
            await _end.Task.ConfigureAwait(false);
        }

        return mode switch
        {
            CutOffMode.BrokenAfter when isFirst => throw new IOException("The reply is lost."),
            CutOffMode.RefusedBefore or CutOffMode.BrokenAfter => await refuse().ConfigureAwait(false),
            _ => throw new InvalidOperationException($"An access in mode {mode} goes on after the end."),
        };
    }
}
