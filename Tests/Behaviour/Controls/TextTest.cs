using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Controls;

/// <summary>The texts of status, pause and kill.</summary>
/// <param name="stores">The clusters.</param>
/// <param name="kind">The store.</param>
public abstract class TextTest(Stores stores, StoreKind kind) : BehaviourTest(stores, kind)
{
    [Fact]
    public async Task PauseAndPlay_ShowTheTextAndRestoreTheStatus()
    {
        var process = await WaitingAsync();

        await (await process.PauseAsync("lunch", cancellationToken: Cancel)).WaitForEffectAsync(Cancel);
        var paused = await process.GetStatusAsync(Cancel);
        await (await process.PlayAsync(cancellationToken: Cancel)).WaitForEffectAsync(Cancel);
        var played = await process.GetStatusAsync(Cancel);

        paused.Summary.StatusText.ShouldBe("lunch");
        paused.WaitingFor.ShouldBe("To be played: it is paused (lunch).");
        played.Summary.StatusText.ShouldBe("working");
    }

    [Fact]
    public async Task Pause_WithoutAText_LeavesTheStatus()
    {
        var process = await WaitingAsync();

        await (await process.PauseAsync(cancellationToken: Cancel)).WaitForEffectAsync(Cancel);

        (await process.GetStatusAsync(Cancel)).Summary.StatusText.ShouldBe("working");
    }

    [Fact]
    public async Task N28_SecondPause_ItsTextIsShownAndPlayRestoresTheFirstStatus()
    {
        var process = await WaitingAsync();
        await (await process.PauseAsync("first", cancellationToken: Cancel)).WaitForEffectAsync(Cancel);

        var second = await process.PauseAsync("second", cancellationToken: Cancel);
        await second.WaitForEffectAsync(Cancel);
        var paused = await process.GetStatusAsync(Cancel);
        await (await process.PlayAsync(cancellationToken: Cancel)).WaitForEffectAsync(Cancel);

        second.Status.ShouldBe(ControlStatus.AlreadySo);
        paused.Summary.StatusText.ShouldBe("second");
        (await process.GetStatusAsync(Cancel)).Summary.StatusText.ShouldBe("working");
    }

    [Fact]
    public async Task N19_KillWithAText_IsKilledAndKeepsTheText()
    {
        var process = await WaitingAsync();

        await process.KillAsync("not wanted any more", cancellationToken: Cancel);

        var outcome = await process.WaitAsync(Cancel);
        outcome.State.ShouldBe(ProcessState.Killed);
        outcome.Message.ShouldBe("not wanted any more");
        var status = await process.GetStatusAsync(Cancel);
        status.Summary.StatusText.ShouldBe("not wanted any more");
        status.WaitingFor.ShouldContain("not wanted any more");
    }

    [Fact]
    public async Task Pause_TextThatIsTooLong_IsRefused()
    {
        var process = await WaitingAsync();

        await Should.ThrowAsync<ArgumentException>(() =>
            process.PauseAsync(new string('x', 1_001), cancellationToken: Cancel));

        (await process.GetStatusAsync(Cancel)).Summary.Paused.ShouldBeFalse();
    }

    private async Task<ProcessHandle<SelfControlOutput>> WaitingAsync()
    {
        var process = await Client.StartAsync(
            SelfControlProcess.Type,
            new SelfControlInput("nothing"),
            new StartOptions { Id = NewId() },
            Cancel);
        await StatusAsync(process, "waits", static status => status.Summary.State == ProcessState.Waiting);
        return process;
    }
}

/// <summary>Texts of controls in memory.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryTextTests(Stores stores) : TextTest(stores, StoreKind.Memory);

/// <summary>Texts of controls on SQLite.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteTextTests(Stores stores) : TextTest(stores, StoreKind.Sqlite);

/// <summary>Texts of controls on PostgreSQL.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresTextTests(Stores stores) : TextTest(stores, StoreKind.Postgres);
