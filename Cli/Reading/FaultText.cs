namespace Orleans.Workflows.Cli.Reading;

/// <summary>What an exception says to somebody who did not write the program.</summary>
internal static class FaultText
{
    /// <summary>
    /// The message, without the name of a parameter, and with owf's words where it names the client's.
    /// </summary>
    public static string Of(Exception exception) =>
        exception switch
        {
            ArgumentException { ParamName: { } name } => Replaced(exception, $" (Parameter '{name}')", ""),
            ProcessAlreadyExistsException => Replaced(
                exception,
                "start with IfExists.UseExisting",
                "give --use-existing"),
            WorkflowUnavailableException { ProcessId: not null } or CallCanceledException => WithoutRemedy(
                exception.Message),
            _ => exception.Message,
        };

    /// <summary>What comes after a call whose effect is not known: how a program makes it again.</summary>
    private static string WithoutRemedy(string message) =>
        message.LastIndexOf(" Whether the ", StringComparison.Ordinal) is >= 0 and var at ? message[..at] : message;

    private static string Replaced(Exception exception, string words, string others) =>
        exception.Message.Replace(words, others, StringComparison.Ordinal);
}
