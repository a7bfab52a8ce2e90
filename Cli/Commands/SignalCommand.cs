using System.CommandLine;
using System.Text.Json.Serialization;
using Orleans.Workflows.Cli.Reading;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>Sends a signal.</summary>
internal sealed class SignalCommand : ClientCommand
{
    private readonly Argument<ProcessId> _id = ProcessIdArgument.Create();
    private readonly Argument<string> _name = new("NAME") { Description = "The signal's name" };
    private readonly Option<byte[]?> _payload = new("--payload")
    {
        Description = "The payload; default: none",
        HelpName = "JSON",
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = Parsed.One(JsonText.Parse),
    };
    private readonly Option<string?> _signalId = new("--signal-id")
    {
        Description = "Identifies the signal: the same one again has no second effect; default: a new one",
        HelpName = "TEXT",
    };

    private readonly IncidentWait _taken = new("Wait until the process has taken it in");

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
        _taken.AddTo(this);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandRun run)
    {
        var process = run.Processes.GetHandle(run.Arguments.GetValue(_id));
        var name = run.Arguments.GetRequiredValue(_name);
        var signalId = run.Arguments.GetValue(_signalId) ?? Guid.CreateVersion7().ToString("N");
        var payload = run.Arguments.GetValue(_payload) ?? [];
        var result = await process.SignalJsonAsync(name, payload, signalId, run.CancellationToken);
        if (!run.Report.IsJson)
        {
            run.Report.Line(result.WasStored ? $"Stored as {signalId}." : $"Known already: {signalId}.");
            if (result.Warning is { } warning)
            {
                var meant = Nearest.To(name, result.AwaitedNames!) is { } near ? $" Did you mean '{near}'?" : "";
                run.Report.Note($"{warning}{meant}");
            }
        }

        Action? tellKept = () => TellKept(run, process.Id, name);
        var (effect, incident) = await _taken.AwaitAsync<MessageEffect?>(run, process.Id, async (tell, token) =>
            await process.WaitForSignalAsync(
                signalId, () => Interlocked.Exchange(ref tellKept, null)?.Invoke(), tell, token));
        if (run.Report.IsJson)
        {
            run.Report.Document(new Document(process.Id, name, signalId, result.WasStored, effect, incident)
            {
                AwaitedNames = result.AwaitedNames,
            });
        }
        else if (effect == MessageEffect.Applied)
        {
            run.Report.Line("Applied.");
        }
        else if (effect is not null)
        {
            run.Report.Note($"Refused: {await WhyRefusedAsync(process, run.CancellationToken)}");
        }

        return incident is not null ? ExitCodes.Incident
            : effect is null or MessageEffect.Applied ? ExitCodes.Done
            : ExitCodes.Failed;
    }

    private static void TellKept(CommandRun run, ProcessId id, string name) => run.Report.Note(
        $"The process {id} does not take '{name}' yet, and keeps the signal until it does. "
        + $"The waiting goes on; see 'owf why {id}'.");

    private static async Task<string> WhyRefusedAsync(ProcessHandle process, CancellationToken cancellationToken) =>
        await process.GetStatusAsync(cancellationToken) switch
        {
            { Incident: { } incident } => $"the process {process.Id} has an incident, {IncidentText.Of(incident)}",
            { Summary.State: var state } when state.IsTerminal() =>
                $"the process {process.Id} ended before it took the signal in.",
            _ => $"the signal was dropped. See 'owf history {process.Id}'.",
        };

    /// <summary>The answer as JSON.</summary>
    private sealed record Document(
        ProcessId Id,
        string Name,
        string SignalId,
        bool WasStored,
        MessageEffect? Effect,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Incident? Incident)
    {
        /// <summary>What the process waits for, when the signal is none of it.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public IReadOnlyList<string>? AwaitedNames { get; init; }
    }
}
