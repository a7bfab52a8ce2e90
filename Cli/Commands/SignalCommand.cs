using System.CommandLine;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Cli.Reading;
using Orleans.Workflows.ClientSdk;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Sends a signal.</summary>
internal sealed class SignalCommand : ClientCommand
{
    private readonly Argument<ProcessId> _id = ProcessIdArgument.Create();
    private readonly Argument<string> _name = new("NAME") { Description = "The signal's name" };
    private readonly Option<byte[]?> _payload = new("--payload") { Description = "The payload; default: none", HelpName = "JSON", Arity = ArgumentArity.ExactlyOne, CustomParser = Parsed.One(JsonText.Parse) };
    private readonly Option<string?> _signalId = new("--signal-id") { Description = "Identifies the signal: the same one again has no second effect; default: a new one", HelpName = "TEXT" };

    private readonly Option<bool> _wait = new("--wait") { Description = "Wait until the process has taken it in" };

    /// <summary>Makes the command.</summary>
    public SignalCommand()
        : base(
            "signal",
            "Sends a signal to a process, which gets it once, also if it does not wait for it yet.",
            """owf signal order-17 approval --payload '{"by":"anna","approved":true}' --wait""",
            "owf signal order-17 approval --payload true --signal-id mail-2291")
    {
        Add(_id);
        Add(_name);
        Add(_payload);
        Add(_signalId);
        Add(_wait);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandRun run)
    {
        var process = run.Processes.GetHandle(run.Arguments.GetValue(_id));
        var name = run.Arguments.GetRequiredValue(_name);
        var signalId = run.Arguments.GetValue(_signalId) ?? Guid.CreateVersion7().ToString("N");
        var payload = run.Arguments.GetValue(_payload) ?? [];
        var stored = await process.SignalJsonAsync(name, payload, signalId, run.CancellationToken);
        if (!run.Report.IsJson)
        {
            run.Report.Line(stored ? $"Stored as {signalId}." : $"Known already: {signalId}.");
        }

        MessageEffect? effect = run.Arguments.GetValue(_wait) ? await AwaitAsync(run, process, name, signalId) : null;
        if (run.Report.IsJson)
        {
            run.Report.Document(new Document(process.Id, name, signalId, stored, effect));
        }
        else if (effect == MessageEffect.Applied)
        {
            run.Report.Line("Applied.");
        }
        else if (effect is not null)
        {
            run.Report.Note($"Refused: the process {process.Id} ended before it took the signal in.");
        }

        return effect is null or MessageEffect.Applied ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static Task<MessageEffect> AwaitAsync(CommandRun run, ProcessHandle process, string name, string signalId)
    {
        return run.WaitAsync(process.Id, token => process.WaitForSignalAsync(signalId, Tell, token));

        void Tell() => run.Report.Note(
            $"The process {process.Id} does not wait for '{name}', and keeps the signal until it does. "
            + $"The waiting goes on; see 'owf why {process.Id}'.");
    }

    /// <summary>The answer as JSON.</summary>
    private sealed record Document(ProcessId Id, string Name, string SignalId, bool WasStored, MessageEffect? Effect);
}
