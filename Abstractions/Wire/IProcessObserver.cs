using Orleans.Concurrency;

namespace Orleans.Workflows.Abstractions;

/// <summary>Is told of the end of processes. A notice can be lost: who must know asks again.</summary>
[Alias("owf.IProcessObserver")]
public interface IProcessObserver : IGrainObserver
{
    /// <summary>A process has ended.</summary>
    /// <param name="outcome">How.</param>
    /// <returns>Nothing: one way.</returns>
    [OneWay, Alias("Ended")]
    Task EndedAsync(ProcessOutcome outcome);

    /// <summary>
    /// A process goes on, but the activation that was asked will not tell of its end: ask again. Also said when an
    /// incident opens, which the answer then has.
    /// </summary>
    /// <param name="id">The process.</param>
    /// <returns>Nothing: one way.</returns>
    [OneWay, Alias("Moved")]
    Task MovedAsync(ProcessId id);
}
