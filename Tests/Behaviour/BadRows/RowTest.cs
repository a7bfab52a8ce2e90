using System.Text;
using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.BadRows;

/// <summary>A test with processes whose rows are changed by hand.</summary>
/// <param name="stores">The clusters.</param>
/// <param name="kind">The store.</param>
public abstract class RowTest(Stores stores, StoreKind kind) : BehaviourTest(stores, kind)
{
    /// <summary>Changes what is stored.</summary>
    private protected IByHand Hand => Cluster.Hand;

    /// <summary>Starts a process.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>The process, which waits.</returns>
    protected async Task<ProcessHandle<BadOutput>> StartAsync(int number)
    {
        var process = await Client.StartAsync(
            BadChain.Type,
            new BadInput(number),
            new StartOptions { Id = NewId() },
            Cancel);
        await StatusAsync(process, "waits", static status => status.Summary.State == ProcessState.Waiting);
        return process;
    }

    /// <summary>Replaces a part of a checkpoint.</summary>
    /// <param name="process">The process.</param>
    /// <param name="from">The part, which is there.</param>
    /// <param name="to">What takes its place.</param>
    /// <returns>The checkpoint as it was.</returns>
    protected async Task<byte[]> EditAsync(ProcessHandle process, string from, string to) =>
        await Hand.ChangeAsync(process.Id, "checkpoint", was =>
        {
            var text = Encoding.UTF8.GetString(was);
            text.ShouldContain(from, Case.Sensitive);
            return Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
        });
}
