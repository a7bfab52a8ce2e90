using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.StorageTests.GroupCommit;

/// <summary>A test of group commit on a database whose faults are scripted.</summary>
public abstract class WriteGroupTest
{
    /// <summary>Ends with the test.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes a group that backs off for no time worth mentioning, and starts it.</summary>
    private protected static WriteGroup Start(
        FakeDatabase database,
        GroupCommitOptions? options = null,
        IMeterFactory? meters = null,
        TimeProvider? time = null)
    {
        var group = new WriteGroup(
            (options ?? new GroupCommitOptions()) with
            {
                FirstBackOff = TimeSpan.FromTicks(1),
                LongestBackOff = TimeSpan.FromMilliseconds(1),
            },
            database,
            time ?? TimeProvider.System,
            NullLogger.Instance,
            meters);
        group.Start();
        return group;
    }

    /// <summary>Holds the first execution until the source completes, and says when it has begun.</summary>
    private protected static (TaskCompletionSource Begun, TaskCompletionSource GoOn) HoldFirst(FakeDatabase database)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var rest = database.Script;
        database.Script = async (number, items) =>
        {
            if (number == 1)
            {
                begun.SetResult();
                await goOn.Task;
            }

            await rest(number, items);
        };
        return (begun, goOn);
    }

    /// <summary>Starts the commit that inserts a process.</summary>
    private protected static Task<CommitResult> InsertAsync(WriteGroup group, string id) =>
        group.CommitAsync(A.Insert(A.Row(id)), Token);
}
