using System.CommandLine;
using Orleans.Workflows.Cli.Writing;

namespace Orleans.Workflows.Cli.Commands;

/// <summary>What a command has for one run.</summary>
/// <param name="Arguments">What was given.</param>
/// <param name="Processes">The cluster.</param>
/// <param name="Report">The place for the answer.</param>
/// <param name="Input">Standard input.</param>
/// <param name="CancellationToken">Interrupts the run.</param>
internal sealed record CommandRun(
    ParseResult Arguments, IProcessClient Processes, Report Report, Stream Input, CancellationToken CancellationToken)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Waits for something of a process, as long as it takes: also while the silo is away by which it waits.
    /// </summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <exception cref="WaitInterruptedException">The run was interrupted.</exception>
    public async Task<T> WaitAsync<T>(ProcessId id, Func<CancellationToken, Task<T>> wait)
    {
        for (var isTold = false; ; isTold = true)
        {
            try
            {
                return await wait(CancellationToken);
            }
            catch (OperationCanceledException) when (CancellationToken.IsCancellationRequested)
            {
                throw new WaitInterruptedException(id, CancellationToken);
            }
            catch (WorkflowUnavailableException e)
            {
                // Of the wait: what it is about is stored, and waits for nobody.
                if (!isTold)
                {
                    Report.Note($"{e.Message} The waiting goes on.");
                }

                await Task.Delay(Pause, TimeProvider.System, CancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
