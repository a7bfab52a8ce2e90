using System.CommandLine;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Cli.Reading;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Sends a signal.</summary>
internal sealed class SignalCommand : ClientCommand
{
    private readonly Argument<ProcessId> _id = ProcessIdArgument.Create();
    private readonly Argument<string> _name = new("NAME") { Description = "The signal's name" };
    private readonly Option<byte[]?> _payload = new("--payload") { Description = "The payload; default: none", HelpName = "JSON", Arity = ArgumentArity.ExactlyOne, CustomParser = Parsed.One(JsonText.Parse) };
    private readonly Option<string?> _signalId = new("--signal-id") { Description = "Identifies the signal: the same one again has no second effect; default: a new one", HelpName = "TEXT" };

    /// <summary>Makes the command.</summary>
    public SignalCommand()
        : base(
            "signal",
            "Sends a signal to a process, which gets it once, also if it does not wait for it yet.",
            """owf signal order-17 approval --payload '{"by":"anna","approved":true}'""",
            "owf signal order-17 approval --payload true --signal-id mail-2291")
    {
        Add(_id);
        Add(_name);
        Add(_payload);
        Add(_signalId);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandRun run)
    {
        var id = run.Arguments.GetValue(_id);
        var name = run.Arguments.GetRequiredValue(_name);
        var signalId = run.Arguments.GetValue(_signalId) ?? Guid.CreateVersion7().ToString("N");
        var stored = await SendAsync(run, id, name, signalId);
        if (run.Report.IsJson)
        {
            run.Report.Document(new Document(id, name, signalId, stored));
        }
        else
        {
            run.Report.Line(stored ? $"Stored as {signalId}." : $"Known already: {signalId}.");
        }

        return ExitCodes.Done;
    }

    private async Task<bool> SendAsync(CommandRun run, ProcessId id, string name, string signalId)
    {
        try
        {
            return await run.Processes.GetHandle(id).SignalJsonAsync(name, run.Arguments.GetValue(_payload) ?? [], signalId, run.CancellationToken);
        }
        catch (WorkflowUnavailableException e)
        {
            throw new WorkflowUnavailableException($"{e.Message}{Environment.NewLine}It may have been stored: send it again with --signal-id {signalId}.", e);
        }
    }

    /// <summary>The answer as JSON.</summary>
    private sealed record Document(ProcessId Id, string Name, string SignalId, bool WasStored);
}
