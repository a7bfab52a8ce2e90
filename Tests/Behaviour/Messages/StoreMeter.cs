using System.Reflection;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>A store that measures what one process reads and writes.</summary>
public class StoreMeter : DispatchProxy
{
    private readonly Lock _lock = new();
    private IProcessStore _store = null!;
    private StoreUse _use;

    /// <summary>The process that is measured.</summary>
    public ProcessId Process { get; set; }

    /// <summary>Puts a meter before a store.</summary>
    /// <param name="store">The store.</param>
    /// <returns>The store to use; it is the meter too.</returns>
    public static IProcessStore Before(IProcessStore store)
    {
        var meter = Create<IProcessStore, StoreMeter>();
        ((StoreMeter)(object)meter)._store = store;
        return meter;
    }

    /// <summary>What was used since the last time that it was taken.</summary>
    public StoreUse Use
    {
        get
        {
            lock (_lock)
            {
                return _use;
            }
        }
    }

    /// <summary>Says what was used since the last time.</summary>
    /// <returns>The sums.</returns>
    public StoreUse Take()
    {
        lock (_lock)
        {
            var use = _use;
            _use = default;
            return use;
        }
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (args is [ProcessCommit commit, ..] && commit.Row.Id == Process)
        {
            // Before it is stored: from then on everybody can see it, and believe that it is counted.
            Add(new StoreUse(
                Commits: 1,
                Bytes: commit.Row.Checkpoint.Length + commit.History.Sum(static e => e.Text?.Length ?? 0),
                Rows: commit.Marks.Count + commit.Messages.Count + commit.History.Count,
                Read: 0));
        }

        var answer = targetMethod!.Invoke(_store, args);
        return args is [ProcessId id, ..] && id == Process && answer is Task<IReadOnlyList<InboxMessage>> inbox
            ? CountAsync(inbox)
            : answer;
    }

    private async Task<IReadOnlyList<InboxMessage>> CountAsync(Task<IReadOnlyList<InboxMessage>> inbox)
    {
        var messages = await inbox;
        Add(new StoreUse(Commits: 0, Bytes: 0, Rows: 0, messages.Count));
        return messages;
    }

    private void Add(StoreUse use)
    {
        lock (_lock)
        {
            _use = new StoreUse(
                _use.Commits + use.Commits,
                _use.Bytes + use.Bytes,
                _use.Rows + use.Rows,
                _use.Read + use.Read);
        }
    }
}
