using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Matrix;

/// <summary>
/// Two controls for a process in every situation, in every order: what their senders are told and what becomes of the
/// process.
/// </summary>
/// <param name="stores">The clusters.</param>
/// <param name="kind">The store.</param>
public abstract class MatrixTest(Stores stores, StoreKind kind) : BehaviourTest(stores, kind)
{
    /// <summary>Runs one case, and then brings the process to its end: whatever was sent, nothing is lost.</summary>
    /// <param name="matrixCase">The case.</param>
    /// <returns>Completes when the process has ended.</returns>
    protected async Task RunAsync(MatrixCase matrixCase)
    {
        ArgumentNullException.ThrowIfNull(matrixCase);
        var process = await BringIntoAsync(matrixCase.Situation);
        var oracle = new Oracle(matrixCase.Situation);

        var first = await SendAsync(
            process,
            matrixCase.First,
            "text 1",
            wait: !matrixCase.Together && HasItsEffect(matrixCase));
        oracle.Send(matrixCase.First, "text 1").ShouldContain(first, $"{matrixCase}: the answer to the first");
        var second = await SendAsync(process, matrixCase.Second, "text 2", wait: false);
        oracle.Send(matrixCase.Second, "text 2").ShouldContain(second, $"{matrixCase}: the answer to the second");

        await Cluster.SettleAsync(process.Id);
        Stage.Reach(process.Id, "go");
        await CheckAsync(process, oracle, matrixCase);
        await EndAsync(process, oracle, matrixCase);
    }

    private static bool HasItsEffect(MatrixCase matrixCase) =>
        matrixCase.First is Control.Kill or Control.Force
        || matrixCase.Situation is not (Situation.StepRunning or Situation.AtBoundary);

    private async Task<ProcessHandle<MatrixOutput>> BringIntoAsync(Situation situation)
    {
        var options = new StartOptions { Id = NewId(), Paused = situation == Situation.CreatedPaused };
        var type = situation == Situation.Excepted ? ExceptedProcess.Type : MatrixProcess.Type;
        if (situation == Situation.Created)
        {
            return await Client.CreateAsync(type, new MatrixInput(situation), options, Cancel);
        }

        var process = await Client.StartAsync(type, new MatrixInput(situation), options, Cancel);
        switch (situation)
        {
            case Situation.CreatedPaused:
                break;
            case Situation.StepRunning or Situation.AtBoundary:
                await Stage.ReachedAsync(process.Id, "entered", Cancel);
                break;
            case Situation.RunningPaused:
                await Stage.ReachedAsync(process.Id, "entered", Cancel);
                await process.PauseAsync("before", cancellationToken: Cancel);
                await Cluster.SettleAsync(process.Id);
                Stage.Reach(process.Id, "go");
                await StatusAsync(process, "is paused between its steps", static status =>
                    status.Summary is { Paused: true, State: ProcessState.Running });
                break;
            case Situation.Incident:
                await StatusAsync(process, "has an incident", static status => status.Incident is not null);
                Stage.Reach(process.Id, "mended");
                break;
            case Situation.Finished or Situation.Excepted:
                await process.WaitAsync(Cancel);
                break;
            default:
                await StatusAsync(process, "waits", static status => status.Summary.State == ProcessState.Waiting);
                if (situation == Situation.WaitingPaused)
                {
                    await (await process.PauseAsync("before", cancellationToken: Cancel)).WaitForEffectAsync(Cancel);
                }
                else if (situation == Situation.Killed)
                {
                    await process.KillAsync("before", cancellationToken: Cancel);
                    await process.WaitAsync(Cancel);
                }

                break;
        }

        return process;
    }

