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

    private sealed class Item(string id) : WriteItem<bool>(ProcessId.Parse(id))
    {
        public int Looks { get; private set; }

        public override long SizeBytes => 0;

        public override Touched Touches
        {
            get
            {
                Looks++;
                return Touched.Row;
            }
        }
    }
}
