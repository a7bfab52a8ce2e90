using System.IO.Pipelines;

namespace Orleans.Workflows.ClientSdk.Connecting;

/// <summary>The bytes of a connection, and for how long those that were sent have been without any in return.</summary>
internal sealed class WatchedTransport : IDuplexPipe
{
    private readonly TimeProvider _time;
    private long _sentAt;

    /// <summary>Wraps a transport.</summary>
    public WatchedTransport(IDuplexPipe inner, TimeProvider time)
    {
        _time = time;
        Input = new Reader(inner.Input, this);
        Output = new Writer(inner.Output, this);
    }

    /// <inheritdoc/>
    public PipeReader Input { get; }

    /// <inheritdoc/>
    public PipeWriter Output { get; }

    /// <summary>
    /// How long it is since the first bytes were sent after which none have come. Zero when nothing is outstanding.
    /// </summary>
    public TimeSpan Silence =>
        Volatile.Read(ref _sentAt) is var sentAt and not 0 ? _time.GetElapsedTime(sentAt) : TimeSpan.Zero;

    private void Sent() => Interlocked.CompareExchange(ref _sentAt, _time.GetTimestamp(), 0);

    private void Received() => Volatile.Write(ref _sentAt, 0);

    /// <summary>Notes when bytes come.</summary>
    private sealed class Reader(PipeReader inner, WatchedTransport watched) : PipeReader
    {
        /// <inheritdoc/>
        public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

        /// <inheritdoc/>
        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) =>
            inner.AdvanceTo(consumed, examined);

        /// <inheritdoc/>
        public override void CancelPendingRead() => inner.CancelPendingRead();

        /// <inheritdoc/>
        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        /// <inheritdoc/>
        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            var result = await inner.ReadAsync(cancellationToken).ConfigureAwait(false);
            watched.Received();
            return result;
        }

        /// <inheritdoc/>
        public override bool TryRead(out ReadResult result)
        {
            var read = inner.TryRead(out result);
            if (read)
            {
                watched.Received();
            }

            return read;
        }
    }

    /// <summary>Notes when bytes go.</summary>
    private sealed class Writer(PipeWriter inner, WatchedTransport watched) : PipeWriter
    {
        /// <inheritdoc/>
        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        /// <inheritdoc/>
        public override long UnflushedBytes => inner.UnflushedBytes;

        /// <inheritdoc/>
        public override void Advance(int bytes) => inner.Advance(bytes);

        /// <inheritdoc/>
        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        /// <inheritdoc/>
        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        /// <inheritdoc/>
        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            watched.Sent();
            return inner.FlushAsync(cancellationToken);
        }

        /// <inheritdoc/>
        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        /// <inheritdoc/>
        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);
    }
}
