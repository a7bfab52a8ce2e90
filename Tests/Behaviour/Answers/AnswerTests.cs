using System.Text;
using Orleans.Workflows.Behaviour.Clusters;
using Orleans.Workflows.Behaviour.Outlines;

namespace Orleans.Workflows.Behaviour.Answers;

/// <summary>What callers are told: by answers, by exceptions, by the status.</summary>
/// <param name="stores">The clusters.</param>
public sealed class AnswerTests(Stores stores) : BehaviourTest(stores, StoreKind.Memory)
{
    [Fact]
    public async Task UseExisting_OfAProcessOfAnotherType_IsRefused()
    {
        var options = new StartOptions { Id = NewId(), IfExists = IfExists.UseExisting };
        await Client.StartAsync(Worker.Type, new WorkInput("ok", 1), options, Cancel);

        var again = await Client.StartAsync(Worker.Type, new WorkInput("ok", 1), options, Cancel);
        var refused = await Should.ThrowAsync<ProcessAlreadyExistsException>(() =>
            Client.StartAsync(HalfwayProcess.Type, new HalfwayInput("code"), options, Cancel));

        again.WasCreated.ShouldBeFalse();
        refused.Message.ShouldContain("of the type 'behaviour/worker' and not 'behaviour/halfway'");
    }

    [Fact]
    public async Task GetOutcome_DoesNotWait()
    {
        var process = await Client.StartAsync(
            Worker.Type,
            new WorkInput("wait", 3),
            new StartOptions { Id = NewId() },
            Cancel);

        var before = await process.GetOutcomeAsync(Cancel);
        await process.SignalAsync("go", "now", cancellationToken: Cancel);
        await process.WaitAsync(Cancel);
        var after = await process.GetOutcomeAsync(Cancel);

        before.ShouldBeNull();
        after.ShouldNotBeNull().ReadOutput<WorkOutput>().ShouldBe(new WorkOutput(3));
        await Should.ThrowAsync<ProcessNotFoundException>(() => Client.GetHandle(NewId()).GetOutcomeAsync(Cancel));
    }

    [Fact]
    public async Task FailedProcess_IsAnExceptionWithOutcomeCauseAndWhatItHadEmitted()
    {
        var failed = await Should.ThrowAsync<ProcessFailedException>(() =>
            Client.ExecuteAsync(HalfwayProcess.Type, new HalfwayInput("throw"), cancellationToken: Cancel));

        failed.Outcome.ShouldSatisfyAllConditions(
            o => o.State.ShouldBe(ProcessState.Excepted),
            o => o.ReadOutput<HalfwayOutput>().ShouldBe(new HalfwayOutput(7)));
        failed.InnerException.ShouldBeOfType<FailureException>().ShouldSatisfyAllConditions(
            e => e.Message.ShouldBe("fell"),
            e => e.Failure!.Type.ShouldBe("System.InvalidOperationException"),
            e => e.ToString().ShouldContain("System.InvalidOperationException: fell"),
            e => e.InnerException.ShouldBeOfType<FailureException>().Failure!.Type.ShouldBe("System.FormatException"));
    }

    [Fact]
    public async Task ExitCode_IsAnExceptionWithoutACauseButWithTheOutput()
    {
        var failed = await Should.ThrowAsync<ProcessFailedException>(() =>
            Client.ExecuteAsync(HalfwayProcess.Type, new HalfwayInput("code"), cancellationToken: Cancel));

        failed.InnerException.ShouldBeNull();
        failed.Outcome.ExitCode.ShouldBe(432);
        failed.Outcome.ReadOutput<HalfwayOutput>().ShouldBe(new HalfwayOutput(7));
    }

    [Fact]
    public async Task Retry_CoversWhateverAStepThrows_AlsoThatAnotherProcessHasFailed() =>
        (
            await Client.ExecuteAsync(HalfwayProcess.Type, new HalfwayInput("failed"), cancellationToken: Cancel)
        ).ShouldBe(new HalfwayOutput(8, "attempt 3"));

    [Fact]
    public async Task AggregateException_IsSeenWithAllItsCauses()
    {
        var process = await Client.StartAsync(
            HalfwayProcess.Type,
            new HalfwayInput("several"),
            cancellationToken: Cancel);

        var outcome = await process.WaitAsync(Cancel);

        (await process.GetStatusAsync(Cancel)).Attempt.ShouldBe(
            1,
            "the policy excepts TimeoutException, one of the causes");
        outcome
            .Failure.ShouldNotBeNull()
            .ShouldSatisfyAllConditions(
                f => f.IsCausedBy<InvalidOperationException>().ShouldBeTrue(),
                f => f.IsCausedBy<TimeoutException>().ShouldBeTrue(),
                f => f.IsCausedBy<FormatException>().ShouldBeFalse());
    }

    [Fact]
    public async Task InvalidInput_IsFaultsAsData()
    {
        var input = Encoding.UTF8.GetBytes("""{"end":"code","count":12,"colour":"red"}""");

        var invalid = await Should.ThrowAsync<PortValidationException>(() =>
            Client.StartJsonAsync(HalfwayProcess.Type.Name, input, cancellationToken: Cancel));

        invalid
            .Faults.Select(static fault => fault.Path)
            .ShouldBe(["inputs.count", "inputs.colour"], ignoreOrder: true);
        invalid.Faults.ShouldAllBe(fault => invalid.Message.Contains($"{fault.Path}: {fault.Text}"));
    }

    [Fact]
    public async Task Position_OfAWaitingProcess_IsWhereItGoesOn()
    {
        var process = await Client.StartAsync(
            Worker.Type,
            new WorkInput("wait", 3),
            new StartOptions { Id = NewId() },
            Cancel);
        var waiting = await StatusAsync(process, "waits", static status =>
            status.Summary.State == ProcessState.Waiting);

        waiting.Position.ShouldBe("Gone");
        (await process.GetCheckpointAsync(Cancel)).Position.ShouldBe("Gone");
    }

    [Fact]
    public async Task LiveChildren_OfAParentThatWaits_AreThoseItWaitsFor()
    {
        var process = await Client.StartAsync(
            HalfwayProcess.Type,
            new HalfwayInput("worker"),
            new StartOptions { Id = NewId() },
            Cancel);

        var waiting = await StatusAsync(process, "waits", static status =>
            status.Summary.State == ProcessState.Waiting);
        waiting.Position.ShouldBe("Together");
        await Client
            .GetHandle(waiting.LiveChildren.ShouldHaveSingleItem())
            .SignalAsync("go", "now", cancellationToken: Cancel);
        await process.WaitAsync(Cancel);

        (await process.GetStatusAsync(Cancel)).LiveChildren.ShouldBeEmpty();
    }

    [Fact]
    public async Task ParentOfAChildThatNoSiloCanRun_SaysSo()
    {
        var process = await Client.StartAsync(
            HalfwayProcess.Type,
            new HalfwayInput("child"),
            new StartOptions { Id = NewId() },
            Cancel);

        var waiting = await StatusAsync(process, "waits", static status =>
            status.Summary.State == ProcessState.Waiting);

        waiting.WaitingFor.ShouldStartWith("1 of 1 children of step 1 to end.");
        waiting.WaitingFor.ShouldContain(
            $"The child {process.Id.Child(1, 0)} waits for a silo that has its type 'behaviour/nobody-has-it'");
        await process.KillAsync(cancellationToken: Cancel);
    }
}
