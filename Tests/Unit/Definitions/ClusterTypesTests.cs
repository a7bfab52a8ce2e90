using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Engine;
using Orleans.Workflows.Grains.Running;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Unit.Definitions;

public sealed class ClusterTypesTests
{
    private const string Hr = """{"types":{"hr/hire":1,"hr/pay":2},"format":3}""";
    private const string Orders = """{"types":{"orders/fulfil":1},"format":3}""";

    private static readonly NeededType Fulfil = new("orders/fulfil", 1);

    private readonly FakeCluster _cluster = new();

    private ClusterTypes Types => _cluster.Types;

    [Fact]
    public void Announcement_IsTheSameForTheSameTypes_AndIsReadBack()
    {
        var text = AnnouncedTypes.Write(new DefinitionRegistry([OutlineWalk.Sound(typeof(Ship))]));

        var read = AnnouncedTypes.Read(text);

        read.Format.ShouldBe(Checkpoint.CurrentFormat);
        read.Versions.ShouldHaveSingleItem().Value.ShouldBe(1);
        read.Kinds.Count.ShouldBe(MessageKinds.Known.Count);
        AnnouncedTypes
            .Read("""{"types":{"a\"\n@b":7},"format":3,"later":[1]}""")
            .Versions["a\"\n@b"]
            .ShouldBe(7, "names can have anything, and a later release may say more");
    }

    [Theory]
    [InlineData(null, MessageKind.EditInput, null)]
    [InlineData("""{"types":{},"format":4}""", MessageKind.EditInput, null)]
    [InlineData("""{"types":{},"format":3}""", MessageKind.EditInput, "silo-1001")]
    [InlineData("""{"types":{},"format":4,"kinds":[1,2,4]}""", MessageKind.Pause, null)]
    [InlineData("""{"types":{},"format":4,"kinds":[1,2,4]}""", MessageKind.Play, "silo-1001")]
    [InlineData("""{"types":{},"format":4}""", MessageKind.Drop, "silo-1001")]
    [InlineData("""{"types":{},"format":4}""", (MessageKind)99, "silo-1001")]
    public void WhoDoesNotKnow_NamesASiloThatWouldNotKnowWhatToDo(string? text, MessageKind kind, string? silo)
    {
        var here = AnnouncedTypes.Write(new DefinitionRegistry([])).Replace("[1,", "[99,1,", StringComparison.Ordinal);
        _cluster.Has(0, here).Has(1, text);

        Types.WhoDoesNotKnow(kind).ShouldBe(silo);
    }

    [Theory]
    [InlineData("hr/hire", 1, 3, true)]
    [InlineData("hr/hire", 0, 0, true)]
    [InlineData("hr/pay", 2, 3, true)]
    [InlineData("hr/pay", 3, 3, false)]
    [InlineData("hr/hire", 1, 4, false)]
    [InlineData("HR/hire", 1, 3, false)]
    public void Find_LooksAtTypeVersionAndFormat(string type, int version, int format, bool found)
    {
        _cluster.Has(0, Hr).Has(1, Orders);

        (Types.Find(new NeededType(type, version), format) is not null).ShouldBe(found);
    }

    [Fact]
    public void Uniform_WhileAllActiveSilosSayTheSame_AndAllHaveBeenAsked()
    {
        _cluster.Has(0, Hr).Has(1, Hr);
        Types.IsUniform.ShouldBeTrue();
        var epoch = Types.Epoch;

        Types.IsUniform.ShouldBeTrue();
        _cluster.Has(2, Hr, isAsked: false);
        Types.IsUniform.ShouldBeFalse("it may have other types");
        _cluster.Has(2, Hr);
        Types.IsUniform.ShouldBeTrue();
        _cluster.Loses(1);
        Types.Epoch.ShouldBe(epoch, "silos that are all alike come and go without it");

        _cluster.Has(3, Orders);
        Types.IsUniform.ShouldBeFalse();
        Types.Epoch.ShouldNotBe(epoch);
    }

    [Fact]
    public void Epoch_OfUnlikeSilos_ChangesWhenOneComesBack()
    {
        _cluster.Has(0, Hr).Has(1, Orders);
        var before = Types.Epoch;
        _cluster.Loses(1);
        var without = Types.Epoch;
        _cluster.Has(1, Orders);

        without.ShouldNotBe(before);
        Types.Epoch.ShouldNotBe(without);
    }

