namespace Orleans.Workflows.Testing;

/// <summary>Crashes a process at every point at which it can crash.</summary>
public static class Sweep
{
    /// <summary>
    /// Runs a process once as it is, and then once for every access to the store and every way in which its silo can be
    /// cut off there: before the access, after it, and after it with the reply lost. Each time another silo takes over.
    /// </summary>
    /// <typeparam name="TProcess">The definition.</typeparam>
    /// <param name="input">Its input.</param>
    /// <param name="expect">
    /// Checks a run after its end, by the assertions of your test framework; <c>null</c> for none of your own.
    /// </param>
    /// <param name="configure">
    /// Says what else the silos need, what happens from outside, and what may differ; <c>null</c> for nothing.
    /// </param>
    /// <param name="cancellationToken">Ends the sweep.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="SweepFailedException">
    /// After a crash a run ended otherwise than without, had other effects, has gaps in its history, or is not as
    /// expected.
    /// </exception>
    /// <exception cref="WorkflowTestException">
    /// A run waits for what neither time nor the script brings: a process is stuck.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The process needs more accesses than <see cref="SweepOptions.MaxAccesses"/>.
    /// </exception>
    /// <remarks>
    /// Time is moved whenever nothing else can happen, so waits of days cost nothing. All runs share the silos and
    /// their services and go on at the same time: what a fake keeps, it keeps by process or idempotency key, as
    /// <see cref="EffectLedger"/> does. A silo that is cut off lives on like a host that has lost its network: what its
    /// step does to the outside world still happens.
    /// </remarks>
    /// <example>
    /// <code>
    /// await Sweep.EveryCrashPointAsync&lt;ChargeOrder&gt;(new Order("o-1", 25), run => Assert.Single(run.Effects));
    /// </code>
    /// </example>
    public static async Task<SweepReport> EveryCrashPointAsync<TProcess>(
        object input,
        Action<SweepRun>? expect = null,
        Action<SweepOptions>? configure = null,
        CancellationToken cancellationToken = default)
        where TProcess : Process
    {
        ArgumentNullException.ThrowIfNull(input);
        var options = new SweepOptions();
        options.Cluster.AddProcess<TProcess>();
        configure?.Invoke(options);
        var sweep = await SweepRunner
            .StartAsync(typeof(TProcess), input, options, cancellationToken)
            .ConfigureAwait(false);
        await using (sweep.ConfigureAwait(false))
        {
            return await sweep.RunAsync(expect ?? (static _ => { }), cancellationToken).ConfigureAwait(false);
        }
    }
}
