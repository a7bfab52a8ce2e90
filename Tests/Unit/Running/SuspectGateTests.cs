using Microsoft.Extensions.Time.Testing;
using Orleans.Workflows.Grains.Running;

namespace Orleans.Workflows.Unit.Running;

public sealed class SuspectGateTests
{
    private const string Step = "orders/fulfil Pack";

    private readonly FakeTimeProvider _time = new();
    private readonly SuspectGate _gate;

    public SuspectGateTests() => _gate = new SuspectGate(_time);

    [Fact]
    public void First_IsAlone_AndEachThatLeavesAliveMakesRoomForOneMore()
    {
        var all = Enter(20);
        var rounds = new List<int>();
        for (var inside = Inside(all); inside.Count > 0; inside = Inside(all))
        {
            rounds.Add(inside.Count);
            inside.ForEach(entered => Of(entered).IsAlone.ShouldBe(rounds.Count == 1));
            all.RemoveAll(inside.Contains);
            inside.ForEach(static entered => Of(entered).Leave(alive: true));
        }

        rounds.ShouldBe([1, 2, 4, 8, 5], "twenty steps of 4 s take 20 s, not 80");
    }

    [Fact]
    public void Places_AreBounded()
    {
        var all = Enter(1_000);
        var most = 0;
        for (var inside = Inside(all); inside.Count > 0; inside = Inside(all))
        {
            most = Math.Max(most, inside.Count);
            all.RemoveAll(inside.Contains);
            inside.ForEach(static entered => Of(entered).Leave(alive: true));
        }

        most.ShouldBe(SuspectGate.MostPlaces);
    }

    [Fact]
    public void Survivor_OfHalfAMinute_LeavesAndMakesRoom()
    {
        var all = Enter(4);
        Of(all[0]).Begin(() => Of(all[0]).Leave(alive: true));

        _time.Advance(SuspectGate.Survival - TimeSpan.FromSeconds(1));
        Inside(all).Count.ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(1));

        Inside(all).Count.ShouldBe(3);
        Of(all[0]).Leave(alive: true);
        Inside(all).Count.ShouldBe(3, "it has left already");
    }

    [Fact]
    public void Suspect_ThatDoesNotRunYet_SurvivesNothing()
    {
        var all = Enter(2);

        _time.Advance(SuspectGate.Survival * 10);

        Inside(all).Count.ShouldBe(1, "its step is held, for instance by a pause of the engine");
    }

    [Fact]
    public void OneThatIsDropped_MakesNoMoreRoomThanItTook()
    {
        var all = Enter(3);

        Of(all[0]).Leave(alive: false);

        Inside(all).Count.ShouldBe(2);
        Of(all[1]).IsAlone.ShouldBeTrue();
    }

    [Fact]
    public void OneThatMustBeAlone_WaitsForTheOthersAndKeepsThemOut()
    {
        Of(Enter(1)[0]).Leave(alive: true);
        var company = Enter(3);
        Of(company[0]).Leave(alive: true);
        Inside(company).Count.ShouldBe(3);
        var hot = _gate.EnterAsync(Step, alone: true);
        var later = _gate.EnterAsync(Step, alone: false);

        Of(company[1]).Leave(alive: true);
        hot.IsCompleted.ShouldBeFalse();
        Of(company[2]).Leave(alive: true);

        Of(hot).IsAlone.ShouldBeTrue();
        later.IsCompleted.ShouldBeFalse();
        Of(hot).Leave(alive: true);
        later.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void Steps_TakeTurns()
    {
        var many = Enter(100);
        var other = _gate.EnterAsync("orders/return Ship", alone: false);

        Of(many[0]).Leave(alive: true);

        other.IsCompletedSuccessfully.ShouldBeTrue("99 suspects of another step stand in front of it");
        many[1].IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void Gate_ThatWasLeftByAll_BeginsWithOneAgain()
    {
        Of(Enter(1)[0]).Leave(alive: true);

        var next = Enter(2);

        Of(next[0]).IsAlone.ShouldBeTrue();
        next[1].IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void Gate_WithManyWaiting_IsFull()
    {
        Enter(SuspectGate.MostWaiting);
        _gate.IsFull.ShouldBeFalse();

        Enter(1);

        _gate.IsFull.ShouldBeTrue();
    }

    private static SuspectGate.Place Of(Task<SuspectGate.Place> entered) => entered.Result;

    /// <summary>Those that were let in until now.</summary>
    private static List<Task<SuspectGate.Place>> Inside(IEnumerable<Task<SuspectGate.Place>> all) =>
        [.. all.Where(static entered => entered.IsCompletedSuccessfully)];

    private List<Task<SuspectGate.Place>> Enter(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => _gate.EnterAsync(Step, alone: false))];
}
