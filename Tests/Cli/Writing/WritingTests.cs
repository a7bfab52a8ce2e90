using System.Text.Json;
using Orleans.Workflows.Cli.Writing;

namespace Orleans.Workflows.CliTests.Writing;

public sealed class WritingTests
{
    private static readonly Cell[][] Rows =
    [
        Cell.Heads("ID", "TEXT"),
        ["order-17", "a text of twenty-six signs"],
        ["b", null],
    ];

    [Fact]
    public void Table_NoScreen_IsAlignedAndWhole() =>
        new TextTable(width: null, hasColors: false)
            .Align(Rows, cutsLast: true)
            .ShouldBe(["ID        TEXT", "order-17  a text of twenty-six signs", "b"]);

    [Fact]
    public void Table_LastColumnDoesNotFit_IsFoldedBetweenWords() =>
        new TextTable(width: 30, hasColors: false)
            .Align(Rows, cutsLast: false)
            .ShouldBe(["ID        TEXT", "order-17  a text of twenty-six", "          signs", "b"]);

    [Fact]
    public void Table_LastColumnDoesNotFit_IsCutWhereThatIsWanted() =>
        new TextTable(width: 30, hasColors: false)
            .Align(Rows, cutsLast: true)
            .ShouldBe(["ID        TEXT", "order-17  a text of twenty-si…", "b"]);

    [Fact]
    public void Table_LittleRoomBesideTheOtherColumns_HasTheLastOneBelow() =>
        new TextTable(width: 28, hasColors: false)
            .Align(Rows, cutsLast: false)
            .ShouldBe(["ID        TEXT", "order-17", "    a text of twenty-six", "    signs", "b"]);

    [Fact]
    public void Table_OtherColumnsDoNotFit_CutsNoneOfThem() =>
        new TextTable(width: 5, hasColors: false)
            .Align(
                [
                    ["order-17", "Waiting", ""],
                ],
                cutsLast: true)
            .ShouldBe(["order-17  Waiting"]);

    [Fact]
    public void Table_WordLongerThanALine_IsFoldedInsideBetweenCharacters() =>
        new TextTable(width: 24, hasColors: false).Align([["", new string('x', 21) + "\U0001F600y"]], cutsLast: false)
            .ShouldBe(["  " + new string('x', 21), "  \U0001F600y"]);

    [Fact]
    public void Table_NoRows_IsEmpty() =>
        new TextTable(width: null, hasColors: false).Align([], cutsLast: false).ShouldBeEmpty();

    [Fact]
    public void Table_Colors_AreAroundTheTextAndCountForNothing() =>
        new TextTable(width: 14, hasColors: true)
            .Align(
                [Cell.Heads("ID", "STATE"), ["order-17", new Cell("Excepted", Ink.Bad)], ["b", null]],
                cutsLast: true)
            .ShouldBe(["\e[1mID      \e[0m", "order-17", "    \e[31mExcepted\e[0m", "b"]);

    [Theory]
    [InlineData("red: \e[31m\nend\t\r\0", @"red: \u001B[31m\nend\t\r\u0000")]
    [InlineData("\u007F \u0085 \u009B31m", @"\u007F \u0085 \u009B31m")]
    [InlineData("\u061C\u200E\u200F", @"\u061C\u200E\u200F")]
    [InlineData("\u202A\u202B\u202C\u202D\u202E", @"\u202A\u202B\u202C\u202D\u202E")]
    [InlineData("\u2066\u2067\u2068\u2069\u206F", @"\u2066\u2067\u2068\u2069\u206F")]
    [InlineData("\u2028\u2029", @"\u2028\u2029")]
    [InlineData("hé€\U0001F600 שלום a\u200Db", "hé€\U0001F600 שלום a\u200Db")]
    [InlineData(null, "")]
    public void VisibleText_WhatActsOnATerminal_IsShown(string? text, string shown) =>
        VisibleText.Of(text).ShouldBe(shown);

    [Fact]
    public void VisibleText_HalfOfASurrogatePair_IsShown()
    {
        VisibleText.Of("a\uD83D").ShouldBe(@"a\uD83D");
        VisibleText.Of("\uDE00a\uD83D\uD83D\uDE00").ShouldBe("\\uDE00a\\uD83D\U0001F600");
    }

    [Fact]
    public void VisibleText_Json_KeepsItsLines() =>
        VisibleText.OfJson("{\n  \"a\": \"\u202E\"\n}").ShouldBe("{\n  \"a\": \"\\u202E\"\n}");

    [Theory]
    [InlineData("\U0001F600")]
    [InlineData("\\U0001F600\\")]
    [InlineData(@"\uD83D\uDE00")]
    [InlineData("\U000E0041\U0010FFFF \U0001D11E \u202E\e")]
    public void VisibleText_JsonWithPairs_SaysTheSameAsBefore(string text)
    {
        var shown = VisibleText.OfJson(JsonSerializer.Serialize(text, WorkflowJson.Options));

        JsonSerializer.Deserialize<string>(shown).ShouldBe(text);
        shown
            .Contains("\U0001F600", StringComparison.Ordinal)
            .ShouldBe(text.Contains("\U0001F600", StringComparison.Ordinal));
        shown.ShouldNotContain("\U000E0041");
    }

    [Fact]
    public void PlainText_Time_IsUtcToTheSecond() =>
        PlainText
            .TimeOf(new DateTimeOffset(2026, 1, 31, 14, 0, 1, 999, TimeSpan.FromHours(2)))
            .ShouldBe("2026-01-31 12:00:01Z");

    [Theory]
    [InlineData(-5, "0s")]
    [InlineData(0.9, "0s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(7_199, "119m")]
    [InlineData(7_200, "2h")]
    [InlineData(172_799, "47h")]
    [InlineData(172_800, "2d")]
    [InlineData(86_400_000, "1000d")]
    public void PlainText_Span_IsInItsLargestUnitOfTwoOrMore(double seconds, string text) =>
        PlainText.SpanOf(TimeSpan.FromSeconds(seconds)).ShouldBe(text);
}
