using System.Globalization;
using System.Reflection;
using Orleans.Configuration;
using Orleans.Workflows.Silo.Hosting;
using Orleans.Workflows.Unit.Architecture;

namespace Orleans.Workflows.Unit.Documentation;

/// <summary>
/// docs/operations/cluster.md against the timings of the membership: it names each one that is not Orleans' own, with
/// its value.
/// </summary>
public sealed class ClusterPageTests
{
    private static readonly string Page = File.ReadAllText(
        Path.Combine(Product.Root, "docs", "operations", "cluster.md"));

    [Fact]
    public void Page_TellsEveryTimingThatIsNotOrleansOwn()
    {
        var (ours, theirs) = (new ClusterMembershipOptions(), new ClusterMembershipOptions());
        ClusterTimings.Apply(ours);
        var told = PageTables
            .Under(Page, "`ClusterMembershipOptions`")
            .ToDictionary(static row => row[0].Trim('`'), static row => row[1]);
        var options = typeof(ClusterMembershipOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance);

        told.Select(row => (row.Key, row.Value))
            .ShouldBe(
                told.Keys.Select(name => (name, Text(options.Single(option => option.Name == name).GetValue(ours)))));
        options
            .Where(option => !Equals(option.GetValue(ours), option.GetValue(theirs)))
            .Select(static option => option.Name)
            .Except(told.Keys)
            .ShouldBeEmpty();
    }

    private static string Text(object? value) => value switch
    {
        TimeSpan time when time.TotalMinutes >= 1 => $"{time.TotalMinutes.ToString(CultureInfo.InvariantCulture)} min",
        TimeSpan time => $"{time.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s",
        _ => $"{value}",
    };
}
