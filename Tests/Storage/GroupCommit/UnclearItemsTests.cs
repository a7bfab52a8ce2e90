using Microsoft.Extensions.Time.Testing;
using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.StorageTests.GroupCommit;

/// <summary>What is remembered of items that have failed alone, and for how long.</summary>
public sealed class UnclearItemsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly UnclearItems _sut;

    public UnclearItemsTests() => _sut = new UnclearItems(_time);

    [Fact]
    public void AnItem_ThatIsNotTriedAnyMore_IsForgotten()
    {
        for (var item = 0; item < 100; item++)
        {
            _sut.IsGuilty(new Item($"old-{item}"));
        }

        _time.Advance(UnclearItems.Life / 2);
        _sut.IsGuilty(new Item("young"));
        _sut.Count.ShouldBe(101);

        _time.Advance(UnclearItems.Life / 2);
        _sut.Written([new Item("other")]);

        _sut.Count.ShouldBe(1);
        _time.Advance(UnclearItems.Life);
        _sut.IsGuilty(new Item("next")).ShouldBeFalse();
        _sut.Count.ShouldBe(1);
    }

    [Fact]
    public void ACommit_BesideMessagesToItsProcess_IsGuiltyAfterEnough()
    {
        var judged = new List<bool>();
        for (var time = 0; time <= UnclearItems.Enough; time++)
        {
            judged.Add(_sut.IsGuilty(new Item("bad", Touched.Row), isLikeTaken: true));
            _sut.Written([new Item("bad", Touched.Message)]);
        }

        judged[^1].ShouldBeTrue("what clients send to it says nothing of its commit");
        _sut.IsGuilty(new Item("bad", Touched.Row), isLikeTaken: true);
        _sut.Written([new Item("bad", Touched.Row)]);
        _sut.Count.ShouldBe(0, "it was written");
    }

    [Fact]
    public void AnItem_WhoseLikeWasWritten_IsNotLookedAtAgain()
    {
        _sut.IsGuilty(new Item("bad"));
        _sut.IsLeftAlone(new Item("bad")).ShouldBeTrue();
        var like = new Item("good");
        _sut.Written([like]);
        var looks = like.Looks;

        for (var time = 0; time < 10; time++)
        {
            _sut.Written([like]);
        }

        (looks, like.Looks).ShouldBe((1, 1));
        _sut.IsLeftAlone(new Item("bad")).ShouldBeFalse();
    }

    [Fact]
    public void AnItem_WhoseLikeTheDatabaseTakes_IsGuiltyAfterEnough()
    {
        var judged = Enumerable
            .Range(0, UnclearItems.Enough + 1)
            .Select(_ => _sut.IsGuilty(new Item("bad"), isLikeTaken: true))
            .ToList();

        judged.ShouldBe([.. Enumerable.Repeat(false, UnclearItems.Enough), true]);
    }

    private sealed class Item(string id, Touched touches = Touched.Row) : WriteItem<bool>(ProcessId.Parse(id))
    {
        public int Looks { get; private set; }

        public override long SizeBytes => 0;

        public override Touched Touches
        {
            get
            {
                Looks++;
                return touches;
            }
        }
    }
}
