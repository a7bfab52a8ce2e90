using System.Text.Json;
using CsCheck;

namespace Orleans.Workflows.Unit.Abstractions;

public sealed class ProcessIdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("ORDER-1._~:@")]
    [InlineData("order-1/0.0")]
    [InlineData("order-1/0.0/12.345")]
    public void Parse_OfALegalId_KeepsIt(string text)
    {
        ProcessId.Parse(text).Value.ShouldBe(text);
        ProcessId.TryParse(text, out var id).ShouldBeTrue();
        id.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("", "must not be empty")]
    [InlineData("a b", "illegal character ' ' (U+0020)")]
    [InlineData("ä", "U+00E4")]
    [InlineData("a\0", "U+0000")]
    [InlineData("a\\b", "U+005C")]
    [InlineData("/0.0", "begins with '/'")]
    [InlineData("a/", "empty part")]
    [InlineData("a//0.0", "empty part")]
    public void Parse_OfAnIllegalId_SaysWhy(string text, string why)
    {
        Should.Throw<ArgumentException>(() => ProcessId.Parse(text)).Message.ShouldContain(why);
        ProcessId.TryParse(text, out var id).ShouldBeFalse();
        id.ShouldBe(default);
    }

    [Fact]
    public void Parse_HasTheDocumentedLengths()
    {
        ProcessId.TryParse(new string('x', 200), out _).ShouldBeTrue();
        ProcessId.TryParse(new string('x', 201), out _).ShouldBeFalse();
        ProcessId.TryParse(new string('x', 200) + "/" + new string('1', 799), out _).ShouldBeTrue();
        ProcessId.TryParse(new string('x', 200) + "/" + new string('1', 800), out _).ShouldBeFalse();
    }

    [Fact]
    public void Ids_AreCaseSensitive()
    {
        ProcessId.Parse("A").ShouldNotBe(ProcessId.Parse("a"));
        (ProcessId.Parse("B") < ProcessId.Parse("a")).ShouldBeTrue("ids are ordered by their characters' codes");
    }

    [Fact]
    public void Child_HasItsParentsIdAndItsPlace()
    {
        var child = ProcessId.Parse("order-1").Child(3, 14);

        child.Value.ShouldBe("order-1/3.14");
        child.IsChild.ShouldBeTrue();
        ProcessId.Parse("order-1").IsChild.ShouldBeFalse();
        Should.Throw<ArgumentException>(child.ThrowIfNotForClients);
        Should.Throw<ArgumentException>(() => default(ProcessId).ThrowIfNotForClients());
        Should.NotThrow(() => ProcessId.Parse("order-1").ThrowIfNotForClients());
    }

    [Fact]
    public void Child_DeepInATree_HasAHashForWhatLiesBetween()
    {
        var fits = ProcessId.Parse($"order-1/{new string('7', 988)}");
        var parent = ProcessId.Parse($"order-1/{new string('7', 989)}");

        fits.Child(0, 1)
            .Value.ShouldBe($"{fits.Value}/0.1", "1,000 characters are allowed, and older versions made them");
        parent.Child(0, 1).Value.ShouldMatch("^order-1/~[0-9a-f]{32}/0[.]1$");
        parent.Child(0, 1).ShouldBe(parent.Child(0, 1));
        new[]
        {
            parent.Child(0, 1),
            parent.Child(0, 2),
            parent.Child(1, 1),
            fits.Child(12, 12),
            parent.Child(0, 1).Child(0, 1),
        }.ShouldBeUnique();
        parent.Child(0, 1).IsChild.ShouldBeTrue();
        ProcessId.Parse(parent.Child(0, 1).Value).ShouldBe(parent.Child(0, 1));
        Should.Throw<ArgumentException>(() => default(ProcessId).Child(0, 0));
    }

    [Fact]
    public void New_IsLegalUniqueAndRisesWithTime()
    {
        var ids = Enumerable.Range(0, 1_000).Select(static _ => ProcessId.New()).ToList();

        ids.ShouldBeUnique();
        ids.TrueForAll(static id => ProcessId.TryParse(id.Value, out _) && id.Value.Length == 32).ShouldBeTrue();
        string.CompareOrdinal(ids[0].Value[..8], ids[^1].Value[..8]).ShouldBeLessThanOrEqualTo(0);
    }

    [Fact]
    public void Id_WrittenAsJson_ReadsAsItWas()
    {
        var id = ProcessId.Parse("order-1/3.14");

        JsonSerializer.Serialize(id, WorkflowJson.Options).ShouldBe("\"order-1/3.14\"");
        JsonSerializer.Deserialize<ProcessId>("\"order-1/3.14\"", WorkflowJson.Options).ShouldBe(id);
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<ProcessId>("\"a b\"", WorkflowJson.Options));
    }

    [Fact]
    public void TryParse_OfAnyText_AgreesWithParse() => Gen.String[0, 12].Sample(static text =>
    {
        var legal = ProcessId.TryParse(text, out var id);

        return legal ? ProcessId.Parse(text) == id : Throws(text);
    });

    private static bool Throws(string text)
    {
        try
        {
            ProcessId.Parse(text);
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
