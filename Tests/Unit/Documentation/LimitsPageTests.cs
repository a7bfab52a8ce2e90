using System.Globalization;
using System.Reflection;
using Orleans.Workflows.Unit.Architecture;

namespace Orleans.Workflows.Unit.Documentation;

/// <summary>
/// docs/concepts/values.md against the limits in the code: each is in the table, once, with its number and its unit.
/// </summary>
public sealed class LimitsPageTests
{
    private static readonly Type[] Holders = [typeof(WorkflowLimits), typeof(WorkflowJson), typeof(ProcessId)];

    [Fact]
    public void Page_HasEveryLimitWithItsNumber()
    {
        var told = PageTables
            .Under(File.ReadAllText(Path.Combine(Product.Root, "docs", "concepts", "values.md")), "Limits")
            .ToDictionary(static row => row[0].Trim('`'), static row => row[1].Split(' '));

        var limits = Holders
            .SelectMany(static holder =>
                holder.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(static member => member.Name.StartsWith("Max", StringComparison.Ordinal))
            .ToDictionary(
                static member => member.Name,
                static member =>
                    member is FieldInfo field ? field.GetValue(null) : ((PropertyInfo)member).GetValue(null));

        told.ToDictionary(static row => row.Key, static row => row.Value[0])
            .ShouldBe(
                limits.ToDictionary(static limit => limit.Key, static limit => Number(limit.Value)),
                ignoreOrder: true);
        limits.Where(static limit => limit.Value is TimeSpan).ShouldAllBe(limit => told[limit.Key][1] == "days");
        limits
            .Where(static limit => limit.Key.EndsWith("Length", StringComparison.Ordinal))
            .ShouldAllBe(limit => told[limit.Key][1] == "characters");
    }

    private static string Number(object? value) => value is TimeSpan time
        ? time.TotalDays.ToString("N0", CultureInfo.InvariantCulture)
        : ((int)value!).ToString("N0", CultureInfo.InvariantCulture);
}
