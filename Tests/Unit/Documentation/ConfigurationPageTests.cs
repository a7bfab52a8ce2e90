using System.Collections;
using System.Globalization;
using System.Reflection;
using Orleans.Workflows.Testing;
using Orleans.Workflows.Unit.Architecture;

namespace Orleans.Workflows.Unit.Documentation;

/// <summary>
/// docs/operations/configuration.md against the classes of options: it names each option, once, with its default.
/// </summary>
public sealed class ConfigurationPageTests
{
    /// <summary>What one call takes is no configuration.</summary>
    private static readonly Type[] OfACall = [typeof(StartOptions), typeof(SweepOptions)];

    /// <summary>Defaults that a page tells in words.</summary>
    private static readonly string[] InWords =
    [
        "WorkflowSiloOptions.DataFolder",
        "WorkflowOptions.CpuBoundSteps",
        "SqliteStoreOptions.Path",
        "PostgresStoreOptions.ConnectionString",
    ];

    private static readonly string Page = File.ReadAllText(
        Path.Combine(Product.Root, "docs", "operations", "configuration.md"));

    public static TheoryData<Type> OptionClasses =>
    [
        .. Product.WithCode.Select(Product.Load)
            .SelectMany(static assembly => assembly.GetExportedTypes())
            .Where(static type => type.Name.EndsWith("Options", StringComparison.Ordinal) && !OfACall.Contains(type)),
    ];

    [Fact]
    public void OptionClasses_AreFound() => OptionClasses.Count.ShouldBe(5);

    [Theory]
    [MemberData(nameof(OptionClasses))]
    public void Page_NamesEveryOptionOfAClass(Type options) =>
        Rows(options)
            .Select(static row => row[0].Trim('`'))
            .ShouldBe(Options(options).Select(static option => option.Name), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(OptionClasses))]
    public void Page_TellsTheDefaultOfEveryOption(Type options)
    {
        var instance = Activator.CreateInstance(options);

        var wrong = Options(options)
            .Where(option => !InWords.Contains($"{options.Name}.{option.Name}"))
            .Select(option =>
                (
                    option.Name,
                    Is: Text(option.GetValue(instance)),
                    Told: Rows(options)
                        .Single(row => row[0] == $"`{option.Name}`")[^1]
                        .Replace("`", "", StringComparison.Ordinal)
                        .Replace(",", "", StringComparison.Ordinal)))
            .Where(static option => option.Is != option.Told);

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(OptionClasses))]
    public void Page_TellsMeaningAndRangeOfEveryOption(Type options) =>
        Rows(options)
            .Where(static row => row.Length != 4 || row[1].Length == 0 || row[2].Length == 0)
            .Select(static row => row[0])
            .ShouldBeEmpty();

    private static IReadOnlyList<string[]> Rows(Type options) => PageTables.Under(Page, $"`{options.Name}`");

    private static PropertyInfo[] Options(Type options) =>
        options.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    private static string Text(object? value) =>
        value switch
        {
            null => "unset",
            ICollection { Count: 0 } => "none",
            TimeSpan time when time.TotalMinutes >= 1 && time.Seconds == 0 =>
                $"{time.TotalMinutes.ToString(CultureInfo.InvariantCulture)} min",
            TimeSpan time => $"{time.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s",
            IFormattable number and not Enum => number.ToString(null, CultureInfo.InvariantCulture),
            _ => $"{value}",
        };
}
