using System.Collections.Concurrent;
using System.Net;
using Microsoft.Data.Sqlite;
using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.Crash;

public sealed class GracefulStopTests(ITestOutputHelper output) : CrashTest(output)
{
    private const int Chains = 200;
    private const int Long = 20;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Silo_StoppedUnderLoad_GivesProcessesBackWithoutCountingACrash()
    {
        var silo = await StartSiloAsync(ShortDrain);
        var client = await ConnectAsync(silo);
        await Parallel.ForEachAsync(Enumerable.Range(0, Long), Cancel, async (index, token) =>
            await client.Processes.StartAsync(
                CrashTypes.Innocent,
                new GateInput("long", TurnSeconds: 100),
                new StartOptions { Id = ProcessId.Parse($"stop-long-{index:000}") },
                token));
        var starting = StartChainsAsync(client);
        await Eventually.TrueAsync(
            () => Task.FromResult(Folder.ReadLedger().Count(line => line.Ended) > 100),
            Limit,
            () => "a hundred steps are completed",
            Cancel);

        await StopAsync(silo);

        // Three crashes of a step would be an incident; three stops are nothing.
        for (var attempt = 2; attempt <= 3; attempt++)
        {
            silo = await StartSiloAsync(ShortDrain);
            await LongRunAsync(attempt, silo);
            await StopAsync(silo);
        }

        Folder.Open("long");
        silo = await StartSiloAsync();
        client = await ConnectAsync(silo);
        var acknowledged = await starting;
        var found = await client.ListAsync("stop-", Cancel);
        acknowledged.Except(found.Select(row => row.Id)).ShouldBeEmpty("their starts were answered");
        await client.AllEndedAsync("stop-", found.Count, Limit, silo);
        found = await client.ListAsync("stop-", Cancel);

        var faults = new ConcurrentQueue<string>();
        var released = 0;
        var lines = Folder.ReadLedger().ToLookup(line => line.ProcessId);
        await Parallel.ForEachAsync(found, Cancel, async (row, token) =>
        {
            var history = await ProcessHistory.ReadAsync(client.Processes.GetHandle(row.Id));
            var kinds = history.Kinds.ToList();
            Interlocked.Add(ref released, history.Count(HistoryKind.Released));
            var wrong = Uncounted(kinds);
            wrong = row is { State: ProcessState.Finished, ExitCode: 0 }
                ? wrong
                : wrong.Append($"it is {row.State} with {row.ExitCode}");
            if (row.Type == CrashTypes.Steps.Name)
            {
                var input = Input(row.Id);
                var result = await client.Processes.GetHandle<StepsOutput>(row.Id).GetResultAsync(token);
                wrong = wrong
                    .Concat(history.FaultsOfFinished(input.Steps))
                    .Concat(LedgerCheck.Faults([.. lines[row.Id.Value]], input.Steps));
                wrong = result == Steps.Expected(input) ? wrong : wrong.Append($"its result is {result}");
            }

            wrong.ToList().ForEach(fault => faults.Enqueue($"{row.Id}: {fault} ({string.Join(" ", kinds)})"));
        });
        Print($"{found.Count} processes, {acknowledged.Count} chains answered before the stop, {released} given back");
        faults.ShouldBeEmpty();
        released.ShouldBeGreaterThanOrEqualTo(3 * Long);
    }

    [Fact]
    public async Task Silo_StoppedInOrder_WhileStepsIgnoreThat_GivesTheirProcessesBack()
    {
        var silo = await StartSiloAsync(ShortDrain);
        var client = await ConnectAsync(silo);
        var deaf = (
            await client.Processes.StartAsync(
                CrashTypes.Innocent,
                new GateInput("deaf", TurnSeconds: 100, Deaf: true),
                cancellationToken: Cancel)
        ).Id;
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await RunsAsync(deaf, attempt, silo);
            await StopAsync(silo);
            silo = await StartSiloAsync(ShortDrain);
        }

        client = await ConnectAsync(silo);
        var spinner = ProcessId.Parse("spinner");
        await Eventually.TrueAsync(
            () => IsStartedAsync(client, spinner),
            Limit,
            () => $"the silo takes another start. {silo.Output}",
            Cancel);
        await RunsAsync(spinner, attempt: 1, silo);
        await RunsAsync(deaf, attempt: 4, silo);
        var stopping = StopAsync(silo);
        await Eventually.TrueAsync(
            () =>
                Task.FromResult(
                    silo.Lines.Any(line =>
                        line.Contains($"{spinner}", StringComparison.Ordinal)
                        && line.Contains("is given up", StringComparison.Ordinal))),
            Limit,
            () => $"a process is given back although its step holds the thread. {silo.Output}",
            Cancel);

        // From here on nothing hinders the silo from ending.
        Folder.Open("spinner");
        await stopping;
        Folder.Open("deaf");
        silo = await StartSiloAsync();
        client = await ConnectAsync(silo);

