using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Orleans.Workflows.Grains.Ports;
using Orleans.Workflows.Unit.Definitions;

namespace Orleans.Workflows.Unit.Ports;

/// <summary>
/// Structs with a constructor are read as classes with one: what has no default must be given, everywhere alike.
/// </summary>
public sealed class StructPortTests
{
    [Theory]
    [InlineData(typeof(OfClass))]
    [InlineData(typeof(OfStruct))]
    [InlineData(typeof(OfReadOnlyStruct))]
    [InlineData(typeof(WithConstructor))]
    [InlineData(typeof(WithTwo))]
    [InlineData(typeof(Annotated))]
    [InlineData(typeof(OfZerosRefused))]
    public void ParameterWithoutADefault_IsRequiredByAll(Type type)
    {
        var tree = PortTree.Of(type);

        tree.Check("{}"u8.ToArray(), "inputs", out _)
            .ShouldBe(["inputs.count: a value is required.", "inputs.name: a value is required."]);
        tree.Describe("inputs").Children.ShouldAllBe(port => port.Required && port.Default == null);
        tree.Schema()["required"]!.ToJsonString().ShouldBe("""["count","name"]""");
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize("{}", type, WorkflowJson.Options))
            .Message.ShouldContain("count");
    }

    [Theory]
    [InlineData(typeof(Of<OfStruct>))]
    [InlineData(typeof(Of<List<OfStruct>>))]
    [InlineData(typeof(Of<Optional>))]
    [InlineData(typeof(Of<OfZerosRefused>))]
    public void Definition_WithSuchAnInput_HasNoFaults(Type definition) =>
        OutlineWalk.Sound(definition).First.ShouldNotBeNull();

    [Fact]
    public void ParameterOfAStructBelow_IsRequiredThere() =>
        PortTree.Of(typeof(Holder)).Check(
                """{"one":{"count":1},"perhaps":{"name":"a"},"many":[{"count":1,"name":"a"},{}]}"""u8.ToArray(),
                "inputs",
                out _)
            .ShouldBe(
                [
                    "inputs.one.name: a value is required.",
                    "inputs.perhaps.count: a value is required.",
                    "inputs.many[1].count: a value is required.",
                    "inputs.many[1].name: a value is required.",
                ]);

    [Theory]
    [InlineData(typeof(Optional))]
    [InlineData(typeof(OptionalOfClass))]
    [InlineData(typeof(OptionalWithZerosRefused))]
    public void DefaultOfAParameter_IsWhatIsStored(Type type)
    {
        var tree = PortTree.Of(type);

        tree.Check("""{"name":"a"}"""u8.ToArray(), "inputs", out var stored).ShouldBeEmpty();

        var expected = """{"name":"a","count":7,"pace":"Fast","perhaps":"Slow","note":null,"rate":1.5}""";
        JsonNode.DeepEquals(JsonNode.Parse(stored), JsonNode.Parse(expected)).ShouldBeTrue();
        tree.Describe("inputs").Children.Single(static port => port.Name == "count").Default.ShouldBe("7");
        tree.Schema()["properties"]!["count"]!["default"]!.ToJsonString().ShouldBe("7");
        tree.Schema()["required"]!.ToJsonString().ShouldBe("""["name"]""");
    }

    [Fact]
    public void InitializerOfAStruct_IsADefault()
    {
        PortTree
            .Of(typeof(Initialized))
            .Check("""{"name":"a"}"""u8.ToArray(), "inputs", out var stored)
            .ShouldBeEmpty();

        Encoding.UTF8.GetString(stored).ShouldBe("""{"name":"a","size":7}""");
    }

    [Fact]
    public void AttributesOfAParameter_CountForAStructToo()
    {
        var tree = PortTree.Of(typeof(Ruled));

        tree.Check("""{"count":12}"""u8.ToArray(), "inputs", out _)
            .ShouldBe(["inputs.count: The field Count must be between 1 and 9."]);
        tree.Describe("inputs").Children.ShouldHaveSingleItem().Help.ShouldBe("How many.");
    }

    [Theory]
    [InlineData(typeof(Declared))]
    [InlineData(typeof(WithIgnored))]
    public void Struct_ThatCanBeMadeOfNothing_NeedsNothing(Type type) =>
        PortTree.Of(type).Check("{}"u8.ToArray(), "inputs", out _).ShouldBeEmpty();

    /// <summary>What is left out when it is written must not be needed when it is read.</summary>
    [Theory]
    [InlineData(typeof(Of<LeftOut>), "LeftOut.Name")]
    [InlineData(typeof(Of<LeftOutOfClass>), "LeftOutOfClass.Name")]
    public void ParameterThatIsLeftOut_IsAFault(Type definition, string member) =>
        OutlineWalk.Faults(definition).ShouldContain(fault => fault.Contains(
            $"{member} is left out where it is null or the default, and must be there to be read back; give it a "
            + "default, or write it always",
            StringComparison.Ordinal));

    public enum Pace
    {
        Slow,
        Fast,
    }

    public sealed record OfClass(int Count, string Name);

    public record struct OfStruct(int Count, string Name);

    public readonly record struct OfReadOnlyStruct(int Count, string Name);

    public struct WithConstructor(int count, string name)
    {
        public int Count { get; set; } = count;

        public string Name { get; init; } = name;
    }

    public record struct WithTwo(int Count, string Name)
    {
        public WithTwo(int count)
            : this(count, "x") { }
    }

    [method: JsonConstructor]
    public readonly record struct Annotated(int Count, string Name);

    public readonly record struct OfZerosRefused(int Count, string Name)
    {
        public string Name { get; init; } = Name ?? throw new ArgumentNullException(nameof(Name));
    }

    public readonly record struct Optional(
        string Name,
        int Count = 7,
        Pace Pace = Pace.Fast,
        Pace? Perhaps = Pace.Slow,
        string? Note = null,
        decimal Rate = 1.5m);

    public sealed record OptionalOfClass(
        string Name,
        int Count = 7,
        Pace Pace = Pace.Fast,
        Pace? Perhaps = Pace.Slow,
        string? Note = null,
        decimal Rate = 1.5m);

    public readonly record struct OptionalWithZerosRefused(
        string Name,
        int Count = 7,
        Pace Pace = Pace.Fast,
        Pace? Perhaps = Pace.Slow,
        string? Note = null,
        decimal Rate = 1.5m)
    {
        public string Name { get; init; } = Name ?? throw new ArgumentNullException(nameof(Name));
    }

    public record struct Initialized(string Name)
    {
        public int Size { get; init; } = 7;
    }

    public record struct Ruled([Range(1, 9), Description("How many.")] int Count);

    public record struct Declared(int Count)
    {
        public Declared()
            : this(5) { }
    }

    public record struct WithIgnored([property: JsonIgnore] int Count, string? Name = null);

    public sealed record Holder(OfStruct One, OfStruct? Perhaps, OfReadOnlyStruct[] Many);

    public record struct LeftOut(
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name);

    public sealed record LeftOutOfClass(
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name);

    [Process("structs")]
    private sealed class Of<T> : Process<T, string>
    {
        protected override Task<StepResult> RunAsync(StepContext step) => Task.FromResult(Finish());
    }
}
