using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.StorageTests.GroupCommit;

/// <summary>Every caller learns the truth, whatever the database does.</summary>
public sealed class FaultTests : WriteGroupTest
{
    [Fact]
    public async Task Refusal_IsBisectedDownToTheGuilty()
    {
        var guilty = ProcessId.Parse("p077");
        var database = new FakeDatabase
        {
            Script = (_, items) => Throw(WriteFault.Refused, when: items.Any(i => i.Id == guilty)),
        };
        var (begun, goOn) = HoldFirst(database);
        await using var group = Start(database);
        var first = InsertAsync(group, "first");
        await begun.Task;
        var tasks = Enumerable.Range(0, 128).Select(i => InsertAsync(group, $"p{i:000}")).ToList();

        goOn.SetResult();
        var results = await Task.WhenAll(tasks);

        (await first).Status.ShouldBe(CommitStatus.Done);
        results[77]
            .ShouldSatisfyAllConditions(
                r => r.Status.ShouldBe(CommitStatus.Rejected),
                r => r.Reason.ShouldBe("scripted Refused"));
        results.Where(static (_, i) => i != 77).ShouldAllBe(static r => r.Status == CommitStatus.Done);
        database.Tried.Count.ShouldBe(1 + 1 + (2 * 7));
    }

    [Fact]
    public async Task UnclearFault_OfOneItem_IsBisected_AndTheItemIsRefused()
    {
        var guilty = ProcessId.Parse("p077");
        var database = new FakeDatabase
        {
            Script = (_, items) => Throw(WriteFault.Unclear, when: items.Any(i => i.Id == guilty)),
        };
        var (begun, goOn) = HoldFirst(database);
        await using var group = Start(database);
        var first = InsertAsync(group, "first");
        await begun.Task;
        var tasks = Enumerable.Range(0, 128).Select(i => InsertAsync(group, $"p{i:000}")).ToList();

        goOn.SetResult();
        var results = await Task.WhenAll(tasks);

        (await first).Status.ShouldBe(CommitStatus.Done);
        results[77]
            .ShouldSatisfyAllConditions(
                r => r.Status.ShouldBe(CommitStatus.Rejected),
                r => r.Reason.ShouldBe("scripted Unclear"));
        results.Where(static (_, i) => i != 77).ShouldAllBe(static r => r.Status == CommitStatus.Done);
        database.Tried.Count.ShouldBe(1 + 1 + (2 * 7) + 1, "tried once more behind the others");
        database.Opened.ShouldBe(1);
    }

    [Fact]
    public async Task UnclearFault_OfEverything_IsUnavailable_AndNothingIsRefused()
    {
        var database = new FakeDatabase
        {
            Script = static (number, _) => Throw(WriteFault.Unclear, when: number is > 1 and < 9),
        };
        var (begun, goOn) = HoldFirst(database);
        await using var group = Start(database);
        var first = InsertAsync(group, "first");
        await begun.Task;
        var tasks = ((string[])["a", "b", "c", "d"]).Select(id => InsertAsync(group, id)).ToList();

        goOn.SetResult();

        (await Task.WhenAll(tasks)).ShouldAllBe(static r => r.Status == CommitStatus.Unavailable);
        (await first).Status.ShouldBe(CommitStatus.Done);
        database.Tried.Count.ShouldBe(1 + 7);
        (await InsertAsync(group, "a")).Status.ShouldBe(CommitStatus.Done);
    }

    [Fact]
    public async Task UnclearFault_ThatPasses_RefusesNothing()
    {
        var guilty = ProcessId.Parse("b");
        var database = new FakeDatabase
        {
            Script = (number, items) =>
                Throw(WriteFault.Unclear, when: number is > 1 and < 5 && items.Any(i => i.Id == guilty)),
        };
        var (begun, goOn) = HoldFirst(database);
        await using var group = Start(database);
        var first = InsertAsync(group, "first");
        await begun.Task;
        var tasks = ((string[])["a", "b"]).Select(id => InsertAsync(group, id)).ToList();

        goOn.SetResult();

        (await Task.WhenAll(tasks.Prepend(first))).ShouldAllBe(static r => r.Status == CommitStatus.Done);
        database.Tried.ShouldBe([["first"], ["a", "b"], ["a"], ["b"], ["b"]]);
    }

