using CsCheck;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Unit.Engine;

/// <summary>
/// Random lives of processes. A failure prints the seed, the happenings and the story; give the seed to Sample to see
/// it again.
/// </summary>
public sealed class EngineProperties
{
    private const int Lives = 10_000;

    [Fact]
    public void Process_WhateverHappens_KeepsEveryInvariant() =>
        RandomRun.Any.Sample(
            static run => RandomRun.Live(run.Start, run.Happenings),
            iter: Lives,
            print: RandomRun.Print);

    [Fact]
    public void Process_WhateverHappened_ComesToItsEnd() =>
        RandomRun.Any.Sample(
            static run =>
            {
                var machine = RandomRun.Live(run.Start, run.Happenings, toTheEnd: true);

                machine.Row.State.IsTerminal().ShouldBeTrue(machine.Story);
                machine.Open.ShouldBeEmpty(machine.Story);
            },
            iter: Lives,
            print: RandomRun.Print);

    [Fact]
    public void Kill_OnceStored_IsTheEndWhateverHappens() =>
        RandomRun.Any.Sample(
            static run =>
            {
                // What the lane had gathered when the kill was stored is decided without it, and may be the end: let it
                // be decided first.
                var half = run.Happenings.Length / 2;
                var before = run.Happenings.Take(half).Append(new Happening("time", 0, 0)).ToList();
                var killed = before
                    .Append(new Happening("kill", 0, 1))
                    .Concat(
                        run.Happenings.Skip(half)
                            .Where(static happening =>
                                happening is not { What: "return" or "fail" or "slice" or "gather" or "hook fails" }));
                var endedBefore = RandomRun.Live(run.Start, before).Row.State.IsTerminal();

                var machine = RandomRun.Live(run.Start, killed, toTheEnd: true);

                (machine.Row.State == ProcessState.Killed || endedBefore).ShouldBeTrue(machine.Story);
            },
            iter: Lives / 2,
            print: RandomRun.Print);

    [Fact]
    public void Decide_IsAFunctionOfItsArguments() =>
        RandomRun.Any.Sample(
            static run =>
            {
                var machine = RandomRun.Live(run.Start, run.Happenings);
                var context = new EngineContext(machine.Now, "silo-9:1", Guid.Empty, "First", 3);
                IReadOnlyList<ProcessEvent> events =
                [
                    new ProcessEvent.MessagesArrived(machine.Open),
                    A.Returned(A.AwaitChildren(2)),
                ];

                var first = ProcessEngine.Decide(machine.State, events, context);
                var second = ProcessEngine.Decide(machine.State, events, context);

                second.Next.Checkpoint.ShouldBe(first.Next.Checkpoint);
                second
                    .Actions.Select(static action => action.GetType())
                    .ShouldBe(first.Actions.Select(static action => action.GetType()));
                second.Commit?.History.ShouldBe(first.Commit!.History);
                second.Commit?.Marks.ShouldBe(first.Commit!.Marks);
                second.Next.Row.Version.ShouldBe(first.Next.Row.Version);
            },
            iter: Lives / 10,
            print: RandomRun.Print);

    [Fact]
    public void Slice_OfEveryId_IsWithinItsRange() =>
        Gen
            .Char.AlphaNumeric.Array[1, 30]
            .Sample(
                static id => ProcessRow.SliceOf(ProcessId.Parse(new string(id))).ShouldBeInRange(0, 255),
                iter: 1_000);
}
