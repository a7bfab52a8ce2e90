using Microsoft.Extensions.Time.Testing;
using Orleans.Workflows.Grains.Overload;

namespace Orleans.Workflows.Unit.Overload;

/// <summary>
/// How many starts a silo has under way. The silo behind them is a queue on a clock of the test: it answers so many per
/// millisecond.
/// </summary>
public sealed class StartPlacesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Queue<long> _waiting = new();
    private readonly List<double> _answers = [];
    private readonly StartPlaces _places;
    private TimeSpan _writeTime = TimeSpan.Zero;
    private double _carried;
    private int _refused;

    public StartPlacesTests() => _places = new StartPlaces(_time, () => _writeTime);

    [Fact]
    public void Overload_AndHalfOfTheMachineGoesAwayAndComesBack_AnswersComeSoonAndTheSiloStaysBusy()
    {
        foreach (var perMillisecond in (double[])[2, 1, 2])
        {
            var before = _answers.Count;

            Offer(perMillisecond: 4, answered: perMillisecond, milliseconds: 10_000);

            var answers = _answers[before..];
            answers.Count.ShouldBeGreaterThan(
                (int)(0.97 * 10_000 * perMillisecond),
                "none of what the silo can do is lost");
            answers.Order().ElementAt((int)(0.99 * answers.Count)).ShouldBeLessThan(600, "p99 in ms");
            answers[(answers.Count / 2)..].Average().ShouldBeInRange(25, 75, "the target is 50 ms");
        }
    }

    [Fact]
    public void Overload_Begins_TheFirstToArriveDoNotWaitLong()
    {
        Offer(perMillisecond: 20, answered: 2, milliseconds: 1_000);

        _answers.Max().ShouldBeLessThan(800);
        _refused.ShouldBeGreaterThan(15_000);
    }

    [Fact]
    public void Load_ThatTheSiloCanCarry_IsNeverRefused()
    {
        Offer(perMillisecond: 2, answered: 2.2, milliseconds: 10_000);

        _refused.ShouldBe(0);
    }

    [Fact]
    public void LittleLoad_OnAMachineThatIsVerySlow_IsNotRefused()
    {
        for (var second = 0; second < 60; second++)
        {
            Arrive(StartPlaces.Fewest - _waiting.Count);
            Pass(milliseconds: 100, answered: 0.01);
        }

        _refused.ShouldBe(0);
        _answers.Average().ShouldBeGreaterThan(1_000);
    }

    [Theory]
    [InlineData(300, false)]
    [InlineData(0, true)]
    public void Clients_OfADatabaseWhoseTransactionsAreSlow_AreRefusedOnlyIfTheWaitIsNotForTransactions(
        int writeTime,
        bool refused)
    {
        _writeTime = TimeSpan.FromMilliseconds(writeTime);
        for (var transaction = 0; transaction < 40; transaction++)
        {
            Arrive(600 - _waiting.Count);
            _time.Advance(TimeSpan.FromMilliseconds(300));
            Answer(512);
        }

        (_refused > 0).ShouldBe(refused);
    }

    [Fact]
    public void Pause_OfTheCollectorOrTheDatabase_IsNoOverload()
    {
        for (var pause = 0; pause < 10; pause++)
        {
            for (var i = 0; i < 100; i++)
            {
                Arrive(1_000 - _waiting.Count);
                Pass(milliseconds: 10, answered: 20.2);
            }

            _time.Advance(TimeSpan.FromMilliseconds(900));
        }

        _refused.ShouldBe(0);
    }

    [Fact]
    public void Burst_OnAnIdleSilo_IsTakenAsFarAsItIsAnsweredSoon()
    {
        _time.Advance(TimeSpan.FromHours(1));

        Arrive(StartPlaces.Ample);
        _refused.ShouldBe(0);
        _places.Shortage.ShouldNotBeNull().IsAway.ShouldBeFalse();
        Arrive(1);
        _refused.ShouldBe(1);
        Answer(1);
        _places.Shortage.ShouldBeNull();
    }

    [Fact]
    public void Places_OfASiloThatWasBusyAndIsIdle_AreAmpleAgain()
    {
        Offer(perMillisecond: 4, answered: 0.2, milliseconds: 10_000);
        _places.Count.ShouldBe(StartPlaces.Fewest);
        Answer(_waiting.Count);
        _time.Advance(TimeSpan.FromSeconds(2));
        _refused = 0;

        Arrive(500);

        _refused.ShouldBe(0);
    }

    [Fact]
    public void NothingAnsweredForASecond_IsADatabaseThatIsAwayAndNoOverload()
    {
        Arrive(StartPlaces.Ample);
        var full = _places.Take().ShouldNotBeNull();
        _time.Advance(TimeSpan.FromSeconds(1));
        var away = _places.Take().ShouldNotBeNull();

        (full.IsAway, away.IsAway).ShouldBe((false, true));
        full.Text.ShouldStartWith("1,024 starts wait, ");
        away.Text.ShouldStartWith("1,024 starts wait, and none was answered within 1 s: the database is away");
        _places.Shortage.ShouldBeNull("whoever asks for the health of the silo is told of no overload");
    }

    [Fact]
    public void Reservation_OfTheGateway_HoldsUntilItIsTakenBack()
    {
        var id = ProcessId.New();

        _places.Reserve(id).ShouldBeTrue();
        _places.Reserve(id).ShouldBeFalse("the first keeps it");
        _places.IsReserved(id).ShouldBeTrue();
        _places.Forget(id);
        _places.IsReserved(id).ShouldBeFalse();
    }

    private void Offer(int perMillisecond, double answered, int milliseconds)
    {
        for (var i = 0; i < milliseconds; i++)
        {
            Arrive(perMillisecond);
            Pass(milliseconds: 1, answered);
        }
    }

    private void Pass(int milliseconds, double answered)
    {
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        _carried = Math.Min(_carried + (answered * milliseconds), _waiting.Count);
        Answer((int)_carried);
        _carried -= (int)_carried;
    }

    private void Arrive(int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (_places.Take() is null)
            {
                _waiting.Enqueue(_time.GetTimestamp());
            }
            else
            {
                _refused++;
            }
        }
    }

    private void Answer(int count)
    {
        for (; count > 0 && _waiting.TryDequeue(out var arrivedAt); count--)
        {
            _places.Answered(arrivedAt);
            _answers.Add(_time.GetElapsedTime(arrivedAt).TotalMilliseconds);
        }
    }
}
