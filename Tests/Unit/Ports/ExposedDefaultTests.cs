using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows.Unit.Ports;

/// <summary>The defaults of exposed ports: what is described is what is stored.</summary>
public sealed class ExposedDefaultTests
{
    [Theory]
    [InlineData(
        """{"ship":{"name":"a"}}""",
        """^\{"ship":\{"name":"a","weight":2,"ticket":"[0-9a-f-]{36}","to":null\},"maybe":null\}$"""
    )]
    [InlineData(
        """{"ship":{"NAME":"a","weight":"3"}}""",
        """^\{"ship":\{"name":"a","weight":3,"ticket":"[0-9a-f-]{36}","to":null\},"maybe":null\}$"""
    )]
    [InlineData(
        """{"ship":{"name":"a","to":{"city":"Bern"}}}""",
        ""","to":\{"city":"Bern","country":"CH","key":"[0-9a-f-]{36}"\}"""
    )]
    public void Defaults_OfExposedPorts_AreStored(string json, string pattern) =>
        Stored(Expose("ship"), json).ToJsonString().ShouldMatch(pattern);

    [Fact]
    public void Defaults_OfPortsThatAreNotExposed_AreNotStored() =>
        Stored(Expose("ship", exclude: ["ticket", "to.key"]), """{"ship":{"name":"a","to":{"city":"Bern"}}}""")[
            "ship"
        ]!
            .ToJsonString()
            .ShouldBe("""{"name":"a","weight":2,"to":{"city":"Bern","country":"CH"}}""");

    [Fact]
    public void Defaults_OfANamespaceThatIsLeftOut_AreStored() =>
        Stored(Expose("ship", exclude: ["name", "to", "ticket"]), "{}")["ship"]!
            .ToJsonString()
            .ShouldBe("""{"weight":2}""");

    [Theory]
    [InlineData("""{"maybe":null}""", "null")]
    [InlineData("{}", "null")]
    [InlineData("""{"maybe":{}}""", """{"weight":2}""")]
    public void Defaults_OfANamespaceThatMayBeNull_AreStoredWhereItIsThere(string json, string expected) =>
        (
            Stored(Expose("maybe", exclude: ["name", "to", "ticket"]), json)["maybe"]?.ToJsonString() ?? "null"
        ).ShouldBe(expected);

    [Fact]
    public void Defaults_OfARecordThatNeedsWhatIsLeftOut_AreThoseOfItsParameters() =>
        Stored(PortTree.Of(typeof(Parent)).Expose("ship", PortTree.Of(typeof(Strict)), null, ["name"], Throw), "{}")[
            "ship"
        ]!
            .ToJsonString()
            .ShouldBe("""{"size":4}""");

    [Fact]
    public void WhatIsStored_IsSoundAndIsStoredTheSameAgain()
    {
        var tree = Expose("ship");
        var first = Stored(tree, """{"ship":{"name":"a","to":{"city":"Bern"}}}""").ToJsonString();

        Stored(tree, first).ToJsonString().ShouldBe(first);
    }

    [Fact]
    public void Entries_ThatAreNoPorts_AreKeptWhereTheyAreTaken() =>
        Stored(
            PortTree.Of(typeof(Parent)).Expose("ship", PortTree.Of(typeof(Open)), null, null, Throw),
            """{"ship":{"x":[1.50],"size":"2"}}"""
        )["ship"]!
            .ToJsonString()
            .ShouldBe("""{"size":2,"x":[1.50]}""");

    private static PortTree Expose(string path, string[]? exclude = null) =>
        PortTree.Of(typeof(Parent)).Expose(path, PortTree.Of(typeof(Ship)), null, exclude, Throw);

    private static void Throw(string fault) => throw new InvalidOperationException(fault);

    private static JsonObject Stored(PortTree tree, string json)
    {
        tree.Check(Encoding.UTF8.GetBytes(json), "inputs", out var stored).ShouldBeEmpty();
        return JsonNode.Parse(stored)!.AsObject();
    }

    private sealed record Parent
    {
        public Dictionary<string, JsonElement> Ship { get; init; } = [];

        public Dictionary<string, JsonElement>? Maybe { get; init; }
    }

    private sealed record Ship(string Name)
    {
        public int Weight { get; init; } = 2;

        public Guid Ticket { get; init; } = Guid.NewGuid();

        public Address? To { get; init; }

        public int Twice => Weight * 2;
    }

    private sealed record Address(string City, string Country = "CH")
    {
        public Guid Key { get; init; } = Guid.NewGuid();
    }

    private sealed record Strict(string Name, int Size = 4)
    {
        public int Length { get; init; } = Name.Length;
    }

    private sealed record Open
    {
        public int Size { get; init; }

        [System.Text.Json.Serialization.JsonExtensionData]
        public Dictionary<string, JsonElement>? Others { get; init; }
    }
}
