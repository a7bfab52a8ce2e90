using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;
using Microsoft.Win32.SafeHandles;

namespace Orleans.Workflows.CrashHost.Processes;

/// <summary>
/// What steps did, outside the engine's database: a file that only grows, one synced write per line of
/// '{key} {attempt} {step} {begin|end} {milliseconds since 1970}', by a clock that no test shifts.
/// Several hosts may write the same file. A thread of its own writes, so that steps wait without holding a thread.
/// </summary>
public sealed class Ledger : IDisposable
{
    private readonly Channel<(byte[] Line, TaskCompletionSource Written)> _lines = Channel.CreateUnbounded<(
        byte[] Line,
        TaskCompletionSource Written
    )>(new UnboundedChannelOptions { SingleReader = true });

    // Linux: O_WRONLY | O_CREAT | O_APPEND | O_DSYNC.
    private const int AppendSynced = 0x1 | 0x40 | 0x400 | 0x1000;
    private const int OwnerWrites = 0x1A4;

    private readonly SafeFileHandle _file;
    private readonly Task _writer;

    /// <summary>Opens the ledger.</summary>
    /// <param name="path">The file; made if it is missing.</param>
    public Ledger(string path)
    {
        // The kernel itself has to append: a stream remembers where the end was, and would write over what other hosts
        // wrote meanwhile.
        var file = Open(path, AppendSynced, OwnerWrites);
        _file =
            file >= 0
                ? new SafeFileHandle(file, ownsHandle: true)
                : throw new IOException($"{path} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        _writer = Task.Factory.StartNew(
            Write,
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
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
        var line = Encoding.ASCII.GetBytes(
            $"{step.IdempotencyKey} {step.Attempt} {step.Position} {phase} "
            + $"{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}\n");
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _lines.Writer.TryWrite((line, written))
            ? written.Task
            : throw new ObjectDisposedException(nameof(Ledger));
    }

    [DllImport(
        "libc",
        EntryPoint = "open",
        CharSet = CharSet.Ansi,
        BestFitMapping = false,
        ThrowOnUnmappableChar = true,
        SetLastError = true
    )]
    private static extern int Open(string path, int flags, int mode);

    private void Write()
    {
        while (_lines.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_lines.Reader.TryRead(out var next))
            {
                RandomAccess.Write(_file, next.Line, fileOffset: 0);
                next.Written.SetResult();
            }
        }
    }
}
