using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit.Sdk;

namespace Orleans.Workflows.Behaviour.Clusters;

/// <summary>A test of a behaviour through the grain and the client, on one of the stores.</summary>
/// <remarks>
/// What comes from the engine, the definitions and the ports alone runs once, most of it in memory: to it, a store is
/// bytes that come back as they were, and the conformance tests hold each store to that. What rests on statements that
/// every store has in its own words runs on all three, whose classes stand below their suite: inboxes, trees, what a
/// commit tells children, reports, ids and tags, rows that were damaged, and what is left when a silo is replaced.
/// </remarks>
/// <param name="stores">The clusters.</param>
/// <param name="kind">The store.</param>
public abstract class BehaviourTest(Stores stores, StoreKind kind) : IAsyncLifetime
{
    /// <summary>A process that never ends must not hang the run: what a test waits for has this long.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private static readonly ConditionalWeakTable<ITest, CancellationTokenSource> Limits = [];

    /// <summary>Ends with the test, or when it has taken too long.</summary>
    protected static CancellationToken Cancel => Limits.GetValue(TestContext.Current.Test!, static _ =>
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Longest);
        return limit;
    }).Token;

    /// <summary>The store.</summary>
    protected StoreKind Kind => kind;

    /// <summary>What the tests do to the cluster. Default: nothing that others would notice.</summary>
    protected virtual ClusterUse Use => ClusterUse.Shared;

    /// <summary>The cluster.</summary>
    protected BehaviourCluster Cluster { get; private set; } = null!;

    /// <summary>The client.</summary>
    protected IProcessClient Client => Cluster.Client;

    /// <summary>Barriers and notes.</summary>
    protected Stage Stage => Cluster.Stage;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => Cluster = await stores.GetAsync(kind, Use);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>A new id, named after the test.</summary>
    /// <returns>The id.</returns>
    protected static ProcessId NewId() => ProcessId.Parse($"t-{Guid.NewGuid():N}");

    /// <summary>Waits until a process's status is as expected.</summary>
    /// <param name="process">The process.</param>
    /// <param name="what">What is expected, for the message.</param>
    /// <param name="expected">Whether a status is it.</param>
    /// <returns>The status.</returns>
    protected static Task<ProcessStatus> StatusAsync(
        ProcessHandle process,
        string what,
        Func<ProcessStatus, bool> expected
    ) => UntilAsync($"{process.Id} {what}", () => process.GetStatusAsync(Cancel), expected);

    /// <summary>Asks until the answer is as expected.</summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="what">What is expected, for the message.</param>
    /// <param name="ask">The question.</param>
    /// <param name="expected">Whether an answer is it.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="TimeoutException">It has not come in time.</exception>
    protected static async Task<T> UntilAsync<T>(string what, Func<Task<T>> ask, Func<T, bool> expected)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (expected(answer))
            {
                return answer;
            }

            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(30))
            {
                throw new TimeoutException($"Expected within 30 s: {what}. It is: {answer}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancel);
        }
    }
}
