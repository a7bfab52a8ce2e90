using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.RandomPrograms.Chaos;
using Orleans.Workflows.RandomPrograms.Programs;

namespace Orleans.Workflows.RandomPrograms.Running;

/// <summary>Runs batches one after the other, in the same cluster for as long as that can be used.</summary>
/// <param name="stillness">When nothing was committed for so long, a batch has come to nothing.</param>
/// <param name="wrap">What the silos see of the store; null for the store. For planted bugs.</param>
internal sealed class Attempts(TimeSpan stillness, Func<IProcessStore, IProcessStore>? wrap = null) : IAsyncDisposable
{
    private const int BatchesOfACluster = 20;

    private readonly int[] _faults = new int[Enum.GetValues<FaultKind>().Length];
    private RandomCluster? _cluster;
    private int _left;

    /// <summary>How often each kind of fault has happened.</summary>
    public string Faults =>
        string.Join(
            ", ",
            Enum.GetValues<FaultKind>()
                .Select(kind => $"{kind} {_faults[(int)kind] + (_cluster?.Dice.CountOf(kind) ?? 0)}"));

    /// <summary>Runs a batch.</summary>
    /// <param name="programs">The programs.</param>
    /// <param name="plan">What goes wrong.</param>
    /// <param name="seed">Decides when.</param>
    /// <returns>The report.</returns>
    public async Task<BatchReport> RunAsync(IReadOnlyList<RandomProgram> programs, ChaosPlan plan, int seed)
    {
        if (_cluster is null || _cluster.Plan != plan || --_left <= 0)
        {
            await CloseAsync();
            _cluster = await RandomCluster.StartAsync(plan, new Dice(seed, plan), wrap);
            _left = BatchesOfACluster;
        }

        var report = await new Batch(_cluster, programs, stillness).RunAsync();
        if (report.IsStuck)
        {
            await CloseAsync();
        }

        return report;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task CloseAsync()
    {
        if (_cluster is { } cluster)
        {
            foreach (var kind in Enum.GetValues<FaultKind>())
            {
                _faults[(int)kind] += cluster.Dice.CountOf(kind);
            }

            _cluster = null;
            await cluster.DisposeAsync();
        }
    }
}
