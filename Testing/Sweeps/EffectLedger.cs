using System.Collections.Concurrent;

namespace Orleans.Workflows.Testing;

/// <summary>
/// What steps have done to the outside world: for fakes, which write down what the real service would do.
/// </summary>
/// <remarks>It outlives silos, as the world does. All members can be called from any thread.</remarks>
public sealed class EffectLedger
{
    private readonly ConcurrentQueue<Effect> _effects = new();

    /// <summary>Everything that was done, in order.</summary>
    public IReadOnlyList<Effect> Effects => [.. _effects];

    /// <summary>Writes down what the step does that calls.</summary>
    /// <param name="what">What is done.</param>
    /// <param name="key">
    /// What the outside world knows it by: the step's <see cref="StepContext.IdempotencyKey"/>, if it is passed on. Of
    /// an effect with a key a second one is no other; <c>null</c> when each time counts.
    /// </param>
    /// <exception cref="InvalidOperationException">It is called from outside a step.</exception>
    public void Record(string what, string? key = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(what);
        var caller = CurrentProcess.Identity
            ?? throw new InvalidOperationException(
                "An effect is recorded from within a step: on its own flow of execution, not on a thread that it "
                + "started without it.");
        _effects.Enqueue(new Effect(caller.ProcessId, caller.Position, key, what));
    }
}
