using System.Text;

namespace Orleans.Workflows.Cli.Writing;

/// <summary>Where a run reads and writes.</summary>
/// <param name="In">Standard input, as bytes.</param>
/// <param name="Out">Standard output, for what was asked for.</param>
/// <param name="Error">Standard error, for messages.</param>
/// <param name="Width">
/// How many characters a line of standard output has; null when it is no screen, so that nothing is folded.
/// </param>
/// <param name="HasColors">Whether standard output shows colours.</param>
internal sealed record Terminal(Stream In, TextWriter Out, TextWriter Error, int? Width, bool HasColors = false)
{
    /// <summary>That of this process.</summary>
    public static Terminal OfThisProcess()
    {
        // Whatever the locale says: what comes out is for scripts too, and JSON is UTF-8.
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var isScreen = !Console.IsOutputRedirected;
        int? width = isScreen && Console.WindowWidth is > 0 and var columns ? columns : null;
        return new Terminal(Console.OpenStandardInput(), Console.Out, OpenError(), width, isScreen && AllowsColors());
    }

    // Closed by the caller (2>&-): then there is nobody to tell, and the exit code is the answer.
    private static TextWriter OpenError()
    {
        try
        {
            return new UnheardWriter(Console.Error);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return TextWriter.Null;
        }
    }

    // no-color.org: set and not empty means none. Consoles of Windows need to be told before they understand colours.
    private static bool AllowsColors() => string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb"
        && !OperatingSystem.IsWindows();
}
