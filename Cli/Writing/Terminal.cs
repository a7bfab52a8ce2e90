namespace Orleans.Workflows.Cli.Writing;

/// <summary>Where a run reads and writes.</summary>
/// <param name="In">Standard input.</param>
/// <param name="Out">Standard output, for what was asked for.</param>
/// <param name="Error">Standard error, for messages.</param>
/// <param name="Width">How many characters a line of standard output has; null when it is no screen, so that nothing is cut.</param>
internal sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error, int? Width)
{
    /// <summary>That of this process.</summary>
    /// <returns>The terminal.</returns>
    public static Terminal OfThisProcess() =>
        new(Console.In, Console.Out, Console.Error, !Console.IsOutputRedirected && Console.WindowWidth is > 0 and var width ? width : null);
}
