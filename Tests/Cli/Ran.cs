using System.Text.Json;

namespace Orleans.Workflows.CliTests;

/// <summary>What a run left behind.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record Ran(int ExitCode, string Out, string Error)
{
    /// <summary>Standard output as one JSON document.</summary>
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>The error on standard error: its last line, as one JSON document.</summary>
    public JsonElement Problem =>
        JsonDocument.Parse(Error.TrimEnd('\n').Split('\n')[^1]).RootElement.GetProperty("error");

    /// <summary>The lines of standard output.</summary>
    public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Checks the exit code, and shows everything when it is another.</summary>
    /// <param name="exitCode">What it must be.</param>
    /// <returns>This.</returns>
    public Ran ShouldExitWith(int exitCode)
    {
        ExitCode.ShouldBe(exitCode, $"out: {Out}\nerror: {Error}");
        return this;
    }

    /// <summary>Checks the names and the order of an object's members.</summary>
    /// <param name="json">The object.</param>
    /// <param name="names">What they must be, in their order.</param>
    public static void ShouldHaveMembers(JsonElement json, params string[] names) =>
        json.EnumerateObject().Select(static member => member.Name).ShouldBe(names);
}
