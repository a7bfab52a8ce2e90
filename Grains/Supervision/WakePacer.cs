namespace Orleans.Workflows.Grains.Supervision;

/// <summary>Spaces wakes evenly: a token bucket that holds a tenth of a second's worth.</summary>
internal sealed class WakePacer(TimeProvider time)
{
    private double _tokens;
    private long _last;

    /// <summary>Waits until the next wake may be sent.</summary>
    /// <param name="perSecond">How many may be sent per second.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask NextAsync(int perSecond, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.GetTimestamp();
            var elapsed = _last == 0 ? TimeSpan.FromSeconds(1) : time.GetElapsedTime(_last, now);
            _last = now;
            _tokens = Math.Min(Math.Max(1, perSecond / 10.0), _tokens + (elapsed.TotalSeconds * perSecond));
            if (_tokens >= 1)
            {
                _tokens--;
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds((1 - _tokens) / perSecond), time, cancellationToken);
        }
    }
}
