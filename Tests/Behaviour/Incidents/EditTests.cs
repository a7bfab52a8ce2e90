using System.Text;
using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Incidents;

/// <summary>Changes of the context by an operator.</summary>
/// <param name="stores">The clusters.</param>
public sealed class EditTests(Stores stores) : BehaviourTest(stores, StoreKind.Memory)
{
    [Fact]
    public async Task Edit_ThenRetry_GoesOnWithTheChangedContext()
    {
        var process = await ChainAsync();

        var edit = await process.EditContextAsync("""{"amount":3,"express":true}""", "ticket 7", Cancel);
        await edit.WaitForEffectAsync(Cancel);
        var edited = await process.GetStatusAsync(Cancel);
        await process.RetryAsync(Cancel);

        edit.Status.ShouldBe(ControlStatus.Accepted);
        edited.Incident.ShouldNotBeNull("an edit alone resolves nothing");
        (await process.GetResultAsync(Cancel)).Did.ShouldBe("Prepare0,Charge1,Hurry2,Last3");
    }

    [Fact]
    public async Task Edit_IsInTheHistoryWithItsNote()
    {
        var process = await ChainAsync();

        await (await process.EditContextAsync("""{"amount":3}""", "ticket 7", Cancel)).WaitForEffectAsync(Cancel);
        await (await process.EditContextAsync("""{"amount":null}""", cancellationToken: Cancel)).WaitForEffectAsync(
            Cancel);

        var history = await process.GetHistoryAsync(cancellationToken: Cancel).ToListAsync(Cancel);
        history
            .SelectMany(static entry => entry.Events)
            .Where(static e => e.Kind == HistoryKind.ContextEdited)
            .Select(static e => e.Text)
            .ShouldBe(["""ticket 7: {"amount":3}""", """no note: {"amount":null}"""]);
    }

    [Theory]
    [InlineData("""{"amount":"many"}""", "amount")]
    [InlineData("""{"did":7}""", "did")]
    [InlineData("null", "null")]
    [InlineData("7", "")]
    public async Task Edit_ThatTheContextCannotBe_IsRefusedWithTheReason(string patch, string reason)
    {
        var process = await ChainAsync();

        var refused = await Should.ThrowAsync<ArgumentException>(() =>
            process.EditContextAsync(patch, cancellationToken: Cancel));

        refused.Message.ShouldContain(reason);
        Stage.Reach(process.Id, "mended");
        await process.RetryAsync(Cancel);
        (await process.GetResultAsync(Cancel)).Did.ShouldBe("Prepare0,Charge1,Last2");
    }

    [Fact]
    public async Task Edit_ThatIsNoJson_IsRefused()
    {
        var process = await ChainAsync();

        await Should.ThrowAsync<PayloadException>(() => process.EditContextAsync("{", cancellationToken: Cancel));

        (await process.GetStatusAsync(Cancel)).Pending.ShouldBeEmpty();
    }

    [Fact]
    public async Task Edit_ProcessThatIsNotPaused_IsRefused()
    {
        var options = new StartOptions { Id = NewId(), Delay = TimeSpan.FromHours(1) };
        var process = await Client.StartAsync(IncidentChain.Type, new IncidentInput(), options, Cancel);

        var edit = await process.EditContextAsync("{}", cancellationToken: Cancel);

        edit.Status.ShouldBe(ControlStatus.RefusedNotPaused);
        (await edit.WaitForEffectAsync(Cancel)).ShouldBe(MessageEffect.Refused);
    }

    [Fact]
    public async Task Edit_PausedProcessThatHasNotStarted_IsItsFirstContext()
    {
        var options = new StartOptions { Id = NewId(), Paused = true };
        var process = await Client.StartAsync(IncidentChain.Type, new IncidentInput(), options, Cancel);

        await process.EditContextAsync("""{"amount":3}""", cancellationToken: Cancel);
        await process.PlayAsync(cancellationToken: Cancel);

        (await process.GetResultAsync(Cancel)).Did.ShouldBe("Prepare0,Charge1,Last2");
    }

    [Fact]
    public async Task Edit_StepMachine_IsRefused()
    {
        var options = new StartOptions { Id = NewId(), Paused = true };
        var process = await Client.StartAsync(IncidentMachine.Type, new IncidentInput(), options, Cancel);

        var refused = await Should.ThrowAsync<ArgumentException>(() =>
            process.EditContextAsync("{}", cancellationToken: Cancel));

        refused.Message.ShouldContain("no context");
    }

    [Fact]
    public async Task EditInput_OfOneThatCannotBeRead_MendsIt()
    {
        var process = await ChainAsync();
        await Cluster.Hand.ChangeAsync(process.Id, "input", static _ => "\"text\""u8.ToArray());
        await Cluster.UnloadAsync(process.Id);
        await process.RetryAsync(Cancel);
        var unreadable = await StatusAsync(process, "cannot read its input", static status =>
            status.Incident?.Code == IncidentCode.PayloadUnreadable);

        var refused = await Should.ThrowAsync<ArgumentException>(() =>
            process.EditInputAsync("""{"expres":true}""", cancellationToken: Cancel));
        var edit = await process.EditInputAsync("""{"express":true}""", "ticket 8", Cancel);
        await edit.WaitForEffectAsync(Cancel);
        await Cluster.UnloadAsync(process.Id);
        Stage.Reach(process.Id, "mended");
        await process.RetryAsync(Cancel);

        unreadable.Incident!.Remedy.ShouldContain("--input");
        unreadable.Incident.Remedy.ShouldNotContain("skip", Case.Insensitive, "the next step needs the input too");
        refused.Message.ShouldContain("inputs.expres: there is no such port");
        (await process.GetResultAsync(Cancel)).Did.ShouldBe("Prepare0,Charge1,Last2");
        Encoding.UTF8.GetString((await process.GetCheckpointAsync(Cancel)).Input).ShouldContain("\"express\":true");
        (await process.GetHistoryAsync(cancellationToken: Cancel).ToListAsync(Cancel))
            .SelectMany(static entry => entry.Events)
            .Single(static e => e.Kind == HistoryKind.InputEdited)
            .Text.ShouldBe("""ticket 8: {"express":true}""");
    }

    [Fact]
    public async Task EditInput_ProcessThatIsNotPaused_IsRefused()
    {
        var options = new StartOptions { Id = NewId(), Delay = TimeSpan.FromHours(1) };
        var process = await Client.StartAsync(IncidentChain.Type, new IncidentInput(), options, Cancel);

        (await process.EditInputAsync("{}", cancellationToken: Cancel)).Status.ShouldBe(ControlStatus.RefusedNotPaused);
    }

    private async Task<ProcessHandle<IncidentOutput>> ChainAsync()
    {
        var process = await Client.StartAsync(
            IncidentChain.Type,
            new IncidentInput(),
            new StartOptions { Id = NewId() },
            Cancel);
        await StatusAsync(process, "has an incident", static status => status.Incident is not null);
        return process;
    }
}
