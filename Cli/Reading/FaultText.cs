namespace Orleans.Workflows.Cli.Reading;

/// <summary>What an exception says to somebody who did not write the program.</summary>
internal static class FaultText
{
    /// <summary>The message, without the name of a parameter.</summary>
    /// <param name="exception">The exception.</param>
    /// <returns>The text.</returns>
    public static string Of(Exception exception) => exception is ArgumentException { ParamName: { } name }
        ? exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
        : exception.Message;
}
