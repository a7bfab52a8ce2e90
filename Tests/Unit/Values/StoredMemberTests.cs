using System.Collections;
using System.Collections.Immutable;
using System.Collections.Specialized;
using System.Numerics;
using Orleans.Workflows.Unit.Definitions;

namespace Orleans.Workflows.Unit.Values;

/// <summary>Members and collections of which something is lost: each is named, with a remedy that works.</summary>
public sealed class StoredMemberTests
{
    [Theory]
    [InlineData(
        typeof(Of<Telling>),
        "Telling has the event Changed, whose handlers are not stored; leave it out, or put [field: JsonIgnore] on it"
    )]
    [InlineData(typeof(Of<Calling>), "Calling keeps something in _call that none of its properties gives back")]
    [InlineData(
        typeof(Of<Below<StringCollection>>),
        ".Value is a StringCollection, whose items may be of any type, and are not read back as they were; keep a "
        + "List<string>"
    )]
    [InlineData(
        typeof(Of<Below<NameValueCollection>>),
        ".Value is a NameValueCollection, whose items may be of any type, and are not read back as they were; keep a "
        + "Dictionary<string, List<string>>"
    )]
    [InlineData(typeof(Of<Below<StringDictionary>>), "keep a Dictionary<string, string>")]
    [InlineData(
        typeof(Of<Below<ArrayList>>),
        ".Value is a ArrayList, whose items may be of any type, and are not read back as they were; keep a List<T>"
    )]
    [InlineData(typeof(Of<Below<Hashtable>>), "keep a Dictionary<TKey, TValue>")]
    [InlineData(typeof(Of<Below<Queue>>), "is a Queue, whose items may be of any type")]
    [InlineData(typeof(Of<Below<BitArray>>), "is a BitArray, whose items may be of any type")]
    [InlineData(typeof(Of<Below<IList>>), "is a IList, whose items may be of any type")]
    [InlineData(typeof(Of<Below<List<ArrayList>>>), ".Value[] is a ArrayList")]
    [InlineData(typeof(Of<Below<ArraySegment<int>>>), "is a ArraySegment<int>, which is not read back")]
    public void Member_OfWhichSomethingIsLost_IsAFault(Type definition, string fault) =>
        OutlineWalk.Faults(definition).ShouldContain(text => text.Contains(fault, StringComparison.Ordinal));

    [Fact]
    public void Delegate_ThatIsTheSameInEveryObject_IsNone() => OutlineWalk.Sound(typeof(Of<Calls>)).ShouldNotBeNull();

    [Fact]
    public void Members_OfOneFaultyType_AreNamedEach() =>
        OutlineWalk
            .Faults(typeof(Of<Several>))
            .ShouldBe(
                [
                    "Of`1: Several.Price is a BigInteger, of which not all is stored; keep what is in it in a type of "
                    + "your own, or as text.",
                    "Of`1: Several.Rebate is a BigInteger, of which not all is stored; keep what is in it in a type of "
                    + "your own, or as text.",
                    "Of`1: Several.Rates[] is a BigInteger, of which not all is stored; keep what is in it in a type "
                    + "of your own, or as text.",
                    "Of`1: Several.Taxes[] is a BigInteger, of which not all is stored; keep what is in it in a type "
                    + "of your own, or as text.",
                    "Of`1: Tupled.Pair is a value tuple (int, string), whose parts are fields, and fields are not "
                    + "stored; make a record of it.",
                ],
                ignoreOrder: true);

    /// <summary>
    /// What reads into the collection that is there needs one that can be added to, in an object that is there.
    /// </summary>
    [Theory]
    [InlineData(typeof(Of<Compared>), true)]
    [InlineData(typeof(Of<GetOnly>), true)]
    [InlineData(typeof(Of<ImmutableCompared>), false)]
    [InlineData(typeof(Of<ImmutableGetOnly>), false)]
    [InlineData(typeof(Of<Below<MadeOfValues>>), false)]
    public void Populate_IsAdvisedWhereItCanWork(Type definition, bool isAdvised) =>
        OutlineWalk
            .Faults(definition)
            .ShouldHaveSingleItem()
            .Contains("Populate", StringComparison.Ordinal)
            .ShouldBe(isAdvised);

    [Process("stored")]
    private sealed class Of<T> : WorkChain<Letters, Nothing, T>
        where T : class, new()
    {
        protected override void Define(OutlineBuilder outline) => outline.Step(Look);

        private Task Look(StepContext step) => Task.CompletedTask;
    }

    private sealed class Below<T>
    {
        public T? Value { get; set; }
    }

    private sealed class Tupled
    {
        public (int Count, string Name) Pair { get; set; }
    }

    private sealed class GetOnly
    {
        public List<int> Items { get; } = [];
    }

    private sealed class Compared
    {
        public HashSet<string> Names { get; set; } = new(StringComparer.OrdinalIgnoreCase);
    }

    private sealed class Several
    {
        public BigInteger Price { get; set; }

        public BigInteger? Rebate { get; set; }

        public List<BigInteger> Rates { get; set; } = [];

        public List<BigInteger> Taxes { get; set; } = [];

        public Tupled? One { get; set; }

        public Tupled? Two { get; set; }
    }

    private sealed class Telling
    {
        public event EventHandler? Changed;

        public int Count { get; set; }

        public void Tell() => Changed?.Invoke(this, EventArgs.Empty);
    }

    private sealed class Calling
    {
        private Func<int>? _call;

        public void Set(Func<int> call) => _call = call;

        public int Call() => _call?.Invoke() ?? 0;
    }

    private sealed class Calls
    {
        private readonly Func<int, int> _next = static count => count + 1;

        public int Count { get; set; }

        public void Add() => Count = _next(Count);
    }

    private sealed class ImmutableCompared
    {
        public ImmutableDictionary<string, int> Names { get; set; } =
            ImmutableDictionary.Create<string, int>(StringComparer.OrdinalIgnoreCase);
    }

    private sealed class ImmutableGetOnly
    {
        public ImmutableList<string> Names { get; } = [];
    }

    private sealed record MadeOfValues(int Count = 0)
    {
        public Dictionary<string, int> Names { get; } = [];
    }
}
