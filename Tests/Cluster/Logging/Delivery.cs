using System.Data.Common;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster.Logging;

/// <summary>Has a database of its own, which is away for as long as the test says; that is an incident.</summary>
[Process("test/delivery", FailureIsIncident = true)]
internal sealed class Delivery(ProbeRecorder recorder) : Process<HelloInput, HelloOutput>
{
    protected override Task<StepResult> RunAsync(StepContext step) =>
        recorder.GateAsync(step.ProcessId).IsCompleted
            ? Task.FromResult(Finish(new HelloOutput(Input.Name)))
            : throw new OrdersAwayException(Input.Name == "Ada" ? "the orders" : Input.Name);

    /// <summary>The database's driver says that it cannot be reached.</summary>
    private sealed class OrdersAwayException(string what) : DbException($"The database of {what} is away.")
    {
        public override bool IsTransient => true;
    }
}
