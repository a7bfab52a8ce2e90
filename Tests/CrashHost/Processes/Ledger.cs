using System.Text;
using System.Threading.Channels;
using Orleans.Workflows.Grains;

namespace Orleans.Workflows.CrashHost.Processes;

/// <summary>
/// What steps did, outside the engine's database: a file that only grows, one synced write per line of '{key} {attempt} {step} {begin|end}'.
/// A thread of its own writes, so that steps wait without holding a thread.
/// </summary>
public sealed class Ledger : IDisposable
{
    private readonly Channel<(byte[] Line, TaskCompletionSource Written)> _lines =
        Channel.CreateUnbounded<(byte[] Line, TaskCompletionSource Written)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly FileStream _file;
    private readonly Task _writer;

    /// <summary>Opens the ledger.</summary>
    /// <param name="path">The file; made if it is missing.</param>
    public Ledger(string path)
    {
        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0, FileOptions.WriteThrough);
        _writer = Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Notes that an attempt began.</summary>
    /// <param name="step">The attempt.</param>
    /// <returns>Completes when the line is on the disk.</returns>
    public Task BeginAsync(StepContext step) => AppendAsync(step, "begin");

    /// <summary>Notes that an attempt did what it had to do.</summary>
    /// <param name="step">The attempt.</param>
    /// <returns>Completes when the line is on the disk.</returns>
    public Task EndAsync(StepContext step) => AppendAsync(step, "end");

    /// <inheritdoc/>
    public void Dispose()
    {
        _lines.Writer.TryComplete();
        _writer.Wait();
        _file.Dispose();
    }

    private Task AppendAsync(StepContext step, string phase)
    {
        ArgumentNullException.ThrowIfNull(step);
        var line = Encoding.ASCII.GetBytes($"{step.IdempotencyKey} {step.Attempt} {step.Position} {phase}\n");
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _lines.Writer.TryWrite((line, written)) ? written.Task : throw new ObjectDisposedException(nameof(Ledger));
    }

    private void Write()
    {
        while (_lines.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_lines.Reader.TryRead(out var next))
            {
                _file.Write(next.Line);
                next.Written.SetResult();
            }
        }
    }
}
