using System.CommandLine;
using Orleans.Workflows.Cli;
using Orleans.Workflows.Cli.Connection;
using Orleans.Workflows.Cli.Reading;

namespace Orleans.Workflows.CliTests;

/// <summary>docs/operations/owf.md against what owf tells its callers.</summary>
public sealed class OwfPageTests
{
    [Fact]
    public void Page_ExitCodes_AreThoseOfTheHelp() =>
        Page()
            .Where(static line => line is ['|', ' ', >= '0' and <= '9', ..])
            .ShouldBe(
                ExitCodes.Lines.Select(static line =>
                    $"| {line.Trim().Replace("  ", " | ", StringComparison.Ordinal)} |"));

    [Fact]
    public void Page_Codes_AreThoseOfTheErrors()
    {
        Exception[] all =
        [
            new UsageException("no"),
            new ProcessNotFoundException("no"),
            new ProcessTypeUnknownException("no"),
            new NoConnectionException("no", "try", new TimeoutException()),
            new WorkflowUnavailableException("no"),
            new WorkflowOverloadedException("no"),
            new ProcessAlreadyExistsException("no"),
            new PortValidationException("no"),
            new PayloadException("no"),
            new InvalidProcessStateException("no"),
            new WorkflowException("no"),
            new InvalidOperationException("no"),
        ];
        var problems = all.Select(static exception => Problems.Of(exception, new Command("list"), verbose: false))
            .ToList();
        problems.Insert(
            problems.Count - 1,
            Problems.OfInterruption(new OperationCanceledException(), new Command("list")));

        var rows = Page().SkipWhile(static line => line != "### Errors").TakeWhile(static line => line != "### Waiting")
            .Select(static line => line.Split(" | "))
            .Where(static cells => cells.Length > 1 && int.TryParse(cells[1].Split(' ')[0], out _))
            .Select(static cells => $"{cells[0].Trim('|', ' ', '`')} {cells[1]}");
        rows.ShouldBe(problems.Select(static problem => $"{problem.Code} {problem.ExitCode}"));
    }

    private static string[] Page() => File.ReadAllLines(Path.Combine(Pages.Root, "docs", "operations", "owf.md"));
}
