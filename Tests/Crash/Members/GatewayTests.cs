using System.Diagnostics;
using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.Crash.Members;

/// <summary>What a client of a cluster sees of the loss of its gateway.</summary>
public sealed class GatewayTests(ITestOutputHelper output, DatabaseFixture databases) : MemberTest(output, databases)
{
    private const int Processes = 12;
    private const string Gate = "open";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ResultLimit = FailureDetection + TimeSpan.FromSeconds(15);

    /// <summary>
    /// Processes run on all silos and results are awaited over all gateways, so each third of them loses something else
    /// with the one that freezes.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Calls_GatewayFreezes_AreAnsweredWithinFailureDetectionAnd15Seconds(bool byDatabase)
    {
        var silos = await StartSilosAsync(3);
        var client = byDatabase ? await ConnectAsync() : await ConnectAsync(silos);
        var handles = await StartHeldAsync(client);
        var pending = handles.Select(static handle => handle.GetResultAsync(Cancel)).ToList();

        await silos[0].FreezeAsync();
        Folder.Open(Gate);
        var began = Stopwatch.GetTimestamp();
        var starting = Task.WhenAll(
            Enumerable
                .Range(0, 3 * Processes)
                .Select(_ =>
                    TimedAsync(() =>
                        client.Processes.StartAsync(CrashTypes.Steps, new StepsInput(1, 2), cancellationToken: Cancel)))
        );
        var operations = await Task.WhenAll(
            handles.Select(handle => TimedAsync(() => handle.GetStatusAsync(Cancel))));
        var starts = await starting;
        await Task.WhenAll(pending).WaitAsync(Limit + Limit, Cancel);

        Print(
            $"frozen: status after {operations.Max().TotalSeconds:0.0} s at most, starts after "
            + $"{starts.Max().TotalSeconds:0.0} s at most, results within "
            + $"{Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        operations.Max().ShouldBeLessThan(ResultLimit);
        starts.Max().ShouldBeLessThan(ResultLimit);
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(ResultLimit);
    }

    [Fact]
    public async Task Results_GatewayKilled_Arrive()
    {
        var silos = await StartSilosAsync(2);
        var client = await ConnectAsync(silos);
        var handles = await StartHeldAsync(client);
        var pending = handles.Select(static handle => handle.GetResultAsync(Cancel)).ToList();

        await silos[0].KillAsync();
        Folder.Open(Gate);
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(pending).WaitAsync(Limit + Limit, Cancel);

        Print($"killed: results within {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(ResultLimit);
    }

    [Fact]
    public async Task Operations_NoGatewayLeft_EndWithTypedErrors()
    {
        var silo = await StartSiloAsync();
        var client = await ConnectAsync(CrashClient.ConnectAsync(options =>
        {
            options.ClusterId = Folder.ClusterId;
            options.Gateways.Add(silo.Gateway);
            options.OperationTimeout = TimeSpan.FromSeconds(3);
        }));
        var held = (await StartHeldAsync(await ConnectAsync(silo)))[0];
        var handle = client.Processes.GetHandle(held.Id);
        await silo.KillAsync();

        var fault = await Should.ThrowAsync<WorkflowUnavailableException>(() =>
            handle.GetStatusAsync(Cancel).WaitAsync(Limit, Cancel));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), TimeProvider.System);
        var cancelled = await Should.ThrowAsync<OperationCanceledException>(() =>
            handle.GetStatusAsync(limit.Token).WaitAsync(Limit, Cancel));
        using var waiting = new CancellationTokenSource(TimeSpan.FromSeconds(1), TimeProvider.System);
        await Should.ThrowAsync<OperationCanceledException>(() =>
            handle.WaitAsync(waiting.Token).WaitAsync(Limit, Cancel));

        fault.Message.ShouldContain("did not answer within 00:00:03");
        cancelled.CancellationToken.ShouldBe(limit.Token);
    }

    [Fact]
    public async Task Client_StartedBeforeItsCluster_WaitsForIt()
    {
        var connecting = ConnectAsync();
        await Task.WhenAny(connecting, Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, Cancel));
        connecting.IsCompleted.ShouldBeFalse("there is no cluster yet");

        var silos = await StartSilosAsync(1);
        var client = await connecting.WaitAsync(Limit, Cancel);
        var handle = await client.Processes.StartAsync(
            CrashTypes.Steps,
            new StepsInput(1, 2),
            cancellationToken: Cancel);

        (await handle.GetResultAsync(Cancel).WaitAsync(Limit, Cancel)).ShouldBe(Steps.Expected(new StepsInput(1, 2)));
        silos[0].HasExited.ShouldBeFalse();
    }

    private static async Task<TimeSpan> TimedAsync(Func<Task> call)
    {
        var began = Stopwatch.GetTimestamp();
        await call();
        return Stopwatch.GetElapsedTime(began);
    }

    private async Task<ProcessHandle<AttemptOutput>[]> StartHeldAsync(CrashClient client)
    {
        var handles = await Task.WhenAll(
            Enumerable
                .Range(0, Processes)
                .Select(index =>
                    client.Processes.StartAsync(
                        CrashTypes.Innocent,
                        new GateInput(Gate, TurnSeconds: 1_000),
                        new StartOptions { Id = ProcessId.Parse($"held-{index:00}") },
                        Cancel)));
        await Eventually.TrueAsync(
            () => Task.FromResult(Folder.ReadLedger().Count == Processes),
            Limit,
            () => $"{Processes} steps run; the ledger has {Folder.ReadLedger().Count} lines",
            Cancel);
        return handles;
    }
}
