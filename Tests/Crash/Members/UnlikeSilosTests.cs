using System.Collections.Concurrent;
using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.Crash.Members;

/// <summary>
/// Real silos with different process types: the only one of a type is killed and comes back, and a type is rolled out
/// under load.
/// </summary>
[Collection(typeof(Alone))]
public sealed class UnlikeSilosTests(ITestOutputHelper output, DatabaseFixture databases)
    : MemberTest(output, databases)
{
    private const string WithoutWaits = "Lacks=crash/wait";
    private const string OnlyWaits =
        "Lacks=crash/steps,crash/bomb,crash/long,crash/spin,storm/collect,storm/alarms,storm/flaky,storm/family";
    private const int Many = 30;

    /// <summary>How many of a hundred starts may be refused as overload while silos come and go.</summary>
    private const int Refusals = 5;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <summary>
    /// A second is promised, and a look of the supervisors (ScanInterval) may have begun just before the silo came.
    /// From when the silo takes calls: it is a member by then. Up to the commit of the wake: what a step then needs in
    /// a silo that still compiles its code is no lateness of the wake. The shortest back-off would be 5 s.
    /// </summary>
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task OnlySiloOfAType_KilledAndBack_TimersRingWithinASecondOfItsReturn()
    {
        await StartSilosAsync(2, WithoutWaits);
        var only = await StartSiloAsync(OnlyWaits);
        var client = await ConnectAsync();
        var due = TimeSpan.FromSeconds(4);
        var waits = await Task.WhenAll(
            Enumerable
                .Range(0, Many)
                .Select(_ =>
                    client.Processes.StartAsync(CrashTypes.Waits, new WaitsInput(due), cancellationToken: Cancel)));
        var steps = await Task.WhenAll(
            Enumerable
                .Range(0, Many)
                .Select(i =>
                    client.Processes.StartAsync(CrashTypes.Steps, new StepsInput(i, 4), cancellationToken: Cancel)));
        await Task.WhenAll(steps.Select(static handle => handle.GetResultAsync(Cancel)));

        await only.KillAsync();
        await Eventually.TrueAsync(
            async () =>
                (await client.Processes.ListTypesAsync(Cancel)).All(static type => type != CrashTypes.Waits.Name),
            Limit,
            () => "the type is gone with its silo",
            Cancel);
        await Should.ThrowAsync<ProcessTypeUnknownException>(() =>
            client.Processes.StartAsync(CrashTypes.Waits, new WaitsInput(due), cancellationToken: Cancel));
        var again = await StartSiloAsync(OnlyWaits);
        var back = TimeProvider.System.GetUtcNow();

        await Task.WhenAll(waits.Select(static handle => handle.GetResultAsync(Cancel))).WaitAsync(Limit, Cancel);
        var late = TimeSpan.Zero;
        foreach (var handle in waits)
        {
            var history = await handle.GetHistoryAsync(cancellationToken: Cancel).ToListAsync(Cancel);
            history
                .SelectMany(static entry => entry.Events)
                .ShouldNotContain(static happened => happened.Kind == HistoryKind.IncidentOpened);
            var rang = history.First(static entry =>
                entry.Events.Any(static happened => happened.Kind == HistoryKind.TimerFired)).At;
            late = rang - back > late ? rang - back : late;
        }

        Print(
            $"{Many} timers had come while no silo could run them; the last one rang {late.TotalSeconds:0.00} s after "
            + $"{again.Address} took calls");
        late.ShouldBeLessThan(Prompt);
    }

    [Fact]
    public async Task NewType_RolledOutUnderLoad_NoStartFailsAndNothingIsAnIncident()
    {
        var silos = (await StartSilosAsync(3, WithoutWaits)).ToList();
        var client = await ConnectAsync();
        var (over, failures, finished, overloaded) = (false, new ConcurrentQueue<string>(), 0, 0);
        var load = Enumerable
            .Range(0, 8)
            .Select(worker => WorkAsync(worker, CrashTypes.Steps, i => new StepsInput(i, 3)))
            .ToList();
        await GoesOnAsync(Many);
        for (var number = 0; number < 3; number++)
        {
            var started = await StartSiloAsync();
            if (number == 0)
            {
                // The service that starts the new type comes with the first silo that has it.
                load.AddRange(
                    Enumerable
                        .Range(0, 8)
                        .Select(worker =>
                            WorkAsync(worker, CrashTypes.Waits, static _ => new WaitsInput(TimeSpan.FromSeconds(1)))));
            }

            await GoesOnAsync(Many);
            (await silos[0].StopAsync(Limit)).ShouldBe(0, silos[0].Output);
            silos.RemoveAt(0);
            await GoesOnAsync(Many);
            Print(
                $"{number + 1} of 3 silos replaced by {started.Address}; {Volatile.Read(ref finished)} processes have "
                + $"finished");
        }

        Volatile.Write(ref over, true);
        await Task.WhenAll(load).WaitAsync(Limit, Cancel);
        failures.ShouldBeEmpty();
        Print($"{overloaded} starts were refused as overload, of {finished + overloaded}");
        overloaded.ShouldBeLessThan(
            finished * Refusals / 100,
            "a client waits 2 s for a silo that is short of something: the new ones compile for longer at times");
        (await ReadAsync<long>("SELECT count(*) FROM history WHERE events LIKE '%NotRunnable%'"))
            .Single()
            .ShouldBe(0);
        (await ReadAsync<long>("SELECT count(*) FROM process WHERE state <> 3"))
            .Single()
            .ShouldBe(0, "all have finished");
        var late = (
            await ReadAsync<double>(
                "SELECT coalesce(max(extract(epoch FROM finished_at - created_at) - 1), 0)::float8 FROM process WHERE "
                + "type = 'crash/wait'")
        ).Single();
        Print($"the latest timer of one second ended its process {late:0.00} s late");

        async Task GoesOnAsync(int more)
        {
            var target = Volatile.Read(ref finished) + more;
            await Eventually.TrueAsync(
                () => Task.FromResult(Volatile.Read(ref finished) >= target || !failures.IsEmpty),
                Limit,
                () => $"{more} more finish; {string.Join(Environment.NewLine, failures)}",
                Cancel);
        }

        async Task WorkAsync<TInput, TOutput>(int worker, ProcessType<TInput, TOutput> type, Func<int, TInput> input)
        {
            for (var i = 0; !Volatile.Read(ref over); i++)
            {
                try
                {
                    await client.Processes.ExecuteAsync(type, input(i), cancellationToken: Cancel);
                    Interlocked.Increment(ref finished);
                }
                catch (WorkflowOverloadedException)
                {
                    // A silo that compiles its code, or a machine with too much to do. It is no matter of types, and
                    // the refusal says to start again; but a silo is up all the time that takes nearly all.
                    Interlocked.Increment(ref overloaded);
                }
                catch (Exception e)
                {
                    failures.Enqueue($"{type.Name} of worker {worker}: {e.GetType().Name}: {e.Message}");
                    return;
                }
            }
        }
    }
}
