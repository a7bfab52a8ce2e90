using Orleans.Workflows.Testing;

namespace Orleans.Workflows.Cluster.Timing;

/// <summary>
/// A slip of the pen in a script is an error that names what was meant, and not an act that never happens.
/// </summary>
public sealed class ScriptNameTests : IAsyncLifetime
{
    private WorkflowTestCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _cluster = await new WorkflowTestClusterBuilder().AddProcess<Patient>().StartAsync(Cancel);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    public static TheoryData<ProcessScript, string> Slips =>
        new()
        {
            {
                ProcessScript.Empty.WhenWaitingFor("aproval").Signal("approval", 1),
                "the process never waits for 'aproval'. Did you mean 'approval'?"
            },
            {
                ProcessScript.Empty.WhenWaitingFor("approval").Signal("aproval", 1),
                "the signal 'aproval', which is sent then, was never waited for. Did you mean 'approval'?"
            },
            {
                ProcessScript.Empty.WhenRunning("Prepair").Pause(),
                "'timing/patient' has no step 'Prepair'. Did you mean 'Prepare'? There are: Prepare, decision/Decided, "
                + "decision/Late."
            },
            {
                ProcessScript.Empty.WhenRunning("Lte").Pause(),
                "'timing/patient' has no step 'Lte'. Did you mean 'Late'?"
            },
            { ProcessScript.Empty.WhenRunning("Ship").Pause(), "'timing/patient' has no step 'Ship'. There are: " },
        };

    [Theory]
    [MemberData(nameof(Slips))]
    public async Task Script_WithASlipOfThePen_SaysWhatWasMeant(ProcessScript script, string fault)
    {
        var error = await Should.ThrowAsync<WorkflowTestException>(async () =>
            await _cluster.RunToEndAsync(await StartAsync(), script, Cancel));

        error.Message.ShouldContain(fault);
    }

    [Fact]
    public async Task Script_WhoseMomentDoesNotCome_IsNone()
    {
        var script = ProcessScript.Empty.WhenWaitingFor("cancel").Signal("cancel", 1);

        (await _cluster.RunToEndAsync(await StartAsync(), script, Cancel)).State.ShouldBe(ProcessState.Finished);
        (
            await _cluster.RunToEndAsync(
                await StartAsync(),
                ProcessScript.Empty.WhenWaitingFor("approval").Signal("approval", 1),
                Cancel)
        ).State.ShouldBe(ProcessState.Finished);
    }

    private Task<ProcessHandle<DozerOutput>> StartAsync() =>
        _cluster.Client.StartAsync(Patient.Type, new DozerInput("nothing"), cancellationToken: Cancel);
}
