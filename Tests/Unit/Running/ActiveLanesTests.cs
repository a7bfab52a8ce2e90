using System.Runtime.CompilerServices;
using Orleans.Workflows.Grains.Running;

namespace Orleans.Workflows.Unit.Running;

/// <summary>The list of the processes whose steps run, which is read while it changes.</summary>
public sealed class ActiveLanesTests
{
    [Fact]
    public async Task All_ProcessesComeAndGoMeanwhile_HasNoEmptyPlaces()
    {
        var lanes = new ActiveLanes();
        var lane = (ProcessLane)RuntimeHelpers.GetUninitializedObject(typeof(ProcessLane));
        var ids = Enumerable.Range(0, 64).Select(static i => ProcessId.Parse($"p{i}")).ToList();
        using var stop = new CancellationTokenSource();
        var changes = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                ids.ForEach(id => lanes.Add(id, lane));
                ids.ForEach(id => lanes.Remove(id, lane));
            }
        }, TestContext.Current.CancellationToken);

        try
        {
            for (var read = 0; read < 50_000; read++)
            {
                lanes.All.Any(static entry => entry.Value is null).ShouldBeFalse();
            }
        }
        finally
        {
            await stop.CancelAsync();
            await changes;
        }
    }
}
