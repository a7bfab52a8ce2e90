using System.Text.Json;
using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Unit.Engine;

/// <summary>
/// What is kept of failures that older versions stored whole, and of those that go into a parent's context.
/// </summary>
public sealed class FailureBoundsTests
{
    private static readonly string Long = new('x', 1_000_000);

    [Fact]
    public void Ending_OfAnOlderVersion_IsReadWithBoundedTexts()
    {
        var failure = Of(Long) with { Inner = Of(Long), Others = [Of(Long)] };
        var stored = JsonSerializer.SerializeToUtf8Bytes(
            new Ending { Message = Long, Failure = failure },
            EngineJson.Default.Ending);

        var read = Ending.Read(stored);

        read.Message!.Length.ShouldBe(WorkflowLimits.MaxFailureTextLength);
        new[] { read.Failure!, read.Failure!.Inner!, read.Failure!.Others!.Single() }.ShouldAllBe(static part =>
            part.Message.Length == WorkflowLimits.MaxFailureTextLength
            && part.StackTrace!.Length == WorkflowLimits.MaxFailureTextLength);
    }

    [Fact]
    public void Brief_OfAFailureWithManyCauses_IsSmallAndKeepsWhatItWas()
    {
        var failure = Of(Long) with
        {
            Inner = Of(Long),
            Others = [.. Enumerable.Range(0, 200).Select(static _ => Of(Long))],
        };

        var brief = failure.Brief();

        brief.Message.ShouldStartWith("xxx");
        brief.Type.ShouldBe("Odd");
        (brief.Others!.Count + 1).ShouldBe(10);
        brief.StackTrace.ShouldBeNull();
        JsonSerializer.SerializeToUtf8Bytes(brief).Length.ShouldBeLessThan(16_000);
    }

    private static FailureInfo Of(string text) => new() { Type = "Odd", Message = text, StackTrace = text };
}
