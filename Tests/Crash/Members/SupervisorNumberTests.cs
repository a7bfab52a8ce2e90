using Orleans.Workflows.CrashHost.Driving;

namespace Orleans.Workflows.Crash.Members;

/// <summary>
/// The number of supervisors is changed by configuration, and the silos are replaced one by one: nothing of the old
/// number stays in the tables.
/// </summary>
public sealed class SupervisorNumberTests(ITestOutputHelper output, DatabaseFixture databases)
    : MemberTest(output, databases)
{
    private const string Reminders = "SELECT count(*)::int FROM OrleansRemindersTable";
    private const string States =
        "SELECT count(*)::int FROM OrleansStorage WHERE GrainTypeString = 'supervisor' AND PayloadBinary IS NOT NULL";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Number_ChangedSiloBySilo_LeavesTheRemindersAndStatesOfTheNewOne()
    {
        var eight = await StartAsync(8);
        await CountsAsync(Reminders, 8);
        await CountsAsync(States, 8);

        await StartAsync(2);
        await CountsAsync(Reminders, 8 + 2);
        (await eight.StopAsync(Limit)).ShouldBe(0);

        await CountsAsync(Reminders, 2);
        await CountsAsync(States, 2);
    }

    /// <summary>
    /// A supervisor whose last home has left comes back by its reminder, finds that nobody wants it, and ends: within a
    /// period.
    /// </summary>
    private Task<HostProcess> StartAsync(int supervisors) =>
        StartSiloAsync(
            $"Workflows:Engine:Supervisors={supervisors}",
            "Workflows:Engine:OwnerScanInterval=00:00:01",
            "Workflows:Engine:ReminderPeriod=00:00:05");

    private async Task CountsAsync(string query, int expected)
    {
        var found = 0;
        await Eventually.TrueAsync(
            async () => (found = (await ReadAsync<int>(query))[0]) == expected,
            Limit,
            () => $"{query}: {expected}; there are {found}",
            Cancel);
    }
}
