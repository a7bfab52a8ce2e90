using Microsoft.Extensions.Time.Testing;
using Orleans.Workflows.Storage;

namespace Orleans.Workflows.StorageTests;

public sealed class UnansweredCallsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Silence_IsHowLongNoneOfThoseThatWaitWasAnswered()
    {
        var calls = new UnansweredCalls(_time);
        _time.Advance(Second);
        calls.Silence.ShouldBe(TimeSpan.Zero, "a store that nobody asks is not silent");

        calls.Begin();
        _time.Advance(Second);
        calls.Begin();
        calls.Silence.ShouldBe(Second);

        calls.End();
        calls.Silence.ShouldBe(TimeSpan.Zero, "one was answered");
        _time.Advance(2 * Second);
        calls.Silence.ShouldBe(2 * Second);
        calls.End();
        _time.Advance(Second);
        calls.Silence.ShouldBe(TimeSpan.Zero);
    }
}