        foreach (var (id, stops) in new[] { (deaf, 4), (spinner, 1) })
        {
            await Eventually.TrueAsync(
                async () =>
                    (await client.Processes.GetHandle(id).GetStatusAsync(Cancel)).Summary.State
                    == ProcessState.Finished,
                Limit,
                () => $"{id} has finished. {silo.Output}",
                Cancel);
            var kinds = (await ProcessHistory.ReadAsync(client.Processes.GetHandle(id))).Kinds.ToList();
            Uncounted(kinds).ShouldBeEmpty();
            kinds.Count(static kind => kind == HistoryKind.Released).ShouldBe(stops);
        }
    }

    [Fact]
    public async Task Silo_KilledWhileItDrains_WithoutBeingAbleToGiveItsProcessesBack_IsTakenForACrash()
    {
        var silo = await StartSiloAsync(ShortDrain);
        var client = await ConnectAsync(silo);
        var ids = Enumerable.Range(0, Long).Select(static i => ProcessId.Parse($"stop-long-{i:000}")).ToList();
        await Parallel.ForEachAsync(ids, Cancel, async (id, token) =>
            await client.Processes.StartAsync(
                CrashTypes.Innocent,
                new GateInput("long", TurnSeconds: 100),
                new StartOptions { Id = id },
                token));
        await LongRunAsync(attempt: 1, silo);
        await using (var writer = await LockAsync())
        {
            var stopping = silo.StopAsync(Limit);
            await Eventually.TrueAsync(
                async () => await StatusAsync(silo) != HttpStatusCode.OK,
                Limit,
                () => $"the silo drains. {silo.Output}",
                Cancel);
            silo.HasExited.ShouldBeFalse("it has processes that it cannot give back");
            await silo.KillAsync();
            await stopping;
        }

        silo = await StartSiloAsync();
        client = await ConnectAsync(silo);
        await LongRunAsync(attempt: 2, silo);
        Folder.Open("long");

        var lines = Folder.ReadLedger().ToLookup(static line => line.ProcessId);
        foreach (var id in ids)
        {
            var handle = client.Processes.GetHandle(id);
            (await handle.WaitAsync(Cancel).WaitAsync(Limit, Cancel)).State.ShouldBe(ProcessState.Finished);
            var history = await ProcessHistory.ReadAsync(handle);
            history.FaultsOfFinished(steps: 1).ShouldBeEmpty(id.Value);
            history.Count(HistoryKind.Released).ShouldBe(0, id.Value);
            history.Count(HistoryKind.Resumed).ShouldBe(1, id.Value);
            lines[id.Value].Where(static line => !line.Ended).Select(static line => line.Attempt).ShouldBe([1, 2]);
        }
    }

    /// <summary>Takes the lock for writing of the silo's file: what the silo writes from now on waits.</summary>
    private async Task<SqliteConnection> LockAsync()
    {
        var connection = new SqliteConnection(
            $"Data Source={Path.Combine(Folder.Data, "processes.db")};Mode=ReadWrite;Pooling=False");
        await connection.OpenAsync(Cancel);
        await using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        await begin.ExecuteNonQueryAsync(Cancel);
        return connection;
    }

    /// <summary>What a silo says to a probe; null when nothing of it answers any more.</summary>
    private static async Task<HttpStatusCode?> StatusAsync(HostProcess silo)
    {
        try
        {
            return (await silo.ReadyAsync(Cancel)).Status;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>
    /// Starts a process that holds its thread, unless the silo has none free: it has just begun, and the machine may be
    /// busy.
    /// </summary>
    private static async Task<bool> IsStartedAsync(CrashClient client, ProcessId id)
    {
        try
        {
            await client.Processes.StartAsync(
                CrashTypes.Spin,
                new SpinInput(id.Value),
                new StartOptions { Id = id },
                Cancel);
            return true;
        }
        catch (WorkflowOverloadedException)
        {
            return false;
        }
    }

    private Task<TimeSpan> RunsAsync(ProcessId id, int attempt, HostProcess silo) => Eventually.TrueAsync(
        () => Task.FromResult(Folder.ReadLedger().Any(line => line.ProcessId == id.Value && line.Attempt == attempt)),
        Limit,
        () => $"{id} runs in attempt {attempt}. {silo.Output}",
        Cancel);

    private async Task StopAsync(HostProcess silo)
    {
        var began = TimeProvider.System.GetTimestamp();
        var exitCode = await silo.StopAsync(Limit);
        Print($"stopped in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s");
        exitCode.ShouldBe(0, silo.Output);
    }

    private Task<TimeSpan> LongRunAsync(int attempt, HostProcess silo) =>
        Eventually.TrueAsync(
            () =>
                Task.FromResult(
                    Folder
                        .ReadLedger()
                        .Count(line =>
                            line.ProcessId.StartsWith("stop-long-", StringComparison.Ordinal)
                            && line.Attempt == attempt) == Long),
            Limit,
            () => $"all {Long} long steps run in attempt {attempt}. {silo.Output}",
            Cancel);

    /// <summary>Each 'resumed' follows on a 'released': no attempt ended as a crash.</summary>
    private static IEnumerable<string> Uncounted(List<HistoryKind> kinds) => kinds
        .Select((kind, index) => (Kind: kind, Before: index == 0 ? HistoryKind.Created : kinds[index - 1]))
        .Where(happened => happened.Kind == HistoryKind.Resumed && happened.Before != HistoryKind.Released)
        .Select(happened => $"it was resumed after {happened.Before}, not after Released");

    private static async Task<IReadOnlyCollection<ProcessId>> StartChainsAsync(CrashClient client)
    {
        var acknowledged = new ConcurrentQueue<ProcessId>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(8));
        await Parallel.ForEachAsync(Enumerable.Range(0, Chains), Cancel, async (index, token) =>
        {
            var id = ProcessId.Parse($"stop-{index:000}");
            try
            {
                await client.Processes.StartAsync(
                    CrashTypes.Steps,
                    Input(id),
                    new StartOptions { Id = id },
                    limit.Token);
                acknowledged.Enqueue(id);
            }
            catch (Exception e)
                when (!token.IsCancellationRequested
                    && e is OperationCanceledException or WorkflowUnavailableException)
            {
                // The silo has stopped; the start may be stored or not.
            }
        });
        return acknowledged;
    }

    private static StepsInput Input(ProcessId id) => new(id.Value[^1], Rounds: 20 + (id.Value[^1] % 5));
}
