using System.Text.Json.Nodes;
using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows.Unit.Ports;

/// <summary>Makes JSON that nearly fits random ports.</summary>
/// <param name="random">Where chance comes from.</param>
internal sealed class RandomValues(Random random)
{
    /// <summary>
    /// Values of which each fits some port, or nearly. No number as text: how large it is only the check can say, not
    /// the schema.
    /// </summary>
    private static readonly string[] Odd =
    [
        "null",
        "true",
        "0",
        "1",
        "1.0",
        "-1.5e1",
        "2e2",
        "2.5",
        "300",
        "3000000000",
        "-0",
        "\"\"",
        "\" \"",
        "\"a\"",
        "\"abcd\"",
        "\"x1\"",
        "\"Slow\"",
        "\"Slow, Fast\"",
        "\"Left\"",
        "\"Left, Right\"",
        "\"Up\"",
        "7",
        "[]",
        "{}",
        "[null]",
        "[1.0]",
        "{\"a\":null}",
        "{\"Slow\":1}",
        "{\"p0\":1}",
        "\"6f9619ff-8b86-d011-b42d-00c04fc964ff\"",
        "\"2026-01-31\"",
        "\"2026-02-31\"",
        "\"AQID\"",
        "\"AQI\"",
    ];

    /// <summary>Makes a value.</summary>
    /// <param name="tree">What it is for.</param>
    /// <returns>JSON.</returns>
    public JsonNode? Make(PortTree tree)
    {
        if (random.Next(25) == 0)
        {
            return JsonNode.Parse(Odd[random.Next(Odd.Length)]);
        }

        return tree.Kind switch
        {
            PortKind.Namespace => MakeRecord([tree]),
            PortKind.DynamicNamespace when tree.Exposed.Count > 0 => MakeRecord(tree.Exposed),
            PortKind.DynamicNamespace => new JsonObject(
                Names(tree).Take(random.Next(4)).Select(name => KeyValuePair.Create(name, MakeItem(tree)))),
            PortKind.List => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => MakeItem(tree))]),
            _ => JsonNode.Parse(MakeLeaf(tree.Type)),
        };
    }

    private JsonObject MakeRecord(IReadOnlyList<PortTree> spaces)
    {
        var made = new JsonObject();
        foreach (var port in spaces.SelectMany(static space => space.Ports))
        {
            if (random.Next(port.IsRequired ? 30 : 3) > 0)
            {
                made[port.Name] = port.IsNullable && random.Next(4) == 0 ? null : Make(port.Tree);
            }

            if (made.ContainsKey(port.Name) && random.Next(40) == 0)
            {
                made[port.Name.ToUpperInvariant()] = Make(port.Tree);
            }
        }

        if (random.Next(30) == 0)
        {
            made["other"] = 1;
        }

        return made;
    }

    private JsonNode? MakeItem(PortTree tree) => random.Next(8) == 0 ? null : Make(tree.Item!);

    private static IEnumerable<string> Names(PortTree tree) =>
        tree.Type.GetGenericArguments()[0] == typeof(RandomPace) ? ["Slow", "Fast", "Middle"] : ["a", "b", "c"];

    private string MakeLeaf(Type type) =>
        type switch
        {
            _ when type == typeof(string) => One("\"a\"", "\"ab\"", "\"x1\"", "\"Slow\"", "\" \""),
            _ when type == typeof(int) || type == typeof(byte) || type == typeof(long) => One(
                "1",
                "2.0",
                "30e1",
                "0",
                "255",
                "256",
                "-1"),
            _ when type == typeof(decimal) || type == typeof(double) => One("1", "2.0", "-1.25", "1e2", "0"),
            _ when type == typeof(bool) => One("true", "false"),
            _ when type == typeof(Guid) => "\"6f9619ff-8b86-d011-b42d-00c04fc964ff\"",
            _ when type == typeof(DateOnly) => "\"2026-01-31\"",
            _ when type == typeof(RandomPace) => One("\"Slow\"", "\"Fast\"", "1", "7"),
            _ when type == typeof(RandomSides) => One("\"Left\"", "\"Left, Right\"", "0", "1", "3"),
            _ when type == typeof(byte[]) => One("\"AQID\"", "\"\"", "\"AQ==\""),
            _ => Odd[random.Next(Odd.Length)],
        };

    private string One(params string[] texts) => texts[random.Next(texts.Length)];
}
