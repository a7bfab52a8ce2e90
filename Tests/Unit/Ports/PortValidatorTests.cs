using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows.Unit.Ports;

public sealed class PortValidatorTests
{
    [Fact]
    public void Ports_ThatAreValid_HaveNoFaults() => Validate(new Order("o-1", 3)).ShouldBeEmpty();

    [Fact]
    public void Ports_ThatAreNull_AreAFault() => Validate(null).ShouldBe(["inputs: a value is required."]);

    [Fact]
    public void Faults_ComeAllTogetherInTheOrderOfTheProperties() =>
        Validate(new Order(null, 0))
            .ShouldBe([
                "inputs.orderId: The OrderId field is required.",
                "inputs.count: The field Count must be between 1 and 9.",
            ]);

    [Fact]
    public void Fault_InANestedRecord_HasItsPath() =>
        Validate(new Order("o-1", 1) { Address = new Address("") })
            .ShouldBe(["inputs.address.street: The Street field is required."]);

    [Fact]
    public void Fault_InACollection_HasItsIndex() =>
        Validate(new Order("o-1", 1) { Stops = [new Address("a"), new Address(""), null!] })
            .ShouldBe([
                "inputs.stops[1].street: The Street field is required.",
                "inputs.stops[2]: null is not allowed.",
            ]);

    [Fact]
    public void Fault_InADictionary_HasItsKey() =>
        Validate(new Order("o-1", 1) { Named = new() { ["home"] = new Address("a"), ["work"] = new Address("") } })
            .ShouldBe(["inputs.named.work.street: The Street field is required."]);

    [Fact]
    public void Fault_InACollectionOfADictionary_HasItsWholePath() =>
        Validate(new Order("o-1", 1) { Lists = new() { ["x"] = [new Address(""), new Address("b")] } })
            .ShouldBe(["inputs.lists.x[0].street: The Street field is required."]);

    [Fact]
    public void Fault_OfTheWholeRecord_NamesItsMember() =>
        Validate(new Span(5, 3)).ShouldBe(["inputs.to: To is before From."]);

    [Fact]
    public void Fault_OfANestedWholeRecord_HasItsPath() =>
        Validate(new Order("o-1", 1) { When = new Span(5, 3) }).ShouldBe(["inputs.when.to: To is before From."]);

    [Fact]
    public void Fault_InANullableStruct_HasItsPath() =>
        Validate(new Loose(new Place(""), null)).ShouldBe(["inputs.place.street: The Street field is required."]);

    [Fact]
    public void Fault_BehindAPropertyOfAnyType_HasItsPath() =>
        Validate(new Loose(null, new Address(""))).ShouldBe(["inputs.any.street: The Street field is required."]);

    [Fact]
    public void Record_ThatYieldsSuccess_HasNoFault() => Validate(new AlwaysSound()).ShouldBeEmpty();

    [Fact]
    public void Ports_WithDeepNesting_AreVisitedToALimit()
    {
        var chain = new Link(null, "x");
        for (var i = 0; i < 100; i++)
        {
            chain = new Link(chain, "x");
        }

        Validate(chain).ShouldBeEmpty();
    }

    [Fact]
    public void Ports_ThatPointAtEachOther_AreVisitedOnce()
    {
        var tree = new Tree();
        tree.Children.AddRange(Enumerable.Range(0, 4).Select(_ => new Tree { Above = tree }));

        Should.NotThrow(() => Validate(tree), "the visits double with every level of depth");
    }

    [Fact]
    public void Ports_OfFreeJson_CostWhatTheyHold()
    {
        var json = new Free(new JsonObject { ["a"] = 1 });
        Validate(json);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Validate(json);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(
            1_000_000,
            "a value of JSON points at its parent and its root, and both are visited again");
    }

    private static IReadOnlyList<string> Validate(object? value) =>
        PortValidator.Validate(value, PortTree.Of(value?.GetType() ?? typeof(object)), "inputs");

    private sealed record Order([property: Required] string? OrderId, [property: Range(1, 9)] int Count)
    {
        public Address? Address { get; init; }

        public List<Address> Stops { get; init; } = [];

        public Dictionary<string, Address> Named { get; init; } = [];

        public Dictionary<string, Address[]> Lists { get; init; } = [];

        public Span? When { get; init; }

        public DateTimeOffset At { get; init; }

        public byte[] Bytes { get; init; } = [];
    }

    private sealed record Address([property: Required] string Street);

    private sealed record Span(int From, int To) : IValidatableObject
    {
        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (To < From)
            {
                yield return new ValidationResult("To is before From.", [nameof(To)]);
            }
        }
    }

    private sealed record Loose(Place? Place, object? Any);

    private readonly record struct Place([property: Required] string Street);

    private sealed record AlwaysSound : IValidatableObject
    {
        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            yield return ValidationResult.Success!;
        }
    }

    private sealed record Link(Link? Next, [property: Required] string Name);

    private sealed record Free(JsonObject Data);

    private sealed class Tree
    {
        private static int _reads;
        private Tree? _above;

        public List<Tree> Children { get; } = [];

        [JsonIgnore]
        public Tree? Above
        {
            get => ++_reads > 10_000 ? throw new InvalidOperationException("It was asked ten thousand times.") : _above;
            set => _above = value;
        }
    }
}
