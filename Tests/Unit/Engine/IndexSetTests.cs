using System.Text.Json;
using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Unit.Engine;

/// <summary>Sets of places among children.</summary>
public sealed class IndexSetTests
{
    [Theory]
    [InlineData(new int[0], "")]
    [InlineData(new[] { 9, 3, 5, 4, 4 }, "3-5,9")]
    [InlineData(new[] { 0, 1 }, "0-1")]
    public void Set_IsWrittenAsRanges_AndReadBack(int[] members, string text)
    {
        var set = IndexSet.Of(members);

        set.ToString().ShouldBe(text);
        set.Count.ShouldBe(members.Distinct().Count());
        var read = JsonSerializer.Deserialize<IndexSet>(JsonSerializer.Serialize(set))!;
        read.ShouldBe(set);
        read.GetHashCode().ShouldBe(set.GetHashCode());
        members.ShouldAllBe(member => read.Contains(member));
        read.Contains(7).ShouldBeFalse();
    }

    [Fact]
    public void With_AddsMembers()
    {
        IndexSet.Of([3, 5]).With([4, 9]).ShouldBe(IndexSet.Of([3, 4, 5, 9]));
        IndexSet.Empty.With([]).ShouldBe(IndexSet.Empty);
    }

    [Fact]
    public void From_LeavesOutWhatIsBefore()
    {
        var set = IndexSet.Of([1, 2, 5, 6, 7]);

        set.From(6).ShouldBe(IndexSet.Of([6, 7]));
        set.From(3).ShouldBe(IndexSet.Of([5, 6, 7]));
        set.From(8).Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("\"5-3\"")]
    [InlineData("\"1,1\"")]
    [InlineData("\"1-2-3\"")]
    [InlineData("\"-1\"")]
    [InlineData("\"x\"")]
    [InlineData("\"99999999999\"")]
    [InlineData("7")]
    public void Text_ThatIsNoSet_IsAJsonException(string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<IndexSet>(json));
}
