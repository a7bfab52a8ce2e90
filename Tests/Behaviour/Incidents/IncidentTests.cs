using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Incidents;

/// <summary>Incidents of steps, and how they are resolved.</summary>
/// <param name="stores">The clusters.</param>
public sealed class IncidentTests(Stores stores) : BehaviourTest(stores, StoreKind.Memory)
{
    [Fact]
    public async Task Incident_OfAStep_PausesAndSaysWhatToDo()
    {
        var process = await ChainAsync();

        var status = await process.GetStatusAsync(Cancel);

        status.Incident!.ShouldSatisfyAllConditions(
            i => i.Code.ShouldBe(IncidentCode.StepFailed),
            i => i.Text.ShouldContain("nothing to charge"),
            i => i.Remedy.ShouldNotBeNullOrEmpty());
        status.Summary.ShouldSatisfyAllConditions(
            s => s.Paused.ShouldBeTrue(),
            s => s.State.ShouldBe(ProcessState.Running),
            s => s.Incident.ShouldBe(IncidentCode.StepFailed));
        status.StepsCompleted.ShouldBe(1);
    }

    [Fact]
    public async Task Retry_OfWhatIsNotMended_OpensAnotherIncident()
    {
        var process = await ChainAsync();

        (await process.RetryAsync(Cancel)).Status.ShouldBe(ControlStatus.Accepted);

        await StatusAsync(process, "has an incident of the second attempt", static status =>
            status.Incident?.Attempts == 2);
    }

    [Fact]
    public async Task Retry_OfWhatIsMended_GoesOn()
    {
        var process = await ChainAsync();
        Stage.Reach(process.Id, "mended");

        (await process.RetryAsync(Cancel)).Status.ShouldBe(ControlStatus.Accepted);

        (await process.GetResultAsync(Cancel)).Did.ShouldBe("Prepare0,Charge1,Last2");
        (await process.GetStatusAsync(Cancel)).Incident.ShouldBeNull();
    }

    [Fact]
    public async Task Skip_InAnOutline_GoesOnBehindTheStep()
    {
        var process = await ChainAsync();

        (await process.SkipAsync(cancellationToken: Cancel)).Status.ShouldBe(ControlStatus.Accepted);

        (await process.GetResultAsync(Cancel)).Did.ShouldBe("Prepare0,Last2");
        (await process.GetStatusAsync(Cancel)).StepsCompleted.ShouldBe(3, "a skipped step is a completed one");
        (await EventsAsync(process)).Single(static e => e.Kind == HistoryKind.StepSkipped).Text.ShouldBe("Charge");
        var keys = Stage.NotesOf(process.Id);
        keys.Count.ShouldBe(2);
        keys[0].ShouldEndWith(":0");
        keys[1].ShouldEndWith(":2");
    }

    [Fact]
    public async Task Skip_InFrontOfABranch_AsksThePredicate()
    {
        var process = await ChainAsync(express: true);

        await process.SkipAsync(cancellationToken: Cancel);

        (await process.GetResultAsync(Cancel)).Did.ShouldBe("Prepare0,Hurry2,Last3");
    }

    [Fact]
    public async Task Skip_InAnOutlineWithAPosition_GoesOnThere()
    {
        var process = await ChainAsync(express: true);

        await process.SkipAsync("Last", Cancel);

        (await process.GetResultAsync(Cancel)).Did.ShouldBe("Prepare0,Last2");
    }

    [Fact]
    public async Task Skip_InAStepMachine_GoesOnAtThePosition()
    {
        var process = await MachineAsync();

        (await process.SkipAsync("Rescue", Cancel)).Status.ShouldBe(ControlStatus.Accepted);

        (await process.GetResultAsync(Cancel)).Did.ShouldBe("Rescue2");
    }

    [Fact]
    public async Task Skip_InAStepMachineWithoutAPosition_IsRefused()
    {
        var process = await MachineAsync();

        (
            await Should.ThrowAsync<ArgumentException>(() => process.SkipAsync(cancellationToken: Cancel))
        ).Message.ShouldContain("give the step");

        (await process.GetStatusAsync(Cancel)).Incident.ShouldNotBeNull();
    }

    [Fact]
    public async Task Skip_UnknownPosition_IsRefusedWithThoseThatThereAre()
    {
        var process = await MachineAsync();

        var refused = await Should.ThrowAsync<ArgumentException>(() => process.SkipAsync("Nowhere", Cancel));

        refused.Message.ShouldContain("no step 'Nowhere'");
        refused.Message.ShouldContain("Failing, Rescue, RunAsync");
        (await process.GetStatusAsync(Cancel)).Incident.ShouldNotBeNull();
    }

    [Fact]
    public async Task Kill_ProcessWithAnIncident_EndsIt()
    {
        var process = await ChainAsync();

        await process.KillAsync("given up", cancellationToken: Cancel);

        (await process.WaitAsync(Cancel)).Message.ShouldBe("given up");
        var status = await process.GetStatusAsync(Cancel);
        status.Incident.ShouldBeNull();
        status.Summary.Incident.ShouldBeNull();
    }

    [Fact]
    public async Task RetryAndSkip_PausedProcessWithoutAnIncident_AreRefused()
    {
        var options = new StartOptions { Id = NewId(), Paused = true };
        var process = await Client.StartAsync(IncidentChain.Type, new IncidentInput(), options, Cancel);

        var retry = await process.RetryAsync(Cancel);
        var skip = await process.SkipAsync("Last", Cancel);

        retry.Status.ShouldBe(ControlStatus.RefusedNoIncident);
        skip.Status.ShouldBe(ControlStatus.RefusedNoIncident);
        (await retry.WaitForEffectAsync(Cancel)).ShouldBe(MessageEffect.Refused);
        (await process.GetStatusAsync(Cancel)).Summary.Paused.ShouldBeTrue();
    }

    [Fact]
    public async Task RetrySkipAndEdit_ProcessThatHasEnded_AreRefused()
    {
        var process = await ChainAsync();
        await process.KillAsync(cancellationToken: Cancel);
        await process.WaitAsync(Cancel);

        var answers = new[]
        {
            await process.RetryAsync(Cancel),
            await process.SkipAsync(cancellationToken: Cancel),
            await process.EditContextAsync("{}", cancellationToken: Cancel),
        };

        answers.ShouldAllBe(static answer => answer.Status == ControlStatus.RefusedTerminal);
    }

    private static async Task<IReadOnlyList<HistoryEvent>> EventsAsync(ProcessHandle process) =>
        [
            .. (await process.GetHistoryAsync(cancellationToken: Cancel).ToListAsync(Cancel)).SelectMany(
                static entry => entry.Events),
        ];

    private async Task<ProcessHandle<IncidentOutput>> ChainAsync(bool express = false)
    {
        var process = await Client.StartAsync(
            IncidentChain.Type,
            new IncidentInput(express),
            new StartOptions { Id = NewId() },
            Cancel);
        await StatusAsync(process, "has an incident", static status => status.Incident is not null);
        return process;
    }

    private async Task<ProcessHandle<IncidentOutput>> MachineAsync()
    {
        var process = await Client.StartAsync(
            IncidentMachine.Type,
            new IncidentInput(),
            new StartOptions { Id = NewId() },
            Cancel);
        await StatusAsync(process, "has an incident", static status => status.Incident is not null);
        return process;
    }
}
