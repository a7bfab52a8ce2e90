using System.Collections.Concurrent;
using System.Numerics;
using System.Text;
using System.Text.Json.Serialization;
using Orleans.Workflows.Unit.Definitions;

namespace Orleans.Workflows.Unit.Values;

/// <summary>
/// Types of which something is written and not read back, or never written: each is a fault of the definition, with
/// the member and the remedy.
/// </summary>
public sealed class StoredTypeTests
{
    [Theory]
    [InlineData(typeof(Of<Tupled>), "Tupled.Pair is a value tuple (int, string), whose parts are fields")]
    [InlineData(
        typeof(Of<Below<List<(int, int)>>>),
        "Below<List<ValueTuple<int, int>>>.Value[] is a value tuple (int, int)"
    )]
    [InlineData(typeof(Of<Below<Dictionary<string, Tupled[]>>>), "Tupled.Pair is a value tuple")]
    [InlineData(
        typeof(Of<WithField>),
        "WithField has the field Count, and fields are not stored; make it a property with get and set"
    )]
    [InlineData(typeof(Of<Below<WithField?>>), "WithField has the field Count")]
    [InlineData(typeof(Of<Derived>), "Derived has the field Count")]
    [InlineData(typeof(Of<PrivateSetter>), "PrivateSetter has the property Count, whose setter is not public")]
    [InlineData(
        typeof(Of<GetOnly>),
        "GetOnly has the property Items, which has no setter, so that it is stored and not read back; give it init or "
        + "set, or put [JsonObjectCreationHandling"
    )]
    [InlineData(typeof(Of<Hidden>), "Hidden has the property Count, which is not public and so not stored")]
    [InlineData(
        typeof(Of<PrivateField>),
        "PrivateField keeps something in _count that none of its properties gives back"
    )]
    [InlineData(typeof(Of<NewEachTime>), "NewEachTime keeps something in _id that none of its properties gives back")]
    [InlineData(typeof(Of<Hiding>), "Hiding has the property Text of Hidden1, which another one of that name hides")]
    [InlineData(
        typeof(Of<LeftOut>),
        "LeftOut.Text is left out where it is null or the default, and then read back as its initial value"
    )]
    [InlineData(typeof(Of<LeftOut>), "LeftOut.Number is left out")]
    [InlineData(typeof(Of<NumberAsText>), "NumberAsText is written and not read back as it is when it is made")]
    [InlineData(typeof(Of<Wrapped>), "Wrapped keeps something in _items that none of its properties gives back")]
    [InlineData(typeof(Of<Instant>), "Moment keeps something in _ticks")]
    [InlineData(typeof(Of<Captured>), "Captured")]
    [InlineData(typeof(Of<Below<BigInteger>>), "Below<BigInteger>.Value is a BigInteger, of which not all is stored")]
    [InlineData(typeof(Of<Below<BigInteger?>>), "is a BigInteger, of which not all is stored")]
    [InlineData(typeof(Of<Below<StringBuilder>>), "is a StringBuilder, of which not all is stored")]
    [InlineData(typeof(Of<Below<Complex>>), "is a Complex, of which not all is stored")]
    [InlineData(typeof(Of<Below<Lazy<int>>>), "is a Lazy<int>")]
    [InlineData(typeof(Of<Below<Func<int>>>), "Func<int>")]
    [InlineData(typeof(Of<Below<nint>>), "is a IntPtr, which JSON has no form for")]
    [InlineData(typeof(Of<Below<Stack<int>>>), "is a Stack<int>, which is read back in reverse")]
    [InlineData(typeof(Of<Below<ConcurrentStack<int>>>), "which is read back in reverse")]
    [InlineData(typeof(Of<Below<MyStack>>), "which is read back in reverse")]
    [InlineData(typeof(Of<Below<PriorityQueue<int, int>>>), "is a PriorityQueue<int, int>, of which not all is stored")]
    [InlineData(typeof(Of<Below<Dictionary<Point, int>>>), "has keys of the type Point, which cannot be names in JSON")]
    [InlineData(typeof(Of<Below<ILookup<string, int>>>), "which is not read back")]
    [InlineData(typeof(Of<Below<Labelled>>), "Labelled has Label beside its items")]
    [InlineData(typeof(Of<Below<IShape>>), "is a IShape, which is not read back")]
    [InlineData(typeof(Of<Below<Untold>>), "may be a Told, which is not told from others when it is read")]
    [InlineData(typeof(Of<Below<Shape>>), "Circle has the field Radius")]
    [InlineData(typeof(Of<Compared>), "Compared.Names begins with the comparer")]
    [InlineData(typeof(Of<ComparedKeys>), "ComparedKeys.Counts begins with the comparer")]
    [InlineData(typeof(Of<ComparedAndHidden>), "ComparedAndHidden.Names begins with the comparer")]
    [InlineData(typeof(Of<ComparedAndHidden>), "ComparedAndHidden.Others begins with the comparer")]
    [InlineData(typeof(Of<ComparedAndHidden>), "ComparedAndHidden has the property Hidden")]
    [InlineData(typeof(Of<Filled>), "Filled.Items has items from the start")]
    [InlineData(
        typeof(Of<Priced>),
        "Priced.Price begins with a Money that cannot be written as JSON (It has no currency); have its default "
        + "written, begin with another value, or make it nullable"
    )]
    [InlineData(typeof(Of<Below<Money>>), "Below<Money>.Value begins with a Money that cannot be written")]
    [InlineData(typeof(Of<Ordered>), "Priced.Price begins with a Money that cannot be written")]
    [InlineData(typeof(WithArgument), "Tupled.Pair is a value tuple")]
    [InlineData(typeof(WithSignal), "WithField has the field Count")]
    [InlineData(typeof(WithInput), "WithField has the field Count")]
    [InlineData(typeof(WithOutput), "WithField has the field Count")]
    public void Type_OfWhichSomethingIsLost_IsAFault(Type definition, string fault) =>
        OutlineWalk
            .Faults(definition)
            .ShouldContain(text =>
                text.StartsWith($"{definition.Name}: ", StringComparison.Ordinal)
                && text.Contains(fault, StringComparison.Ordinal));

