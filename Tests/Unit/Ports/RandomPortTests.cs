using System.Text;
using System.Text.Json;
using CsCheck;
using Json.Schema;
using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows.Unit.Ports;

/// <summary>
/// The check, the published JSON Schema and the serializer agree: on random values for random ports, plain, lent, and
/// lent on.
/// </summary>
public sealed class RandomPortTests
{
    private const int ValuesOfATree = 60;

    private static readonly EvaluationOptions Evaluation = new() { RequireFormatValidation = true };

    private int _read;

    [Fact]
    public void Check_Schema_AndSerializer_Agree()
    {
        var (sound, faulty) = (0, 0);
        Gen.Int[0, int.MaxValue - 1].Sample(
            seed =>
            {
                var random = new Random(seed);
                var tree = Tree(random);
                var schema = JsonSchema.FromText(tree.Schema().ToJsonString());
                var values = new RandomValues(random);
                for (var count = 0; count < ValuesOfATree; count++)
                {
                    var json = values.Make(tree)?.ToJsonString() ?? "null";
                    Interlocked.Increment(ref (Agree(tree, schema, json) ? ref sound : ref faulty));
                }
            },
            iter: 150);

        // Neither half is empty: a test of refusals only, or of sound values only, would see half of it.
        sound.ShouldBeGreaterThan(500);
        faulty.ShouldBeGreaterThan(500);
        _read.ShouldBeGreaterThan(100, "of what is faulty, the serializer reads some");
    }

    /// <summary>
    /// A record; or one with the ports of another, some of them perhaps, and perhaps lent to it already.
    /// </summary>
    private static PortTree Tree(Random random)
    {
        var records = new RandomRecords(random);
        var tree = PortTree.Of(records.Make(depth: 2));
        for (var level = random.Next(3); level > 0; level--)
        {
            var some = tree.Ports.Where(_ => random.Next(3) > 0).Select(static port => port.Name).ToList();
            tree = PortTree
                .Of(records.MakeHolder())
                .Expose("inner", tree, random.Next(2) == 0 || some.Count == 0 ? null : some, null, static fault =>
                    throw new InvalidOperationException(fault));
        }

        return tree;
    }

    private bool Agree(PortTree tree, JsonSchema schema, string json)
    {
        var faults = tree.Check(Encoding.UTF8.GetBytes(json), "inputs", out var stored);
        var isValid = IsValid(schema, json);

        (faults.Count == 0).ShouldBe(
            isValid,
            $"The check says '{string.Join('|', faults)}' of {json}, which the schema "
            + $"{(isValid ? "takes" : "refuses")}: {tree.Schema().ToJsonString()}");
        if (isValid)
        {
            var text = Encoding.UTF8.GetString(stored);
            IsValid(schema, text)
                .ShouldBeTrue(
                    $"What is stored of {json} is {text}, which its schema refuses: {tree.Schema().ToJsonString()}");
            JsonSerializer.Deserialize(stored, tree.Type, WorkflowJson.Options).ShouldNotBeNull();
            tree.Check(stored, "inputs", out var again).ShouldBeEmpty(text);
            Encoding.UTF8.GetString(again).ShouldBe(text);
        }
        else if (Read(tree, json) is { } text && IsWhole(JsonElement.Parse(json), JsonElement.Parse(text)))
        {
            Interlocked.Increment(ref _read);
            // The serializer knows no rules, but makes nothing sound of what the two refuse.
            tree.Check(Encoding.UTF8.GetBytes(text), "inputs")
                .ShouldNotBeEmpty($"{json} is refused with '{string.Join('|', faults)}', and is read as {text}");
            IsValid(schema, text).ShouldBeFalse($"The schema refuses {json}, and takes what is read of it, {text}");
        }

        return isValid;
    }

    /// <summary>
    /// What the serializer makes of JSON, written again; null when it refuses, which it does in one way.
    /// </summary>
    private static string? Read(PortTree tree, string json)
    {
        try
        {
            var value = JsonSerializer.Deserialize(json, tree.Type, WorkflowJson.Options);
            return JsonSerializer.Serialize(value, tree.Type, WorkflowJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether what was read is what was given: not without a name, which no port has or which is there twice, and no
    /// text in place of the number of an enum.
    /// </summary>
    private static bool IsWhole(JsonElement given, JsonElement read) =>
        (given.ValueKind, read.ValueKind) switch
        {
            (JsonValueKind.Object, JsonValueKind.Object) => given.EnumerateObject().All(member =>
                read.TryGetProperty(member.Name, out var kept) && IsWhole(member.Value, kept)),
            (JsonValueKind.Array, JsonValueKind.Array) => given.EnumerateArray().Zip(read.EnumerateArray()).All(
                static pair => IsWhole(pair.First, pair.Second)),
            _ => given.ValueKind == read.ValueKind,
        };

    private static bool IsValid(JsonSchema schema, string json) =>
        schema.Evaluate(JsonElement.Parse(json), Evaluation).IsValid;
}
