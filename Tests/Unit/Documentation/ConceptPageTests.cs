using System.Globalization;
using System.Reflection;
using Orleans.Workflows.Unit.Architecture;

namespace Orleans.Workflows.Unit.Documentation;

/// <summary>
/// The pages in docs/concepts against the types that they list: each name is in a table, and there is none that the
/// code does not have.
/// </summary>
public sealed class ConceptPageTests
{
    private static readonly Dictionary<int, string?> EngineCodes = typeof(EngineExitCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (int)field.GetRawConstantValue()!)
        .Where(static code => code != EngineExitCodes.FirstOfDefinitions)
        .ToDictionary(static code => code, EngineExitCodes.LabelOf);

    [Theory]
    [InlineData(typeof(HistoryKind), "processes.md", "history tells")]
    [InlineData(typeof(ControlStatus), "control.md", "The answers")]
    [InlineData(typeof(IncidentCode), "incidents.md", "About")]
    [InlineData(typeof(TransitionKind), "control.md", "States and transitions")]
    [InlineData(typeof(TransitionKind), "hooks-and-listeners.md", "for which transition")]
    [InlineData(typeof(PortKind), "ports.md", "About")]
    [InlineData(typeof(ReportLevel), "process-tree.md", "report log")]
    [InlineData(typeof(UnhandledFailureAction), "restart-chain.md", "becomes of a run")]
    public void Page_NamesEveryValue(Type values, string page, string heading)
    {
        var named = PageTables.Under(Read(page), heading).SelectMany(static row => Names(row[0])).ToList();

        Enum.GetNames(values).Except(named).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(typeof(HistoryKind), "processes.md", "history tells")]
    [InlineData(typeof(ControlStatus), "control.md", "The answers")]
    [InlineData(typeof(IncidentCode), "incidents.md", "About")]
    [InlineData(typeof(TransitionKind), "hooks-and-listeners.md", "for which transition")]
    public void Page_NamesNothingElse(Type values, string page, string heading)
    {
        var named = PageTables.Under(Read(page), heading).SelectMany(static row => Names(row[0])).ToList();

        named.Except(Enum.GetNames(values)).ShouldBeEmpty();
        named.ShouldBeUnique();
    }

    [Fact]
    public void ExitCodesPage_TellsEveryCodeOfTheEngineWithItsLabel()
    {
        var told = Read("exit-codes.md").Split('\n')
            .SkipWhile(static line => !line.StartsWith("| Exit code", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(static line => line.StartsWith('|'))
            .Select(static line => line.Trim('|', ' ').Split(" | "))
            .ToDictionary(
                static row => int.Parse(row[0], CultureInfo.InvariantCulture),
                static row => row[1].Trim('`', '–'));

        told.OrderBy(static code => code.Key)
            .ShouldBe(
                EngineCodes
                    .OrderBy(static code => code.Key)
                    .Select(static code => KeyValuePair.Create(code.Key, code.Value ?? "")));
    }

    [Fact]
    public void HooksPage_NamesEveryHook()
    {
        var hooks = typeof(Process)
            .GetMethods(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(static method =>
                method is { IsVirtual: true, IsFamily: true }
                && method.Name.StartsWith("On", StringComparison.Ordinal))
            .Select(static method => $"`{method.Name}`")
            .ToList();

        hooks.Count.ShouldBe(10);
        hooks
            .Where(static hook => !Read("hooks-and-listeners.md").Contains(hook, StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void LaunchingPage_NamesEveryOptionOfAStart() =>
        PageTables.Under(Read("launching.md"), "Defaults").Select(static row => row[0].Trim('`'))
            .ShouldBe(typeof(StartOptions).GetProperties().Select(static option => option.Name), ignoreOrder: true);

    private static string Read(string page) => File.ReadAllText(Path.Combine(Product.Root, "docs", "concepts", page));

    private static IEnumerable<string> Names(string cell) => cell.Split('`').Where(static (_, index) => index % 2 == 1);
}
