using Orleans.Workflows.Grains.Gateway;
using Orleans.Workflows.Unit.Engine;

namespace Orleans.Workflows.Unit.Running;

/// <summary>What a reader of a history is told of entries that are gone.</summary>
public sealed class HistoryGapsTests
{
    [Theory]
    [InlineData("1 2 3", 0, 3, "1 2 3")]
    [InlineData("", 0, 0, "")]
    [InlineData("3", 0, 3, "-2 3")]
    [InlineData("1 4 7", 0, 9, "1 -3 4 -6 7 -9")]
    [InlineData("6", 4, 6, "-5 6")]
    [InlineData("", 2, 3, "-3")]
    [InlineData("1 2 3", 0, 2, "1 2 3")]
    public void Gaps_AreToldInTheirPlace(string stored, long after, long last, string told) =>
        Text(Page(stored, after, last, limit: 100)).ShouldBe(told);

    [Fact]
    public void Pages_OfAnyLength_TellTheSame()
    {
        const string Stored = "2 3 6 9";
        for (var limit = 1; limit < 9; limit++)
        {
            var told = new List<string>();
            for (var after = 0L; ;)
            {
                var rest = string.Join(
                    ' ',
                    Stored
                        .Split(' ')
                        .Where(version =>
                            long.Parse(version, System.Globalization.CultureInfo.InvariantCulture) > after)
                        .Take(limit));
                var page = Page(rest, after, last: 11, limit);
                if (page.Count == 0)
                {
                    break;
                }

                page.Count.ShouldBeLessThanOrEqualTo(limit);
                told.Add(Text(page));
                after = page[^1].Version;
            }

            string.Join(' ', told).ShouldBe("-1 2 3 -5 6 -8 9 -11", $"in pages of {limit}");
        }
    }

    [Fact]
    public void Note_SaysWhichEntriesAreGone()
    {
        var page = Page("1 5", 0, 6, limit: 100);

        page.SelectMany(static entry => entry.Events)
            .Where(static what => what.Kind == HistoryKind.EntriesMissing)
            .Select(static what => what.Text)
            .ShouldBe([
                "The entries 2 to 4 are not in the database any more.",
                "The entry 6 is not in the database any more.",
            ]);
    }

    private static IReadOnlyList<HistoryEntry> Page(string stored, long after, long last, int limit) =>
        HistoryGaps.Tell(
            [
                .. stored
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(static version => new HistoryEntry(
                        long.Parse(version, System.Globalization.CultureInfo.InvariantCulture),
                        A.Noon,
                        [new HistoryEvent(HistoryKind.StepCompleted)])),
            ],
            after,
            last,
            A.Noon,
            limit);

    private static string Text(IEnumerable<HistoryEntry> page) =>
        string.Join(
            ' ',
            page.Select(static entry =>
                entry.Events[0].Kind == HistoryKind.EntriesMissing ? -entry.Version : entry.Version));
}
