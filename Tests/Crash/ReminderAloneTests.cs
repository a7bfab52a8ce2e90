using Orleans.Workflows.CrashHost.Driving;
using Orleans.Workflows.CrashHost.Processes;

namespace Orleans.Workflows.Crash;

public sealed class ReminderAloneTests(ITestOutputHelper output) : CrashTest(output)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly string[] All =
    [
        "Workflows:Engine:ReminderPeriod=00:00:02",
        "Workflows:Engine:IdleTimeout=00:00:01",
        "Workflows:Engine:OwnerScanInterval=00:00:01",
    ];
    private static readonly string[] Alone = [.. All, "Workflows:Engine:SupervisorTriggers=None"];

    [Fact]
    public async Task TimerAndOrphan_RemindersOnly_ResumeAndWithoutRemindersDoNot()
    {
        // The first silo has every trigger: it registers the reminders.
        var silo = await StartSiloAsync(All);
        await LeaveBehindAsync(silo, "with");

        silo = await StartSiloAsync(Alone);
        var took = await (await ConnectAsync(silo)).AllEndedAsync("with-", 2, Limit, silo);
        Print($"by the reminders alone: timer and orphan ended {took.TotalSeconds:0.0} s after the start of the silo");

        await LeaveBehindAsync(silo, "without");
        ControlPlaneFile.DeleteReminders(Folder).ShouldBe(4, "there is one reminder per supervisor");
        silo = await StartSiloAsync(Alone);
        var client = await ConnectAsync(silo);
        var before = await client.ListAsync("without-", Cancel);

        // That nothing happens can only be seen by waiting.
        await Task.Delay(4 * Period, TimeProvider.System, Cancel);
        var after = await client.ListAsync("without-", Cancel);
        after
            .Select(row => (row.Id, row.Version))
            .ShouldBe(
                before.Select(row => (row.Id, row.Version)),
                "something other than the reminders has resumed them");
        after.ShouldAllBe(row => !row.State.IsTerminal());
        after
            .Single(row => row.DueAt is not null)
            .DueAt!.Value.ShouldBeLessThan(TimeProvider.System.GetUtcNow(), "the timer was to be due meanwhile");

        await silo.KillAsync();
        silo = await StartSiloAsync(All);
        took = await (await ConnectAsync(silo)).AllEndedAsync("without-", 2, Limit, silo);
        Print(
            $"without reminders: nothing in {4 * Period.TotalSeconds:0} s; with all triggers again: "
            + $"{took.TotalSeconds:0.0} s after the start of the silo");
    }

    /// <summary>
    /// Leaves a timer and a step that was running to the next silo. The step would end at once if anybody ran it.
    /// </summary>
    private async Task LeaveBehindAsync(HostProcess silo, string name)
    {
        var client = await ConnectAsync(silo);
        var orphan = await client.Processes.StartAsync(
            CrashTypes.Innocent,
            new GateInput(name),
            new StartOptions { Id = ProcessId.Parse($"{name}-orphan") },
            Cancel);
        var timer = await client.Processes.StartAsync(
            CrashTypes.Waits,
            new WaitsInput(TimeSpan.FromSeconds(4)),
            new StartOptions { Id = ProcessId.Parse($"{name}-timer") },
            Cancel);
        await Eventually.TrueAsync(
            async () =>
                Folder.ReadLedger().Any(line => line.ProcessId == orphan.Id.Value)
                && (await timer.GetStatusAsync(Cancel)).Summary.DueAt is not null,
            Limit,
            () => "the step runs and the timer waits",
            Cancel);
        await silo.KillAsync();
        Folder.Open(name);
    }
}
