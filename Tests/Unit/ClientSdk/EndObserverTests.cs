using Orleans.Workflows.ClientSdk;

namespace Orleans.Workflows.Unit.ClientSdk;

/// <summary>Who is told of an end that comes before, while and after its start is answered.</summary>
public sealed class EndObserverTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ProcessId _id = ProcessId.New();
    private readonly EndObserver _observer = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task End_ThatComesBeforeTheAnswerToTheStart_IsTold()
    {
        var ending = _observer.Start(_id);
        await _observer.EndedAsync(Outcome());

        var kept = _observer.Started(_id, ending, isThere: true);

        (await kept.Task.WaitAsync(Limit, Cancel)).Id.ShouldBe(_id);
    }

    [Fact]
    public async Task End_ThatComesBehindTheAnswer_IsToldToAllWhoAwaitIt()
    {
        var ending = _observer.Start(_id);
        var kept = _observer.Started(_id, ending, isThere: true);
        var other = _observer.EndOf(_id);
        await _observer.EndedAsync(Outcome());

        (await kept.Task.WaitAsync(Limit, Cancel)).Id.ShouldBe(_id);
        kept.ShouldBeSameAs(ending, "an end that is told between the two is told to it");
        other.ShouldBeSameAs(kept);
    }

    [Fact]
    public async Task End_AwaitedByAnotherWhileTheStartIsUnderWay_IsToldToBoth()
    {
        var ending = _observer.Start(_id);
        var other = _observer.EndOf(_id);
        var kept = _observer.Started(_id, ending, isThere: true);
        await _observer.EndedAsync(Outcome());

        (await kept.Task.WaitAsync(Limit, Cancel)).Id.ShouldBe(_id);
        (await other.Task.WaitAsync(Limit, Cancel)).Id.ShouldBe(_id);
        other.ShouldBeSameAs(ending, "the start has asked already");
    }

    [Fact]
    public async Task Move_WhileTheStartIsUnderWay_HasItAskedAgain()
    {
        var ending = _observer.Start(_id);
        ending.AskedAt = 1;
        var moved = ending.Moved;

        await _observer.MovedAsync(_id);

        moved.IsCompleted.ShouldBeTrue();
        _observer.Started(_id, ending, isThere: true).AskedAt.ShouldBe(0);
    }

    [Fact]
    public void Start_ThatIsRefused_LeavesNothing()
    {
        var ending = _observer.Start(_id);

        _observer.Started(_id, ending, isThere: false);

        _observer.EndOf(_id).ShouldNotBeSameAs(ending);
    }

    private ProcessOutcome Outcome() =>
        new()
        {
            Id = _id,
            State = ProcessState.Finished,
            ExitCode = 0,
            FinishedAt = default,
        };
}
