using Microsoft.Extensions.Logging;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Supervision;

/// <summary>
/// Ends what dead silos have left open in the database, once each. A silo that froze in the midst of a transaction
/// keeps rows locked, its own and those of processes that it was about to start, until it goes on or the server gives
/// it up.
/// </summary>
/// <param name="store">Ends the sessions.</param>
/// <param name="membership">Knows which silos are dead.</param>
/// <param name="logger">Gets a line when sessions were ended, and one when this silo may not.</param>
internal sealed partial class DeadSessions(
    IProcessStore store,
    IClusterMembershipService membership,
    ILogger<DeadSessions> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);
    private readonly ILogger _logger = logger;
    private bool _refused;

    /// <summary>Ends the sessions of all silos that are declared dead, and of owners that nobody knows.</summary>
    /// <returns>Completes when they are ended, or cannot be: what follows works without it, only later.</returns>
    public async Task EndAsync(IReadOnlyCollection<string> owners, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var isFresh = await IsFreshAsync(owners, cancellationToken);
            var members = membership.CurrentSnapshot.Members.Values;
            var gone = members
                .Where(static member => member.Status == SiloStatus.Dead)
                .Select(static member => member.SiloAddress.ToParsableString())
                .Concat(owners.Where(IsGone))
                .Where(owner => !_ended.Contains(owner))
                .ToHashSet(StringComparer.Ordinal);
            if (gone.Count > 0)
            {
                var sessions = await store.EndSessionsAsync(gone, cancellationToken);
                _ended.UnionWith(gone);
                _refused = false;
                if (sessions > 0)
                {
                    LogEnded(sessions, string.Join(", ", gone));
                }
            }

            bool IsGone(string owner) => Members.StatusOf(membership, owner) is var status
                && (status == SiloStatus.Dead || (isFresh && status == SiloStatus.None));
        }
        catch (Exception e) when (e is not OperationCanceledException && !_refused)
        {
            _refused = true;
            LogRefused(e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // It was said, and the next pass tries again.
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Sees to it that a silo which is unknown is gone, and has not joined since the last look.</summary>
    private async Task<bool> IsFreshAsync(IReadOnlyCollection<string> owners, CancellationToken cancellationToken)
    {
        if (!owners.Any(owner => !_ended.Contains(owner) && Members.StatusOf(membership, owner) == SiloStatus.None))
        {
            return true;
        }

        try
        {
            await membership.Refresh(cancellationToken: cancellationToken);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A connection of Orleans' own that died with the server, for example: the next pass asks again.
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    [LoggerMessage(
        400023,
        LogLevel.Information,
        "{Sessions} sessions of dead silos were ended in the database: {Silos}."
    )]
    private partial void LogEnded(int sessions, string silos);

    [LoggerMessage(
        400024,
        LogLevel.Warning,
        "The sessions of dead silos cannot be ended in the database: what such a silo has locked waits until it goes "
        + "on, or the server gives it up. See docs/operations/postgresql.md. It is tried again with each pass, and not "
        + "said again."
    )]
    private partial void LogRefused(Exception exception);
}
