using Orleans.Workflows.CrashHost.Clocks;
using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Processes;
using Orleans.Workflows.CrashHost.Storm.Processes;

namespace Orleans.Workflows.Crash.Members;

/// <summary>
/// Clocks that are wrong by minutes, or become so. Whatever they show: nothing ends early, and nothing stands still.
/// </summary>
public sealed class WrongClockTests(ITestOutputHelper output, DatabaseFixture databases) : MemberTest(output, databases)
{
    private const int Processes = 40;

    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Longer than a silo needs to stop, and another one to start and to look twice at a clock that is not its own.
    /// </summary>
    private static readonly TimeSpan BeyondAStart = TimeSpan.FromSeconds(20);

    /// <summary>What readings over a busy machine's network may be apart.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How late a deadline or a wait may be on a machine that does other work; a clock is wrong by much more.
    /// </summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Silos_TenMinutesAheadAndBehindBesideRightOnes_EndNothingEarlyAndNothingLate()
    {
        Shift.Write(Folder.Gates, "ahead", Minutes);
        Shift.Write(Folder.Gates, "behind", -Minutes);
        var starting = await Task.WhenAll(
            StartSilosAsync(1, ShortDrain),
            StartSilosAsync(1, "Clock=ahead"),
            StartSilosAsync(1, "Clock=behind"));
        var client = await PatientAsync();

        // What the right one has made goes on at those that are wrong.
        await InTimeAsync(client, "skewed", () => starting[0][0].StopAsync(Late));

        starting[1]
            [0]
            .Lines.ShouldContain(static line =>
                line.Contains("set the clock that is wrong right", StringComparison.Ordinal));
        starting[0]
            [0]
            .Lines.ShouldNotContain(static line =>
                line.Contains("set the clock that is wrong right", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Clocks_JumpWhileProcessesWait_EndNothingEarlyAndNothingLate()
    {
        var silos = (await StartSilosAsync(2, "Clock=silo", ShortDrain)).ToList();
        var client = await PatientAsync();
        (TimeSpan Silo, TimeSpan Database)[] jumps =
        [
            (Minutes, Minutes),
            (-Minutes, -Minutes),
            (TimeSpan.Zero, 2 * Minutes),
            (Minutes, TimeSpan.Zero),
        ];
        foreach (var (number, (silo, database)) in jumps.Index())
        {
            await InTimeAsync(client, $"jump-{number}", async () =>
            {
                Shift.Write(Folder.Gates, WrongClocks.Database, database);
                Shift.Write(Folder.Gates, "silo", silo);

                // One that starts in the midst of it has to come to the same time.
                silos.Add(await StartSiloAsync("Clock=silo", ShortDrain));
            });

            // Not before its processes have ended: a silo that has started with its clock behind waits with the
            // deadlines of older ones for that clock.
            await silos[number].StopAsync(Late);
        }

        silos
            .SelectMany(static silo => silo.Lines)
            .ShouldContain(static line => line.Contains("has jumped", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    public async Task Database_WrongFromTheStart_EndsNothingEarlyAndNothingLate(int minutes)
    {
        Shift.Write(Folder.Gates, WrongClocks.Database, TimeSpan.FromMinutes(minutes));
        await StartSilosAsync(2);
        var client = await PatientAsync();

        await InTimeAsync(client, "wrong");
    }

    /// <summary>
    /// Then nobody has kept the time. The silo's own clock says something else, so it kills nothing old before that
    /// says so, too.
    /// </summary>
    [Fact]
    public async Task Database_JumpsWhileNoSiloRuns_KillsNothingEarly()
    {
        var silo = await StartSiloAsync(ShortDrain);
        var client = await PatientAsync();
        var old = await StartManyAsync(index => DoomedAsync(client, $"old-{index:00}", BeyondAStart));
        await silo.StopAsync(Late);
        Shift.Write(Folder.Gates, WrongClocks.Database, Minutes);

        await StartSiloAsync();
        var ends = await Task.WhenAll(old).WaitAsync(Late + Late, Cancel);

        ends.Min(static end => end.After).ShouldBeGreaterThan(BeyondAStart - Tolerance);
        ends.ShouldAllBe(static end => end.Outcome.ExitCode == EngineExitCodes.DeadlineExceeded);
    }

    /// <summary>A client that asks again for as long as the silos have too much to do.</summary>
    private Task<CrashClient> PatientAsync() => ConnectAsync(CrashClient.ConnectAsync(options =>
    {
        (options.ClusterId, options.ConnectionString) = (Folder.ClusterId, ConnectionString);
        options.OverloadTimeout = Late;
    }));

    /// <summary>
    /// Starts processes that their deadlines kill, half of them in a step, and others that wait for a time; each has to
    /// end when it is due.
    /// </summary>
    private async Task InTimeAsync(CrashClient client, string prefix, Func<Task>? meanwhile = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        var doomed = Task.WhenAll(
            await StartManyAsync(index => DoomedAsync(client, $"{prefix}-doomed-{index:00}", Deadline)));
        var waiting = Task.WhenAll(
            await StartManyAsync(async index =>
                await client.Processes.StartAsync(
                    CrashTypes.Waits,
                    new WaitsInput(Wait),
                    new StartOptions { Id = ProcessId.Parse($"{prefix}-wait-{index:00}") },
                    Cancel)));
        var started = TimeProvider.System.GetElapsedTime(began);
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        var killed = await doomed.WaitAsync(Deadline + Late, Cancel);
        var rang = await waiting.WaitAsync(Deadline + Late, Cancel);

        Print(
            $"{prefix}: started within {started.TotalSeconds:0.0} s; killed "
            + $"{killed.Min(static end => end.After).TotalSeconds:0.0} to "
            + $"{killed.Max(static end => end.After).TotalSeconds:0.0} s after their starts, waits ended after "
            + $"{rang.Min(static end => end.After).TotalSeconds:0.0} to "
            + $"{rang.Max(static end => end.After).TotalSeconds:0.0} s");
        killed.ShouldAllBe(static end => end.Outcome.ExitCode == EngineExitCodes.DeadlineExceeded);
        killed.Min(static end => end.After).ShouldBeGreaterThan(Deadline - Tolerance);
        rang.ShouldAllBe(static end => end.Outcome.IsSuccess);
        rang.Min(static end => end.After).ShouldBeGreaterThan(Wait - Tolerance);
    }

    /// <summary>
    /// Starts many processes at once and awaits their ends. Each is due by its own start: a busy machine takes seconds
    /// for all of them.
    /// </summary>
    private static Task<Task<(TimeSpan After, ProcessOutcome Outcome)>[]> StartManyAsync(
        Func<int, Task<ProcessHandle>> start)
    {
        return Task.WhenAll(Enumerable.Range(0, Processes).Select(async index =>
        {
            var began = TimeProvider.System.GetTimestamp();
            return EndedAsync(await start(index), began);
        }));

        static async Task<(TimeSpan After, ProcessOutcome Outcome)> EndedAsync(ProcessHandle handle, long began)
        {
            var outcome = await handle.WaitAsync(Cancel);
            return (TimeProvider.System.GetElapsedTime(began), outcome);
        }
    }

    private static async Task<ProcessHandle> DoomedAsync(CrashClient client, string id, TimeSpan deadline) =>
        await client.Processes.StartAsync(
            StormTypes.Doomed,
            new DoomedInput((int)deadline.TotalMilliseconds, Runs: id[^1] % 2 == 0),
            new StartOptions { Id = ProcessId.Parse(id), Deadline = deadline },
            Cancel);
}
