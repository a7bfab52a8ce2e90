using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Unit.Architecture;

namespace Orleans.Workflows.Unit.Documentation;

/// <summary>
/// docs/operations/log.md against what the code can log: each line has an event id of its own, and stands on the page.
/// </summary>
public sealed class LogPageTests
{
    private const int Least = 400_000;
    private const int Most = 400_999;

    private static readonly string Page = File.ReadAllText(Path.Combine(Product.Root, "docs", "operations", "log.md"));

    private static readonly IReadOnlyList<(string Method, LoggerMessageAttribute Line)> Lines =
    [
        .. Product
            .Projects.SelectMany(static project => Product.Load(project).GetTypes())
            .SelectMany(static type =>
                type.GetMethods(
                    BindingFlags.DeclaredOnly
                        | BindingFlags.Static
                        | BindingFlags.Instance
                        | BindingFlags.Public
                        | BindingFlags.NonPublic))
            .Select(static method =>
                (
                    Method: $"{method.DeclaringType!.Name}.{method.Name}",
                    Line: method.GetCustomAttribute<LoggerMessageAttribute>()!))
            .Where(static logged => logged.Line is not null),
    ];

    [Fact]
    public void EventIds_AreUniqueAndOfTheRange()
    {
        Lines.Count.ShouldBeGreaterThan(40);
        Lines
            .GroupBy(static logged => logged.Line.EventId)
            .Where(static same => same.Count() > 1)
            .Select(static same => $"{same.Key}: {string.Join(", ", same.Select(static logged => logged.Method))}")
            .ShouldBeEmpty();
        Lines
            .Where(static logged => logged.Line.EventId is < Least or > Most)
            .Select(static logged => logged.Method)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Page_TellsEveryEventWithItsLevelAndNothingElse() =>
        PageTables
            .Under(Page, "Events")
            .Select(static row => (int.Parse(row[0].Trim('`'), CultureInfo.InvariantCulture), row[1]))
            .ShouldBe(
                Lines.Select(static logged => (logged.Line.EventId, $"{logged.Line.Level}")),
                ignoreOrder: true);

    [Fact]
    public void Page_TellsTheQuietCategories() =>
        PageTables
            .Under(Page, "quiet")
            .Select(static row => row[0].Trim('`'))
            .ShouldBe(QuietLogging.Levels.Keys, ignoreOrder: true);
}