    private static async Task<Answer> SendAsync(ProcessHandle process, Control control, string text, bool wait)
    {
        if (control == Control.Resume)
        {
            try
            {
                await process.SignalAsync("resume", text, cancellationToken: Cancel);
                return Answer.Accepted;
            }
            catch (InvalidProcessStateException)
            {
                return Answer.Ended;
            }
        }

        var result = await (control switch
        {
            Control.Pause => process.PauseAsync(text, cancellationToken: Cancel),
            Control.Play => process.PlayAsync(cancellationToken: Cancel),
            _ => process.KillAsync(text, force: control == Control.Force, Cancel),
        });
        if (wait)
        {
            await result.WaitForEffectAsync(Cancel);
        }

        return result.Status switch
        {
            ControlStatus.Accepted => Answer.Accepted,
            ControlStatus.AlreadySo => Answer.AlreadySo,
            ControlStatus.RefusedBeingKilled => Answer.BeingKilled,
            ControlStatus.RefusedTerminal => Answer.Ended,
            _ => throw new InvalidOperationException($"{result.Status} is no answer to {control}."),
        };
    }

    private static async Task CheckAsync(ProcessHandle<MatrixOutput> process, Oracle oracle, MatrixCase matrixCase)
    {
        if (oracle.HadEnded)
        {
            (await process.WaitAsync(Cancel)).State.ToString().ShouldBe(matrixCase.Situation.ToString());
        }
        else if (oracle.KillText is { } text)
        {
            var outcome = await process.WaitAsync(Cancel);
            outcome.ShouldSatisfyAllConditions(
                o => o.State.ShouldBe(ProcessState.Killed),
                o => o.ExitCode.ShouldBe(EngineExitCodes.Killed),
                o => o.Message.ShouldBe(text));
            (await process.GetStatusAsync(Cancel)).Summary.StatusText.ShouldBe(text);
        }
        else if (oracle.Finishes)
        {
            (await process.WaitAsync(Cancel)).State.ShouldBe(ProcessState.Finished);
        }
        else
        {
            var status = await StatusAsync(process, oracle.IsPaused ? "is paused" : "is not paused", status =>
                status.Summary.Paused == oracle.IsPaused
                && !status.Pending.Any(static pending => !pending.StartsWith("Signal", StringComparison.Ordinal)));
            status.Summary.State.IsTerminal().ShouldBeFalse();
            if (oracle.PauseText is { } pauseText)
            {
                status.Summary.StatusText.ShouldBe(pauseText);
            }
        }
    }

    private static async Task EndAsync(ProcessHandle<MatrixOutput> process, Oracle oracle, MatrixCase matrixCase)
    {
        if (oracle.HadEnded || oracle.KillText is not null)
        {
            return;
        }

        if (!oracle.IsSignalled)
        {
            await process.SignalAsync("resume", "text 3", cancellationToken: Cancel);
        }

        await process.ContinueAsync(Cancel);
        if (oracle.IsPaused)
        {
            await process.PlayAsync(cancellationToken: Cancel);
        }

        var expected =
            matrixCase.First == Control.Resume ? "text 1"
            : matrixCase.Second == Control.Resume ? "text 2"
            : "text 3";
        (await process.GetResultAsync(Cancel)).Got.ShouldBe(expected, $"{matrixCase}: the first signal");
    }
}

/// <summary>Every case.</summary>
/// <param name="stores">The clusters.</param>
public sealed class MemoryMatrixTests(Stores stores) : MatrixTest(stores, StoreKind.Memory)
{
    /// <summary>All cases.</summary>
    public static TheoryData<MatrixCase> Cases => [.. MatrixCase.All];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task TwoControls_InEverySituation_HaveTheirEffect(MatrixCase matrixCase) => RunAsync(matrixCase);
}

/// <summary>One case per class.</summary>
/// <param name="stores">The clusters.</param>
public sealed class SqliteMatrixTests(Stores stores) : MatrixTest(stores, StoreKind.Sqlite)
{
    /// <summary>For each situation each control once in each place.</summary>
    public static TheoryData<MatrixCase> Cases => [.. MatrixCase.OnePerClass];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task TwoControls_InEachSituation_HaveTheirEffect(MatrixCase matrixCase) => RunAsync(matrixCase);
}

/// <summary>One case per class.</summary>
/// <param name="stores">The clusters.</param>
public sealed class PostgresMatrixTests(Stores stores) : MatrixTest(stores, StoreKind.Postgres)
{
    /// <summary>For each situation each control once in each place.</summary>
    public static TheoryData<MatrixCase> Cases => [.. MatrixCase.OnePerClass];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task TwoControls_InEachSituation_HaveTheirEffect(MatrixCase matrixCase) => RunAsync(matrixCase);
}
