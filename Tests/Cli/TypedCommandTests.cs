using Orleans.Workflows.Cli;
using Orleans.Workflows.Cli.Connection;
using Orleans.Workflows.Cli.Writing;

namespace Orleans.Workflows.CliTests;

/// <summary>
/// What any page has its readers type: owf takes each command, with its options, and each project is there. That the
/// blocks of docs/getting-started.md do what they print, <c>.ci/first-hour</c> tries.
/// </summary>
public sealed class TypedCommandTests
{
    /// <summary>What a page writes where a reader has something of his own.</summary>
    private static readonly Dictionary<string, string> Own = new()
    {
        ["COMMAND"] = "list",
        ["JSON"] = "{}",
        ["TEXT"] = "Host=127.0.0.1;Port=1;Database=none",
        ["HOST:PORT"] = "127.0.0.1:1",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BlockForAShell_WithOwf_IsTakenByOwf() =>
        (
            await FaultsAsync(static page =>
                Pages.ShellLines(page).Where(static line => line.StartsWith("owf ", StringComparison.Ordinal)))
        ).ShouldBeEmpty();

    /// <summary>In prose a command may stand without its arguments, but not with any that it does not have.</summary>
    [Fact]
    public async Task Prose_WithOwf_NamesCommandsAndOptionsThatOwfHas()
    {
        var faults = await FaultsAsync(static page => Pages.Spans(page).Where(static span =>
            span.StartsWith("owf ", StringComparison.Ordinal) && !span.Contains('…', StringComparison.Ordinal)));

        faults
            .Where(static fault =>
                !fault.Error.StartsWith("Required argument ", StringComparison.Ordinal)
                && !fault.Error.Contains("Give --", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Project_ThatIsRun_IsThereOrMadeOnThePage() =>
        Pages.All
            .SelectMany(static page =>
                Pages.ShellLines(page).Concat(Pages.Spans(page)).Select(line => (page, Words: Pages.Split(line))))
            .Where(static typed => typed.Words.Contains("dotnet") && typed.Words.Contains("--project"))
            .Select(static typed => (typed.page, Project: typed.Words[Array.IndexOf(typed.Words, "--project") + 1]))
            .Distinct()
            .Where(static typed =>
                !File.Exists(Path.Combine(Pages.Root, typed.Project, $"{Path.GetFileName(typed.Project)}.csproj"))
                && !Pages.ShellLines(typed.page).Any(line =>
                    line.StartsWith("dotnet new ", StringComparison.Ordinal)
                    && Pages.Split(line).Contains(typed.Project)))
            .ShouldBeEmpty();

    private static async Task<List<(string Line, string Error)>> FaultsAsync(Func<string, IEnumerable<string>> linesOf)
    {
        var faults = new List<(string, string)>();
        var lines = Pages.All.SelectMany(linesOf).Distinct().ToList();
        lines.Count.ShouldBeGreaterThan(2);
        foreach (var line in lines)
        {
            var whole = line.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
            var args = Pages.Split(whole)
                .Skip(1)
                .Select(static word => Own.GetValueOrDefault(word, word))
                .ToArray();
            using var error = new StringWriter { NewLine = "\n" };
            var code = await CommandLine.RunAsync(
                args,
                new Terminal(Stream.Null, TextWriter.Null, error, Width: null),
                static (_, _) => throw new NoConnectionException("The command is taken.", "", new TimeoutException()),
                Token);
            if (code == ExitCodes.WrongUsage)
            {
                faults.Add((line, error.ToString()));
            }
        }

        return faults;
    }
}
