using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Unit.Engine;

/// <summary>
/// The engine's ids are bounded, differ where what they stand for differs, and are what they always were while they are
/// short.
/// </summary>
public sealed class EngineIdTests
{
    private static readonly ProcessRow Root = Machine.Start().State.Row;

    [Fact]
    public void Ids_OfAShallowTree_AreWhatOlderVersionsMadeOfThem()
    {
        var child = ChildOf(Root, 3, 14);

        child.RunId.ShouldBe("run-1/3.14");
        child.StartRequestId.ShouldBe("run-1/3.14");
        EngineIds.MessageOf('e', child).ShouldBe("e:order-1/3.14:run-1/3.14");
        EngineIds.MessageOf('k', Root).ShouldBe("k:order-1:run-1");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("given-")]
    public void Ids_OfAThousandLevels_AreBoundedAndDiffer(string? given)
    {
        var rows = new List<ProcessRow> { Root };
        for (var level = 0; level < 1_000; level++)
        {
            var child = ChildOf(rows[^1], 0, 0);
            rows.Add(given is null ? child : child with { Id = ProcessId.Parse($"{given}{level}") });
        }

        rows.ShouldAllBe(static row =>
            row.RunId.Length <= EngineIds.MaxRun && row.StartRequestId.Length <= EngineIds.MaxRun + 30);
        rows.ShouldAllBe(static row => row.Id.Value.Length <= ProcessId.MaxLength);
        rows.Select(static row => row.Id).ShouldBeUnique();
        rows.Select(static row => row.RunId).ShouldBeUnique();
        foreach (var kind in "ekn")
        {
            var messages = rows.ConvertAll(row => EngineIds.MessageOf(kind, row));
            messages.ShouldAllBe(static id => id.Length <= EngineIds.MaxMessage);
            messages.ShouldBeUnique();
        }
    }

    [Fact]
    public void Siblings_DeepDown_DifferByTheirPlace()
    {
        var parent = Enumerable.Range(0, 400).Aggregate(Root, static (row, _) => ChildOf(row, 2, 3));
        var places = new[] { (0, 0), (0, 1), (1, 0), (10, 1), (1, 10) }
            .Select(place => ChildOf(parent, place.Item1, place.Item2))
            .ToList();

        places.Select(static row => row.Id).ShouldBeUnique();
        places.Select(static row => row.RunId).ShouldBeUnique();
        places.Select(static row => EngineIds.MessageOf('e', row)).ShouldBeUnique();
    }

    [Fact]
    public void Child_OfALongRunThatAnOlderVersionStored_HasTheStartRequestOfThatVersion()
    {
        var old = Root with { RunId = string.Concat(Enumerable.Repeat("0.0/", 300)) + "0.0" };

        EngineIds
            .StartOf(old, 1, 2)
            .ShouldBe(
                $"{old.RunId}/1.2",
                "a child that is stored again by a step that was begun before the upgrade is the same start");
        EngineIds.RunOf(old, 1, 2).Length.ShouldBeLessThanOrEqualTo(EngineIds.MaxRun);
    }

    [Fact]
    public void Pause_OfATree_HasOneIdAllTheWayDown()
    {
        EngineIds.PassedOn("c:1").ShouldBe("t:c:1");
        EngineIds.PassedOn("t:c:1").ShouldBe("t:c:1");
    }

    private static ProcessRow ChildOf(ProcessRow parent, int step, int index) => parent with
    {
        Id = parent.Id.Child(step, index),
        RunId = EngineIds.RunOf(parent, step, index),
        StartRequestId = EngineIds.StartOf(parent, step, index),
    };
}
