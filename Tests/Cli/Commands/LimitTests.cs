using Orleans.Workflows.CliTests.Silo;

namespace Orleans.Workflows.CliTests.Commands;

/// <summary>
/// What is said on a command line, one below its limit, at it, and one above (docs/concepts/values.md).
/// </summary>
public sealed class LimitTests(EmbeddedSiloFixture silo) : CommandTest(silo)
{
    /// <summary>The process is paused, and has the signal 'kept' with that id.</summary>
    private static readonly Dictionary<string, (int Limit, Func<string, int, string[]> Command)> Ways = new()
    {
        ["id of a process"] = (ProcessId.MaxClientLength, static (id, length) =>
            ["start", "test/echo", "--id", id + Text(length - id.Length)]),
        ["name of a signal"] = (WorkflowLimits.MaxSignalNameLength, static (id, length) =>
            ["signal", id, Text(length)]),
        ["id of a signal"] = (WorkflowLimits.MaxMessageIdLength, static (id, length) =>
            ["signal", id, "go", "--signal-id", Text(length)]),
        ["depth of a signal"] = (WorkflowLimits.MaxPayloadDepth, static (id, depth) =>
            ["signal", id, "go", "--payload", new string('[', depth) + new string(']', depth)]),
        ["key of a tag"] = (WorkflowLimits.MaxTagKeyLength, static (_, length) =>
            ["start", "test/echo", "--tag", $"{Text(length)}=x"]),
        ["value of a tag"] = (WorkflowLimits.MaxTagValueLength, static (_, length) =>
            ["start", "test/echo", "--tag", $"x={Text(length)}"]),
        ["tags"] = (WorkflowLimits.MaxTags, static (_, count) =>
            ["start", "test/echo", .. Enumerable.Range(0, count).SelectMany(static n => new[] { "--tag", $"{n}=x" })]),
        ["text of a pause"] = (WorkflowLimits.MaxTextLength, static (id, length) =>
            ["pause", id, "--text", Text(length)]),
        ["text of a kill"] = (WorkflowLimits.MaxTextLength, static (id, length) =>
            ["kill", id, "--text", Text(length)]),
        ["note of an edit"] = (WorkflowLimits.MaxTextLength, static (id, length) =>
            ["edit", id, "--patch", "{}", "--note", Text(length)]),
        ["note of an edit of the input"] = (WorkflowLimits.MaxTextLength, static (id, length) =>
            ["edit", id, "--input", "{}", "--note", Text(length)]),
        ["note of a drop"] = (WorkflowLimits.MaxTextLength, static (id, length) =>
            ["drop", id, "kept", "--note", Text(length)]),
    };

    public static TheoryData<string, int> Cases => new(
        from way in Ways.Keys
        from over in new[] { -1, 0, 1 }
        select (way, over));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Value_AroundItsLimit_IsTakenUpToIt(string way, int over)
    {
        var id = await StartPausedAsync("test/repair");
        (await RunAsync("signal", id, "kept", "--signal-id", "kept")).ShouldExitWith(0);
        var (limit, command) = Ways[way];

        var ran = await RunAsync(command(id, limit + over));

        ran.ShouldExitWith(over > 0 ? 2 : 0);
        ran.Error.Length.ShouldBeLessThan(500);
    }

    [Theory]
    [InlineData(WorkflowLimits.MaxTypeLength, 3)]
    [InlineData(WorkflowLimits.MaxTypeLength + 1, 2)]
    public async Task Type_AroundItsLimit_IsLookedForUpToIt(int length, int exitCode) =>
        (await RunAsync("start", Text(length))).ShouldExitWith(exitCode);

    private static string Text(int length) => new('x', length);
}
