using System.CommandLine;
using Orleans.Workflows.Cli.Commands;
using Orleans.Workflows.Cli.Connection;
using Orleans.Workflows.Cli.Reading;
using Orleans.Workflows.Cli.Writing;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Cli;

/// <summary>From exceptions to what a caller is told. The codes, as the numbers, never change.</summary>
internal static class Problems
{
    private const string WrongUsage = "WrongUsage";

    /// <summary>The command line, or a value on it, is wrong.</summary>
    public static Problem OfUsage(string message, string? hint = null) =>
        new(WrongUsage, ExitCodes.WrongUsage, message, hint);

    /// <summary>A run was interrupted.</summary>
    public static Problem OfInterruption(OperationCanceledException exception, Command command)
    {
        var (id, messageId) = Subject(exception);
        var message = exception is WaitInterruptedException ? exception.Message : "Interrupted.";
        var hint = exception is CallCanceledException ? Again(command, id, messageId) : null;
        return new("Interrupted", ExitCodes.Interrupted, message, hint)
        {
            ProcessId = id,
            MessageId = messageId,
        };
    }

    /// <summary>A command failed.</summary>
    public static Problem Of(Exception exception, Command command, bool verbose)
    {
        var (id, messageId) = Subject(exception);
        var (code, exitCode) = Kind(exception);
        var isKnown = exception is WorkflowException or UsageException or ArgumentException or NoConnectionException;
        var message = isKnown ? FaultText.Of(exception) : $"Unexpected {exception.GetType().Name}: {exception.Message}";
        return new(code, exitCode, message, HintOf(exception, command))
        {
            ProcessId = id,
            MessageId = messageId,
            Faults = (exception as PortValidationException ?? exception.InnerException as PortValidationException)
                ?.Faults ?? [],
            Detail = verbose ? exception.ToString() : null,
        };
    }

    private static (string Code, int ExitCode) Kind(Exception exception) => exception switch
    {
        UsageException or ArgumentException or StoreUnavailableException { NeedsConfiguration: true } =>
            (WrongUsage, ExitCodes.WrongUsage),
        ProcessNotFoundException => ("ProcessNotFound", ExitCodes.NotFound),
        ProcessTypeUnknownException => ("ProcessTypeUnknown", ExitCodes.NotFound),
        NoConnectionException or StoreUnavailableException => ("NoConnection", ExitCodes.Unavailable),
        WorkflowUnavailableException => ("Unavailable", ExitCodes.Unavailable),
        WorkflowOverloadedException => ("Overloaded", ExitCodes.Unavailable),
        ProcessAlreadyExistsException => ("ProcessAlreadyExists", ExitCodes.AlreadyExists),
        InvalidProcessStateException => ("InvalidProcessState", ExitCodes.Failed),
        PortValidationException => ("InvalidInput", ExitCodes.Failed),
        PayloadException => ("InvalidPayload", ExitCodes.Failed),
        WorkflowException => ("Failed", ExitCodes.Failed),
        _ => ("Unexpected", ExitCodes.Failed),
    };

    private static (ProcessId? Id, string? MessageId) Subject(Exception exception) => exception switch
    {
        WorkflowUnavailableException unavailable => (unavailable.ProcessId, unavailable.MessageId),
        CallCanceledException canceled => (canceled.ProcessId, canceled.MessageId),
        WaitInterruptedException interrupted => (interrupted.ProcessId, null),
        ProcessNotFoundException missing => (missing.ProcessId, null),
        ProcessAlreadyExistsException taken => (taken.ProcessId, null),
        InvalidProcessStateException unfit => (unfit.ProcessId, null),
        _ => (null, null),
    };

    private static string? HintOf(Exception exception, Command command) => exception switch
    {
        NoConnectionException unconnected => unconnected.Hint,
        WorkflowUnavailableException { ProcessId: { } id, MessageId: var messageId } => Again(command, id, messageId),
        WorkflowException or UsageException or ArgumentException => null,
        _ => "--verbose shows more.",
    };

    /// <summary>How a command that may have had its effect is given again.</summary>
    private static string Again(Command command, ProcessId? id, string? messageId) => messageId is null
        ? $"Whether the process was stored, 'owf show {id}' tells; "
            + $"the same command with --id {id} --use-existing makes no second one."
        : command is SignalCommand
            ? $"It may have been stored: the same command with --signal-id {messageId} has no second effect."
        : $"Whether it was stored, 'owf history {id}' tells.";
}