    [Fact]
    public void Missing_CountsOnlyWhileNoLiveSiloHasIt()
    {
        _cluster.Has(0, Hr).Has(1, Orders);
        Types.MissingFor(Fulfil).ShouldBeNull();
        _cluster.Loses(1);
        Types.MissingFor(Fulfil).ShouldBe(TimeSpan.Zero);
        _cluster.Time.Advance(TimeSpan.FromMinutes(7));
        Types.MissingFor(Fulfil).ShouldBe(TimeSpan.FromMinutes(7));

        // It comes back and goes again, and nobody asks for the type meanwhile.
        _cluster.Has(1, Orders);
        Types.IsUniform.ShouldBeFalse();
        _cluster.Loses(1);

        _cluster.Time.Advance(TimeSpan.FromMinutes(4));
        Types.MissingFor(Fulfil).ShouldBe(TimeSpan.Zero, "the time begins anew");
    }

    [Fact]
    public void Missing_WhileASiloHasNotBeenAsked_IsNotKnown()
    {
        _cluster.Has(0, Hr).Has(1, Orders, isAsked: false);

        Types.MissingFor(Fulfil).ShouldBeNull();
        Types
            .IsInVain(Fulfil, TimeSpan.FromMinutes(10))
            .ShouldBeTrue("a wake before it has answered would only be in the way of the next one");
        _cluster.Has(1, Orders);
        Types.IsInVain(Fulfil, TimeSpan.FromMinutes(10)).ShouldBeFalse();
    }

    [Fact]
    public void Wake_OfWhatNobodyCanRun_IsInVainUntilItIsAnIncident()
    {
        _cluster.Has(0, Hr);

        Types.IsInVain(Fulfil, TimeSpan.FromMinutes(10)).ShouldBeTrue();
        _cluster.Time.Advance(TimeSpan.FromMinutes(10));
        Types.IsInVain(Fulfil, TimeSpan.FromMinutes(10)).ShouldBeFalse();
    }

    [Fact]
    public void SiloThatSaysNothing_IsTakenWhenNoOtherHasIt()
    {
        _cluster.Has(0, Hr).Has(1, text: null);

        Types.Find(Fulfil).ShouldBe(FakeCluster.Address(1));
        Types.MissingFor(Fulfil).ShouldBeNull();
        Enumerable
            .Range(0, 20)
            .Select(_ => Types.Find(new NeededType("hr/hire", 1)))
            .Distinct()
            .ShouldBe([FakeCluster.Address(0)]);
        Types.Names.ShouldBe(["hr/hire", "hr/pay"]);
    }

    [Fact]
    public async Task Start_OfATypeThatAnotherSiloHas_IsSentThere()
    {
        _cluster.Has(0, Hr).Has(1, Orders);

        var reply = await StartChecks.UnknownAsync("orders/fulfil", Types);

        (reply.Status, reply.Elsewhere).ShouldBe((StartStatus.Unavailable, true));
        _cluster.Refreshes.ShouldBe(0);
    }

    [Fact]
    public async Task Start_OfATypeThatNobodyHas_IsRefusedAfterALookIntoTheMembership()
    {
        _cluster.Has(0, Hr);
        var unknown = await StartChecks.UnknownAsync("orders/fulfil", Types);
        await StartChecks.UnknownAsync("orders/fulfil", Types);

        unknown.Status.ShouldBe(StartStatus.UnknownType);
        unknown.Faults.ShouldBe([
            "No live silo has the process type 'orders/fulfil'; the cluster has hr/hire, hr/pay.",
        ]);
        _cluster.Refreshes.ShouldBe(1, "one look a second");
    }

    [Fact]
    public async Task Start_OfATypeWhoseSiloHasJustBecomeActive_FindsItByTheLook()
    {
        _cluster.Has(0, Hr);
        _cluster.OnRefresh = () => _cluster.Has(1, Orders);

        (await StartChecks.UnknownAsync("orders/fulfil", Types)).Elsewhere.ShouldBeTrue();
    }

    [Theory]
    [InlineData(SiloStatus.Active, "A silo has just become a member, and has not said yet what it can run.")]
    [InlineData(SiloStatus.Joining, "A silo joins, and may have it.")]
    public async Task Start_WhileASiloIsNotKnownYet_IsToBeMadeAgain(SiloStatus status, string why)
    {
        _cluster.Has(0, Hr).Has(1, Orders, status, isAsked: false);

        var reply = await StartChecks.UnknownAsync("orders/fulfil", Types);

        (reply.Status, reply.Elsewhere).ShouldBe((StartStatus.Unavailable, false));
        reply.Faults.ShouldHaveSingleItem().ShouldEndWith(why);
    }

    [Process("ship")]
    private sealed class Ship : Chain
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(A);
    }
}
