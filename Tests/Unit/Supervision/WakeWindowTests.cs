using Microsoft.Extensions.Time.Testing;
using Orleans.Workflows.Grains.Supervision;

namespace Orleans.Workflows.Unit.Supervision;

public sealed class WakeWindowTests
{
    private const long Small = 1_000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly List<(ProcessId Id, TaskCompletionSource Answer)> _sent = [];
    private readonly WakeWindow _window;

    public WakeWindowTests() => _window = new WakeWindow(
        (id, _, _) =>
        {
            var answer = new TaskCompletionSource();
            _sent.Add((id, answer));
            return answer.Task;
        },
        static _ => ValueTask.CompletedTask,
        _time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Forgotten_ProcessesThatAreUnderWay_AreWokenAnewAndKeepNoPlace()
    {
        for (var number = 0; number < WakeWindow.FirstPlaces; number++)
        {
            Wake($"lost{number}").IsCompleted.ShouldBeTrue();
        }

        var waits = Wake("other");
        waits.IsCompleted.ShouldBeFalse();

        _window.Forget();
        Wake("lost0").IsCompleted.ShouldBeTrue();
        _sent.Count(static sent => sent.Id.Value == "lost0").ShouldBe(2);
        await waits.WaitAsync(Limit, Cancel);
        Fill(WakeWindow.FirstPlaces - 2);
        _sent[0].Answer.SetResult();
        Wake("more")
            .IsCompleted.ShouldBeFalse(
                "the answer to the first wake is not that of the second, which keeps its place");
    }

    [Fact]
    public void Process_WithManyReasons_HasOnePlace()
    {
        for (var cause = 0; cause < 2_000; cause++)
        {
            Wake("busy", cause).IsCompleted.ShouldBeTrue();
        }

        Wake("other").IsCompleted.ShouldBeTrue();
        _sent.Select(static sent => sent.Id.Value).ShouldBe(["busy", "other"]);
    }

    [Fact]
    public async Task FirstWakes_WithoutAPlace_WaitForAnAnswerOfAnyKind()
    {
        Fill(WakeWindow.FirstPlaces);
        var more = Wake("more");
        more.IsCompleted.ShouldBeFalse();

        _sent[0].Answer.SetResult();
        await more.WaitAsync(Limit, Cancel);
        var evenMore = Wake("even-more");
        evenMore.IsCompleted.ShouldBeFalse();
        _sent[1].Answer.SetException(new TimeoutException("nobody answers"));

        await evenMore.WaitAsync(Limit, Cancel);
        _sent.Count.ShouldBe(WakeWindow.FirstPlaces + 2);
    }

    [Fact]
    public void RepeatedWakes_TakeNoPlaceOfFirstOnes()
    {
        Fill(100);
        _sent.ForEach(static sent => sent.Answer.SetResult());
        _time.Advance(TimeSpan.FromSeconds(5));
        Fill(100);
        _sent.Count.ShouldBe(100 + WakeWindow.RepeatedPlaces, "the others are left out, and nobody waits for them");

        for (var i = 0; i < WakeWindow.FirstPlaces; i++)
        {
            Wake($"new-{i}").IsCompleted.ShouldBeTrue();
        }
    }

    [Fact]
    public void RepeatedWakes_ComeAfterFiveSecondsAndThenLater_ANewReasonAtOnce()
    {
        Wake("stuck");
        _sent[0].Answer.SetResult();
        foreach (var seconds in (int[])[5, 10, 20, 40, 60, 60])
        {
            _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            var before = _sent.Count;
            Wake("stuck");
            _sent.Count.ShouldBe(before, $"after a little less than {seconds} s");
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Wake("stuck");
            _sent.Count.ShouldBe(before + 1, $"after {seconds} s");
            _sent[^1].Answer.SetResult();
        }

        Wake("stuck", cause: 2);
        _sent.Count.ShouldBe(8);
    }

    [Fact]
    public async Task Bytes_UnderWay_AreBounded_AndWhatIsLargerThanThatGoesAlone()
    {
        Wake("large", bytes: WakeWindow.MostBytes).IsCompleted.ShouldBeTrue();
        var small = Wake("small");
        small.IsCompleted.ShouldBeFalse();
        _sent[0].Answer.SetResult();
        await small.WaitAsync(Limit, Cancel);

        var huge = Wake("huge", bytes: WakeWindow.MostBytes * 2);
        huge.IsCompleted.ShouldBeFalse();
        _sent[1].Answer.SetResult();
        await huge.WaitAsync(Limit, Cancel);
    }

    [Fact]
    public void Wait_ForAPlace_EndsWithItsToken()
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Fill(WakeWindow.FirstPlaces);
        var more = _window
            .WakeAsync(ProcessId.Parse("more"), cause: 1, Small, needs: null, scanTime: null, ending.Token)
            .AsTask();

        ending.Cancel();

        more.Status.ShouldBe(TaskStatus.Canceled);
    }

    private void Fill(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Wake($"p{i}").IsCompleted.ShouldBeTrue();
        }
    }

    private Task Wake(string id, long cause = 1, long bytes = Small) =>
        _window.WakeAsync(ProcessId.Parse(id), cause, bytes, needs: null, scanTime: null, Cancel).AsTask();
}