    [Fact]
    public async Task UnclearFault_OfAnItemThatIsAlwaysAlone_IsItsOwn_WhenItsLikeIsWrittenAllTheWhile()
    {
        var guilty = ProcessId.Parse("bad");
        var database = new FakeDatabase
        {
            Script = (_, items) => Throw(WriteFault.Unclear, when: items.Any(i => i.Id == guilty)),
        };
        await using var group = Start(database);

        for (var between = 0; between < UnclearItems.Enough; between++)
        {
            (await InsertAsync(group, "bad")).Status.ShouldBe(CommitStatus.Unavailable, $"{between} others in between");
            (await InsertAsync(group, $"good-{between}")).Status.ShouldBe(CommitStatus.Done);
        }

        (await InsertAsync(group, "bad")).Status.ShouldBe(CommitStatus.Rejected);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UnclearFault_OfTheOnlyItem_IsItsOwn_WhenTheDatabaseTakesItsLike(bool isServerSound)
    {
        var asked = 0;
        var database = new FakeDatabase
        {
            Script = static (_, _) => Throw(WriteFault.Unclear),
            TakesTheLike = touches =>
            {
                touches.ShouldBe(Touched.NewRow);
                asked++;
                return isServerSound ? true : throw new FakeFaultException(WriteFault.Unclear);
            },
        };
        await using var group = Start(database);

        var results = new List<CommitStatus>();
        for (var time = 0; time <= UnclearItems.Enough; time++)
        {
            results.Add((await InsertAsync(group, "bad")).Status);
        }

        results.SkipLast(1).ShouldAllBe(static status => status == CommitStatus.Unavailable);
        results[^1].ShouldBe(isServerSound ? CommitStatus.Rejected : CommitStatus.Unavailable);
        asked.ShouldBe(UnclearItems.Enough, "not at the first failure");
    }

    [Fact]
    public async Task UnclearFault_WhileNothingOfTheKindIsWritten_RefusesNothing()
    {
        var database = new FakeDatabase
        {
            Script = static (_, items) => Throw(WriteFault.Unclear, when: items.Any(static i => i is SendItem)),
        };
        await using var group = Start(database);

        for (var between = 0; between < UnclearItems.Enough * 3; between++)
        {
            await Should.ThrowAsync<StoreUnavailableException>(
                () => group.SendAsync(A.Signal(ProcessId.Parse("bad"), "m-1"), Token));
            (await InsertAsync(group, $"good-{between}")).Status.ShouldBe(CommitStatus.Done, "it has no message");
        }
    }

    [Fact]
    public async Task UnclearFault_OfAnItemInDoubt_IsToldOnlyWhenItIsKnown()
    {
        var guilty = ProcessId.Parse("b");
        var database = new FakeDatabase
        {
            Script = (number, items) => number switch
            {
                2 => Task.FromException(new FakeFaultException(WriteFault.Lost, applied: true)),
                < 9 => Throw(WriteFault.Unclear, when: items.Any(i => i.Id == guilty)),
                _ => Task.CompletedTask,
            },
        };
        var (begun, goOn) = HoldFirst(database);
        await using var group = Start(database);
        var first = InsertAsync(group, "first");
        await begun.Task;
        var tasks = ((string[])["a", "b"]).Select(id => InsertAsync(group, id)).ToList();

        goOn.SetResult();

        (await Task.WhenAll(tasks.Prepend(first))).ShouldAllBe(static r => r.Status == CommitStatus.Done);
    }

    [Fact]
    public async Task Refusal_OfAMessage_IsToldAsSuch()
    {
        var database = new FakeDatabase { Script = static (_, _) => Throw(WriteFault.Refused) };
        await using var group = Start(database);

        var error = await Should.ThrowAsync<WorkflowException>(() =>
            group.SendAsync(A.Signal(ProcessId.Parse("p"), "m-1"), Token));

        error.ShouldNotBeOfType<StoreUnavailableException>();
        error.Message.ShouldContain("m-1");
    }

    [Fact]
    public async Task TransientError_TheSameBatchIsTriedAgain()
    {
        var database = new FakeDatabase
        {
            Script = static (number, _) => Throw(WriteFault.Transient, when: number is > 1 and < 5),
        };
        var (begun, goOn) = HoldFirst(database);
        await using var group = Start(database);
        var first = InsertAsync(group, "first");
        await begun.Task;
        var tasks = ((string[])["a", "b"]).Select(id => InsertAsync(group, id)).ToList();

        goOn.SetResult();

        (await Task.WhenAll(tasks.Prepend(first))).ShouldAllBe(static r => r.Status == CommitStatus.Done);
        database.Tried.Skip(1).ShouldAllBe(static b => b.Length == 2);
        database.Tried.Count.ShouldBe(5);
        database.Opened.ShouldBe(1);
    }

    [Fact]
    public async Task TransientError_WithoutEnd_IsUnavailable()
    {
        var database = new FakeDatabase { Script = static (_, _) => Throw(WriteFault.Transient) };
        await using var group = Start(database, new GroupCommitOptions { MaxRetries = 3 });

        var result = await InsertAsync(group, "p");

        result.Status.ShouldBe(CommitStatus.Unavailable);
        database.Tried.Count.ShouldBe(4);
        database.Rows.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ConnectionLostDuringTheCommit_IsJudgedByTheOperation(bool applied)
    {
        var live = ProcessId.Parse("live");
        var database = new FakeDatabase
        {
            Script = (number, _) =>
                number == 2
                    ? Task.FromException(new FakeFaultException(WriteFault.Lost, applied))
                    : Task.CompletedTask,
        };
        database.Rows[live] = (5, Guid.CreateVersion7());
        var (begun, goOn) = HoldFirst(database);
        await using var group = Start(database);
        var first = InsertAsync(group, "first");
        await begun.Task;
        var insert = InsertAsync(group, "new");
        var conflict = group.CommitAsync(A.Step(A.Row("live")), Token);
        var step = group.CommitAsync(A.Step(A.Row("live") with { Version = 5 }), Token);

        goOn.SetResult();

        (await first).Status.ShouldBe(CommitStatus.Done);
        (await insert).Status.ShouldBe(CommitStatus.Done);
        (await conflict).Status.ShouldBe(CommitStatus.Conflict);
        (await step).Status.ShouldBe(CommitStatus.Done);
        database.Rows[live].Version.ShouldBe(6);
        database.Opened.ShouldBe(2);
        database.Tried.ShouldBe([["first"], ["live", "new"], ["live", "new"], ["live"]]);
    }

    [Fact]
    public async Task OutcomeUnknown_WhileTheDatabaseIsAway_IsToldOnlyWhenItIsBack()
    {
        var openings = 0;
        var database = new FakeDatabase
        {
            Script = static (number, _) =>
                number == 1
                    ? Task.FromException(new FakeFaultException(WriteFault.Lost, applied: true))
                    : Task.CompletedTask,
        };
        database.Opening = () =>
        {
            if (++openings is > 1 and < 30)
            {
                throw new FakeFaultException(WriteFault.Lost);
            }
        };
        await using var group = Start(database, new GroupCommitOptions { MaxRetries = 3 });

        (await InsertAsync(group, "p")).Status.ShouldBe(CommitStatus.Done);

        openings.ShouldBe(30);
    }

    [Fact]
    public async Task DatabaseAway_CallersAreTold_AndLaterWorkGoesOn()
    {
        var away = true;
        var database = new FakeDatabase();
        database.Opening = () =>
        {
            if (away)
            {
                throw new FakeFaultException(WriteFault.Lost);
            }
        };
        await using var group = Start(database, new GroupCommitOptions { MaxRetries = 2 });

        (await InsertAsync(group, "p")).Status.ShouldBe(CommitStatus.Unavailable);
        var error = await Should.ThrowAsync<StoreUnavailableException>(() =>
            group.SendAsync(A.Signal(ProcessId.Parse("p"), "m-1"), Token));
        away = false;

        error.Message.ShouldContain("m-1");
        (await InsertAsync(group, "p")).Status.ShouldBe(CommitStatus.Done);
    }

    [Fact]
    public async Task FaultOfOpening_IsNeverHeldAgainstTheItem()
    {
        var database = new FakeDatabase { Opening = static () => throw new InvalidOperationException("no driver") };
        await using var group = Start(database, new GroupCommitOptions { MaxRetries = 1 });

        (await InsertAsync(group, "p")).Status.ShouldBe(CommitStatus.Unavailable);
    }

    [Fact]
    public async Task NoRoom_CallersAreToldAtOnce_AndLaterWorkGoesOn()
    {
        var database = new FakeDatabase { Script = static (number, _) => Throw(WriteFault.NoRoom, when: number == 1) };
        await using var group = Start(database);

        (await InsertAsync(group, "p")).ShouldSatisfyAllConditions(
            r => r.Status.ShouldBe(CommitStatus.Unavailable), r => r.Reason.ShouldBe("scripted NoRoom"));

        database.Rows.ShouldBeEmpty();
        (await InsertAsync(group, "p")).Status.ShouldBe(CommitStatus.Done);
    }

    private static Task Throw(WriteFault fault, bool when = true) =>
        when ? Task.FromException(new FakeFaultException(fault)) : Task.CompletedTask;
}