    [Process("stored")]
    private sealed class WithArgument : Process<Letters, Nothing>
    {
        protected override Task<StepResult> RunAsync(StepContext step) =>
            Task.FromResult(Next(Take, new Tupled()));

        private Task<StepResult> Take(StepContext step, Tupled argument) => Task.FromResult(Finish());
    }

    [Process("stored")]
    private sealed class WithSignal : WorkChain<Letters, Nothing, Sound>
    {
        protected override void Define(OutlineBuilder outline) => outline.WaitFor<WithField>("go", Take);

        private Task Take(StepContext step, WithField signal) => Task.CompletedTask;
    }

    [Process("stored")]
    private sealed class WithInput : Process<WithField, Nothing>
    {
        protected override Task<StepResult> RunAsync(StepContext step) => Task.FromResult(Finish());
    }

    [Process("stored")]
    private sealed class WithOutput : Process<Nothing, List<WithField>>
    {
        protected override Task<StepResult> RunAsync(StepContext step) => Task.FromResult(Finish());
    }

    private sealed class Tupled
    {
        public (int Number, string Text) Pair { get; set; }
    }

    private class WithField
    {
#pragma warning disable CA1051 // The field is what is looked for.
        public int Count = 1;
#pragma warning restore CA1051
    }

    private sealed class Derived : WithField;

    private sealed class PrivateSetter
    {
        public int Count { get; private set; } = 1;
    }

    private sealed class GetOnly
    {
        public List<int> Items { get; } = [];
    }

    private sealed class Hidden
    {
        internal int Count { get; set; }
    }

    private sealed class PrivateField
    {
        private int _count;

        public string Name { get; set; } = "";

        public int Next() => ++_count;
    }

    private class Hidden1
    {
        public int Text { get; set; }
    }

    private sealed class Hiding : Hidden1
    {
        public new string Text { get; set; } = "";
    }

    private sealed class LeftOut
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Text { get; set; } = "five";

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int Number { get; set; } = 5;

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Empty { get; set; }
    }

    private sealed class NumberAsText
    {
        [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
        public int Count { get; set; }
    }

    private sealed class NewEachTime
    {
        private readonly Guid _id = Guid.NewGuid();

        public Guid Id => _id;
    }

    private sealed class Wrapped
    {
        private readonly List<int> _items = [];

        public IReadOnlyList<int> Items => _items;
    }

    private sealed class Captured(int count)
    {
        public Captured()
            : this(0)
        {
        }

        public int Next() => ++count;
    }

    private sealed class Instant
    {
        public Moment At { get; set; }
    }

    private readonly struct Moment(long ticks)
    {
        private readonly long _ticks = ticks;

        public long Ticks => _ticks;
    }

    private sealed class MyStack : Stack<string>;

    private sealed record Point(int X, int Y);

    private sealed class Labelled : List<int>
    {
        public string Label { get; set; } = "";
    }

    private interface IShape
    {
        string Name { get; }
    }

    [JsonDerivedType(typeof(Told))]
    private record Untold;

    private sealed record Told(int Count) : Untold;

    [JsonDerivedType(typeof(Circle), "circle")]
    [JsonDerivedType(typeof(Square), "square")]
    private abstract record Shape;

    private sealed record Circle : Shape
    {
#pragma warning disable CA1051 // The field is what is looked for.
        public double Radius = 1;
#pragma warning restore CA1051
    }

    private sealed record Square(double Side) : Shape;

    private sealed class Compared
    {
        public HashSet<string> Names { get; set; } = new(StringComparer.OrdinalIgnoreCase);
    }

    private sealed class ComparedKeys
    {
        public SortedDictionary<string, int> Counts { get; set; } = new(StringComparer.Ordinal);
    }

    private sealed class ComparedAndHidden
    {
        public HashSet<string> Names { get; set; } = new(StringComparer.OrdinalIgnoreCase);

        public HashSet<string> Others { get; set; } = new(StringComparer.OrdinalIgnoreCase);

        internal int Hidden { get; set; }
    }

    /// <summary>Has no default that could be written.</summary>
    private readonly record struct Money(decimal Amount, string? Currency)
    {
        public string Text => $"{Amount} {Currency ?? throw new InvalidOperationException("It has no currency.")}";
    }

    private sealed class Priced
    {
        public Money Price { get; set; }
    }

    private sealed class Ordered
    {
        public Priced Item { get; set; } = new();
    }

    private sealed class Filled
    {
        [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
        public List<int> Items { get; } = [1];
    }

    private sealed class Sound
    {
        public int Count { get; set; }
    }
}
