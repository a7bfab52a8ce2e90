using System.CommandLine;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Cli.Reading;
using Orleans.Workflows.ClientSdk;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>The options by which a command waits for the end of a process, and says what the waiting meets.</summary>
internal sealed class EndWait
{
    private readonly Option<bool> _wait = new("--wait") { Description = "Wait until it has ended, and write its output; an incident is told meanwhile" };
    private readonly Option<bool> _failOnIncident = new("--fail-on-incident") { Description = "With --wait: wait no longer when it has an incident" };

    /// <summary>Gives the options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        _failOnIncident.Validators.Add(result => Parsed.Check(result, !result.GetValueOrDefault<bool>() || result.GetValue(_wait), "--fail-on-incident goes with --wait."));
        command.Add(_wait);
        command.Add(_failOnIncident);
    }

    /// <summary>Waits, if that is wanted.</summary>
    /// <param name="run">The run.</param>
    /// <param name="process">The process.</param>
    /// <returns>How it ended; null when it is not waited for, or an incident has ended the waiting, which is then there.</returns>
    public async Task<(ProcessOutcome? Outcome, Incident? Incident)> AwaitAsync(CommandRun run, ProcessHandle process)
    {
        if (!run.Arguments.GetValue(_wait))
        {
            return default;
        }

        var fails = run.Arguments.GetValue(_failOnIncident);
        try
        {
            return (await run.WaitAsync(process.Id, token => process.WaitAsync(Tell, token)), null);
        }
        catch (IncidentMetException e)
        {
            return (null, e.Incident);
        }

        void Tell(Incident incident)
        {
            var goesOn = fails ? "" : $" The waiting goes on; see 'owf show {process.Id}'.";
            run.Report.Note($"The process {process.Id} has an incident, {IncidentText.Of(incident)}{goesOn}");
            if (fails)
            {
                throw new IncidentMetException(incident);
            }
        }
    }

    /// <summary>Ends a waiting.</summary>
    private sealed class IncidentMetException(Incident incident) : Exception
    {
        /// <summary>What it has met.</summary>
        public Incident Incident => incident;
    }
}
