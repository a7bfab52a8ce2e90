using System.CommandLine;
using Orleans.Workflows.Cli.Reading;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>
/// The options by which a command waits for something of a process, and says which incidents the waiting meets.
/// </summary>
internal sealed class IncidentWait(string description)
{
    private readonly Option<bool> _wait = new("--wait")
    {
        Description = $"{description}; an incident is told meanwhile",
    };
    private readonly Option<bool> _failOnIncident = new("--fail-on-incident")
    {
        Description = "With --wait: wait no longer when it has an incident",
    };

    /// <summary>Gives the options to a command.</summary>
    public void AddTo(Command command)
    {
        _failOnIncident.Validators.Add(result =>
            Parsed.Check(
                result,
                !result.GetValueOrDefault<bool>() || result.GetValue(_wait),
                "--fail-on-incident goes with --wait."));
        command.Add(_wait);
        command.Add(_failOnIncident);
    }

    /// <summary>Waits for the end, if that is wanted.</summary>
    /// <returns>
    /// How it ended; null when it is not waited for, or an incident has ended the waiting, which is then there.
    /// </returns>
    public Task<(ProcessOutcome? Result, Incident? Incident)> AwaitEndAsync(CommandRun run, ProcessHandle process) =>
        AwaitAsync<ProcessOutcome?>(run, process.Id, async (tell, token) => await process.WaitAsync(tell, token));

    /// <summary>Waits, if that is wanted.</summary>
    /// <typeparam name="T">What comes of it, or null.</typeparam>
    /// <param name="run">The run.</param>
    /// <param name="id">The process.</param>
    /// <param name="wait">The waiting, which tells of incidents.</param>
    /// <returns>
    /// What came of it; nothing when it is not waited for, or an incident has ended the waiting, which is then there.
    /// </returns>
    public async Task<(T? Result, Incident? Incident)> AwaitAsync<T>(
        CommandRun run, ProcessId id, Func<Action<Incident>, CancellationToken, Task<T>> wait)
    {
        if (!run.Arguments.GetValue(_wait))
        {
            return default;
        }

        var fails = run.Arguments.GetValue(_failOnIncident);
        string? told = null;
        try
        {
            return (await run.WaitAsync(id, token => wait(Tell, token)), null);
        }
        catch (IncidentMetException e)
        {
            return (default, e.Incident);
        }

        void Tell(Incident incident)
        {
            if (IncidentText.KeyOf(incident) == told)
            {
                // The waiting has begun anew, because its silo was away.
                return;
            }

            told = IncidentText.KeyOf(incident);
            var goesOn = fails ? "" : $" The waiting goes on; see 'owf show {id}'.";
            run.Report.Note($"The process {id} has an incident, {IncidentText.Of(incident)}{goesOn}");
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
