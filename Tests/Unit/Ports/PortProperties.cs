using System.Text;
using System.Text.Json;
using CsCheck;
using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows.Unit.Ports;

/// <summary>What holds for any JSON.</summary>
public sealed class PortProperties
{
    private static readonly PortTree Tree = PortTree.Of(typeof(Shipment));

    /// <summary>Leaves a port out, so that the others are checked one by one.</summary>
    private static readonly PortTree Exposing = PortTree
        .Of(typeof(Holder))
        .Expose("inner", Tree, null, ["key"], static fault => throw new InvalidOperationException(fault));

    private static readonly Gen<string> Values = Gen.Recursive<string>(static (depth, value) => depth > 4
        ? Gen.Const("1")
        : Gen.Frequency(
            (6, Gen.OneOf("1", "12", "true", "null", "\"Fast\"", "\"\"", "\"Atlantis\"", "1.5", "[]", "{}")),
            (3, Objects(value)),
            (1, value.Array[0, 3].Select(static items => $"[{string.Join(',', items)}]"))));

    [Fact]
    public void Check_OfAnyJson_FindsNoFaultOnlyInWhatCanBeReadAndStored() =>
        Objects(Values).Sample(static json =>
        {
            var faults = Tree.Check(Encoding.UTF8.GetBytes(json), "inputs", out var stored);

            faults.ShouldAllBe(static fault =>
                fault.StartsWith("inputs", StringComparison.Ordinal)
                && !fault.Contains("System.", StringComparison.Ordinal));
            if (faults.Count == 0)
            {
                JsonSerializer.Deserialize<Shipment>(stored, WorkflowJson.Options).ShouldNotBeNull();
                Tree.Check(stored, "inputs").ShouldBeEmpty();
            }
            else
            {
                stored.ShouldBeEmpty();
            }
        },
        iter: 2_000);

    [Fact]
    public void Check_OfExposedPorts_FindsTheSameAsOfTheChildsOwn() =>
        Objects(Values).Sample(static json =>
        {
            var own = Tree.Check(Encoding.UTF8.GetBytes(json), "inputs.inner");
            var exposed = Exposing.Check(Encoding.UTF8.GetBytes($$"""{"inner":{{json}}}"""), "inputs");

            exposed.Select(WithoutNames).ShouldBe(own.Select(WithoutNames));
        }, iter: 2_000);

    private static string WithoutNames(string fault) => fault.Split("; there are: ")[0];

    private static Gen<string> Objects(Gen<string> value) =>
        Gen.Select(
                Gen.OneOf(
                    "to",
                    "weight",
                    "from",
                    "items",
                    "parcels",
                    "speed",
                    "extra",
                    "next",
                    "city",
                    "zip",
                    "note",
                    "x"),
                value)
            .Array[0, 5]
            .Select(static ports =>
                $"{{{string.Join(',', ports.DistinctBy(static port => port.Item1).Prepend(("to", "\"a\"")).DistinctBy(static port => port.Item1).Select(static port => $"\"{port.Item1}\":{port.Item2}"))}}}"
            );

    private sealed record Holder
    {
        public Dictionary<string, JsonElement> Inner { get; init; } = [];
    }
}
