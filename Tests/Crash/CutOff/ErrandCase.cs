using Orleans.Workflows.Abstractions;
using Orleans.Workflows.ClientSdk;
using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.Shared.Stores;

namespace Orleans.Workflows.Crash.CutOff;

/// <summary>One errand, cut off at one access in one way: first in the silo that is cut off, then in the one that takes over.</summary>
internal sealed class ErrandCase(int access, CutOffMode mode)
{
    private const string SignalId = "the-address";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private bool _started;
    private bool _signalled;

    public ProcessId Id { get; } = ProcessId.Parse($"{mode}-{access:00}");

    public CutOffPlan Plan { get; } = new(access, mode);

    public bool RanThrough { get; private set; }

    /// <summary>Goes on until the errand is done or cut off.</summary>
    public async Task BeginAsync(IProcessClient client)
    {
        using var cut = new CancellationTokenSource();
        var driving = DriveAsync(client, cut.Token);
        await Task.WhenAny(driving, Plan.Cut);
        await cut.CancelAsync();
        try
        {
            await driving;
            RanThrough = !Plan.Cut.IsCompleted;
        }
        catch (Exception e) when (Plan.Cut.IsCompleted && e is OperationCanceledException or WorkflowException)
        {
            // What was answered before the cut is noted, and has to hold.
        }
    }

    /// <summary>Says again what was not answered, and sees that the errand comes to its end without being touched.</summary>
    public async Task<IReadOnlyList<string>> FinishAsync(IProcessClient client, ErrandLedger ledger, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        if (_started && (await client.GetHandle(Id).GetStatusAsync(cancellationToken)).Summary.Version < 1)
        {
            faults.Add("its start was answered, and it is gone");
        }

        await TellAsync(client, cancellationToken);
        var handle = client.GetHandle<ErrandDone>(Id);
        var waitsFor = "";
        await Eventually.TrueAsync(
            async () =>
            {
                var status = await handle.GetStatusAsync(cancellationToken);
                waitsFor = status.WaitingFor;
                return status.Summary.State.IsTerminal();
            },
            Limit,
            () => $"{Id} has ended. It says: {waitsFor}",
            cancellationToken);
        var done = await handle.GetResultAsync(cancellationToken);
        if (done != new ErrandDone($"{access} to home"))
        {
            faults.Add($"its result is {done}");
        }

        var history = await ProcessHistory.ReadAsync(handle);
        faults.AddRange(history.FaultsOfFinished(steps: 3));
        faults.AddRange(LedgerCheck.Faults(ledger.Of(Id), steps: 3));
        if (history.Count(HistoryKind.SignalReceived) != 1)
        {
            faults.Add($"it took the signal {history.Count(HistoryKind.SignalReceived)} times");
        }

        return [.. faults.Select(fault => $"{Id}: {fault} ({string.Join(" ", history.Kinds)})")];
    }

    private async Task DriveAsync(IProcessClient client, CancellationToken cancellationToken)
    {
        await TellAsync(client, cancellationToken);
        await client.GetHandle(Id).WaitAsync(cancellationToken);
    }

    /// <summary>Says what has not been answered yet.</summary>
    private async Task TellAsync(IProcessClient client, CancellationToken cancellationToken)
    {
        if (!_started)
        {
            await client.StartAsync(CutOffTypes.Errand, new Errand(access), new StartOptions { Id = Id, IfExists = IfExists.UseExisting }, cancellationToken);
            _started = true;
        }

        if (!_signalled)
        {
            await client.GetHandle(Id).SignalAsync("address", "home", SignalId, cancellationToken);
            _signalled = true;
        }
    }
}
