using Orleans.Concurrency;

namespace Orleans.Workflows.Abstractions;

/// <summary>One process. No call stays open longer than a commit, and none runs a step.</summary>
[Alias("owf.IProcessGrain")]
public interface IProcessGrain : IGrainWithStringKey
{
    /// <summary>
    /// Stores and starts the process. Durable when the reply says Created. Idempotent by the request's id.
    /// </summary>
    /// <param name="request">The start.</param>
    /// <param name="observer">Who is told of the end; <c>null</c> for nobody.</param>
    /// <returns>What became of the start.</returns>
    [Alias("Start")]
    Task<StartReply> StartAsync(StartRequest request, IProcessObserver? observer);

    /// <summary>Asks to be told of the process's end. Lasts twenty seconds; ask again to stay.</summary>
    /// <param name="observer">Who is told.</param>
    /// <returns>How it ended, if it has.</returns>
    [Alias("Subscribe")]
    Task<SubscribeReply> SubscribeAsync(IProcessObserver observer);

    /// <summary>
    /// Says that there may be something to do: a message, a due time, an owner that is gone. Harmless at any time, any
    /// number of times. Not for clients.
    /// </summary>
    /// <param name="scanTime">
    /// The time for which a scan found the process due; <c>null</c> when it was not for its time.
    /// </param>
    /// <returns>Nothing: one way.</returns>
    [OneWay, Alias("Poke")]
    Task PokeAsync(DateTimeOffset? scanTime);

    /// <summary>
    /// Says the same as a poke, and is answered, for who wakes many and has to know how many of them are under way.
    /// </summary>
    /// <param name="scanTime">As for a poke.</param>
    /// <returns>Completes when the process has looked and stored what came of it, or after five seconds.</returns>
    [ResponseTimeout("00:00:05"), Alias("Wake")]
    Task WakeAsync(DateTimeOffset? scanTime);
}
