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
    /// <summary>Waits for something of a process, as long as it takes.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <exception cref="WaitInterruptedException">The run was interrupted.</exception>
    public async Task<T> WaitAsync<T>(ProcessId id, Func<CancellationToken, Task<T>> wait)
    {
        try
        {
            return await wait(CancellationToken);
        }
        catch (OperationCanceledException) when (CancellationToken.IsCancellationRequested)
        {
            throw new WaitInterruptedException(id, CancellationToken);
        }
    }
}
