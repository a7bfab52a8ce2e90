using Orleans.Workflows.Cli.Writing;

namespace Orleans.Workflows.CliTests.Writing;

public sealed class WritingTests
{
    private static readonly string[][] Rows = [["ID", "TEXT"], ["order-17", "a long text"], ["b", ""]];

    [Fact]
    public void Table_NoScreen_IsAlignedAndWhole() => TextTable.Align(Rows, width: null).ShouldBe(["ID        TEXT", "order-17  a long text", "b"]);

    [Fact]
    public void Table_OnAScreen_CutsTheLastColumnOnly() => TextTable.Align(Rows, width: 16).ShouldBe(["ID        TEXT", "order-17  a lon…", "b"]);

    [Fact]
    public void Table_ScreenTooNarrow_CutsNothing() => TextTable.Align(Rows, width: 5).ShouldBe(["ID        TEXT", "order-17  a long text", "b"]);

    [Fact]
    public void Table_NoRows_IsEmpty() => TextTable.Align([], width: null).ShouldBeEmpty();

    [Fact]
    public void PlainText_ControlCharacters_BecomeSpaces() => PlainText.Of("red: \e[31m\nend").ShouldBe("red:  [31m end");

    [Fact]
    public void PlainText_Time_IsUtcToTheSecond() => PlainText.Of(new DateTimeOffset(2026, 1, 31, 14, 0, 1, 999, TimeSpan.FromHours(2))).ShouldBe("2026-01-31 12:00:01Z");
}
