using System.Collections.Concurrent;
using System.Text.Json;
using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.Crash.Members;

/// <summary>
/// Silos under the load of a client service, and what has to be true of that load whatever happened to them.
/// </summary>
public abstract class SeveralSilosTest(ITestOutputHelper output, DatabaseFixture databases)
    : MemberTest(output, databases)
{
    /// <summary>How long survivors may take after Orleans has declared a silo dead.</summary>
    protected static readonly TimeSpan ResumeLimit = TimeSpan.FromSeconds(15);

    /// <summary>Longer than anything may take.</summary>
    protected static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private const int Concurrency = 8;
    private LoadProcess? _load;

    /// <summary>
    /// Most of the load's processes are in a step when something happens, and the machine has time for the others.
    /// </summary>
    protected override string[] SiloOptions => ["StepTime=00:00:00.080"];

    /// <summary>Starts the load and waits until it is in full swing.</summary>
    /// <param name="assembly">The client's program; null for this build's.</param>
    protected async Task<LoadProcess> StartLoadAsync(string? assembly = null)
    {
        _load = LoadProcess.Start(Folder, Concurrency, operationTimeout: TimeSpan.FromMinutes(2), assembly);
        await _load.GoesOnAsync(Concurrency, Limit);
        return _load;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_load is not null)
        {
            await _load.DisposeAsync();
        }

        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Waits until Orleans has declared a silo dead, then until no process is left to it.</summary>
    /// <returns>How long each took, the second from the first on.</returns>
    protected async Task<(TimeSpan Declared, TimeSpan Resumed)> TakenOverAsync(HostProcess silo)
    {
        var declared = await new TransactionFreeze(ConnectionString!).DeclaredDeadAsync(silo, Limit);
        return (declared, await LeftAsync(silo));
    }

    /// <summary>Waits until no process is left to a silo.</summary>
    protected async Task<TimeSpan> LeftAsync(HostProcess silo)
    {
        var owned = -1L;
        return await Eventually.TrueAsync(
            async () => (owned = await OwnedAsync(silo)) == 0,
            Limit,
            () => $"every process of {silo.Address} goes on elsewhere; it has {owned}",
            Cancel);
    }

    /// <summary>How many processes a silo has.</summary>
    protected async Task<long> OwnedAsync(HostProcess silo) =>
        (await ReadAsync<long>($"SELECT count(*) FROM process WHERE owner = '{silo.Address}'")).Single();

    /// <summary>Ends the load and holds each of its processes against what it had to be.</summary>
    /// <param name="load">The load.</param>
    /// <param name="through">A silo that lives.</param>
    protected async Task ShouldBeRightAsync(LoadProcess load, HostProcess through)
    {
        var exitCode = await load.EndAsync();
        load.Failures.ShouldBeEmpty($"of {load.Started} calls");
        exitCode.ShouldBe(0);
        var client = await ConnectAsync();
        var rows = await client.ListAsync(load.Prefix, Cancel);
        rows.Count.ShouldBe(load.Started, "each start is there once");
        var lines = Folder.ReadLedger().ToLookup(static line => line.ProcessId);
        var faults = new ConcurrentQueue<string>();
        var resumed = 0;
        await Parallel.ForEachAsync(rows, Cancel, async (row, _) =>
        {
            var handle = client.Processes.GetHandle(row.Id);
            var (steps, first) = row.Type == CrashTypes.Waits.Name ? (1, 1) : (await StepsOfAsync(handle), 0);
            var history = await ProcessHistory.ReadAsync(handle);
            var wrong = history
                .FaultsOfFinished(first + steps)
                .Concat(LedgerCheck.Faults([.. lines[row.Id.Value]], steps, first));
            wrong = row.State is ProcessState.Finished ? wrong : wrong.Append($"it is {row.State}");
            wrong.ToList().ForEach(fault => faults.Enqueue($"{row.Id}: {fault}"));
            Interlocked.Add(ref resumed, history.Count(HistoryKind.Resumed));
        });
        faults.ShouldBeEmpty(through.Output);
        (await ReadAsync<long>("SELECT count(*) FROM inbox WHERE seen < 2"))
            .Single()
            .ShouldBe(0, "no message is left open");
        Print($"{rows.Count} processes of the load, all finished and right; {resumed} times one was resumed");
    }

    /// <summary>By its input: the load may be that of another version, which has another plan.</summary>
    private static async Task<int> StepsOfAsync(ProcessHandle process)
    {
        var checkpoint = await process.GetCheckpointAsync(Cancel);
        return JsonSerializer.Deserialize<StepsInput>(checkpoint.Input, WorkflowJson.Options)!.Steps;
    }
}
