using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.StorageTests.GroupCommit;

public sealed class QueueTests
{
    [Fact]
    public void Take_SteadyFlowOfMessages_LetsABigCommitPass()
    {
        using var queue = new WriteQueue(new GroupCommitOptions { MaxBatchBytes = 1_000 }, writers: 1);
        queue.Add(new CommitItem(A.Insert(A.Row("big") with { Input = new byte[2_000] })));

        for (var batch = 0; batch < 2; batch++)
        {
            queue.Add(new SendItem(A.Signal(A.Row($"p{batch}").Id, "m")));
            var taken = queue.Take();
            queue.Release(taken);
            if (taken.Exists(static item => item is CommitItem))
            {
                return;
            }
        }

        Assert.Fail("Messages go first, but a commit must be in the second batch at the latest.");
    }

    [Fact]
    public void Take_MoreMessagesThanABatchHolds_LetsCommitsPass()
    {
        using var queue = new WriteQueue(new GroupCommitOptions { MaxBatchItems = 4 }, writers: 1);
        Enumerable.Range(0, 20).ToList().ForEach(i => queue.Add(new SendItem(A.Signal(A.Row($"p{i}").Id, "m"))));
        queue.Add(new CommitItem(A.Insert(A.Row("commit"))));

        var batches = Enumerable.Range(0, 2).SelectMany(_ => queue.Take()).ToList();

        batches.ShouldContain(static item => item is CommitItem);
        batches.Count.ShouldBe(8);
    }

    [Fact]
    public void Ping_WhileAPurgeRuns_IsTaken()
    {
        using var queue = new WriteQueue(new GroupCommitOptions(), writers: 2);
        queue.Add(new PurgeItem(A.Noon, 10));
        queue.Take().ShouldHaveSingleItem().ShouldBeOfType<PurgeItem>();

        queue.Add(new PingItem(A.Noon));

        queue.Take().ShouldHaveSingleItem().ShouldBeOfType<PingItem>();
    }
}
