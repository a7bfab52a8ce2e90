using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows.Unit.Ports;

/// <summary>What people and tools read about ports.</summary>
public sealed class PortDescriptionTests
{
    private static readonly PortTree Tree = PortTree.Of(typeof(Report));

    [Fact]
    public void Description_OfAPort_SaysAllThatItTakes()
    {
        (
            Port("title").Path,
            Port("title").Kind,
            Port("title").Type,
            Port("title").Required,
            Port("title").Default
        ).ShouldBe(("title", PortKind.Value, "string", true, null));
        Port("title").Validators.ShouldBe(["StringLength 2..50"]);
        Port("pages").Default.ShouldBe("3");
        Port("pages").Help.ShouldBe("How long it is.");
        Port("pages").Validators.ShouldBe(["Range 1..10"]);
        Port("price").Type.ShouldBe("decimal?");
        Port("price").Help.ShouldBe("What it costs.");
        Port("note").Type.ShouldBe("string?");
        Port("at").DefaultIsComputed.ShouldBeTrue();
        Port("at").Default.ShouldBeNull();
        Port("mail").Validators.ShouldBe(["EmailAddress", "RegularExpression .+"]);
    }

    [Fact]
    public void Description_OfAPortThatOnlyItsValidatorRequires_SaysRequired() =>
        Port("editor").Required.ShouldBeTrue();

    [Fact]
    public void Description_OfNamespacesAndLists_HasWhatIsBelow()
    {
        var root = Tree.Describe("inputs");

        (root.Name, root.Path, root.Kind, root.Type, root.Required).ShouldBe(
            ("inputs", "", PortKind.Namespace, "Report", true));
        Port("author").Kind.ShouldBe(PortKind.Namespace);
        Port("author").Validators.ShouldBe(["checks itself"]);
        Port("author").Children.Select(static port => port.Path).ShouldBe(["author.name", "author.born"]);
        Port("author").Children[1].Default.ShouldBe("1900");
        (Port("editors").Kind, Port("editors").Item!.Path, Port("editors").Item!.Children[0].Path).ShouldBe(
            (PortKind.List, "editors[*]", "editors[*].name"));
        (Port("byName").Kind, Port("byName").Type).ShouldBe(
            (PortKind.DynamicNamespace, "Dictionary<string, Author>"));
        (Port("byName").Item!.Name, Port("byName").Item!.Path, Port("byName").Item!.Children[0].Path).ShouldBe(
            ("*", "byName.*", "byName.*.name"));
    }

    /// <summary>
    /// A record that is not made of nothing is made of samples, and shows its defaults all the same; where it is
    /// exposed, too.
    /// </summary>
    [Fact]
    public void Description_OfAPortThatIsComputedOrExposed_HasItsDefault()
    {
        var own = PortTree.Of(typeof(Strict)).Describe("inputs").Children;
        var exposed = PortTree
            .Of(typeof(Owner))
            .Expose("report", PortTree.Of(typeof(Strict)), null, null, static fault =>
                throw new InvalidOperationException(fault))
            .Describe("inputs")
            .Children.Single()
            .Children;

        foreach (var ports in new[] { own, exposed })
        {
            ports.Select(static port => (port.Name, port.Required, port.Default, port.DefaultIsComputed)).ShouldBe(
            [
                ("name", true, null, false),
                ("at", true, null, false),
                ("tags", true, null, false),
                ("count", false, "3", false),
                ("code", false, null, true),
                ("length", false, null, true),
            ]);
        }
    }

    [Fact]
    public void Description_OfATypeThatContainsItself_Ends()
    {
        Port("parts").Item!.Type.ShouldBe("Report");
        Port("parts").Item!.Children.ShouldBeEmpty();
    }

    [Fact]
    public void Schema_OfARecord_SaysTheSame()
    {
        var schema = Tree.Schema();
        var ports = schema["properties"]!;

        schema["$schema"]!.GetValue<string>().ShouldBe("https://json-schema.org/draft/2020-12/schema");
        schema["type"]!.ToJsonString().ShouldBe("\"object\"");
        schema["additionalProperties"]!.GetValue<bool>().ShouldBeFalse();
        schema["required"]!
            .AsArray()
            .Select(static name => name!.GetValue<string>())
            .ShouldBe(["title", "mail", "editor"]);
        Keywords(ports["title"], "minLength", "maxLength").ShouldBe("2 50");
        Keywords(ports["pages"], "description", "minimum", "maximum", "default").ShouldBe("\"How long it is.\" 1 10 3");
        Keywords(ports["mail"], "format", "pattern").ShouldBe("\"email\" \"^(?:.\\u002B)?$\"");
        Keywords(ports["link"], "format", "default").ShouldBe("\"uri\" ");
        Keywords(ports["size"], "enum").ShouldBe("[\"A4\",\"A5\"]");
        Keywords(ports["editors"], "minItems", "maxItems").ShouldBe(" 4");
        Keywords(ports["author"]!["properties"]!["born"], "default").ShouldBe("1900");
        ports["at"]!.AsObject().ContainsKey("default").ShouldBeFalse();
        Keywords(ports["pageCount"], "readOnly").ShouldBe("true");
        ports["parts"]!["items"]!["$ref"]!.GetValue<string>().ShouldBe("#");
        ports["free"]!["description"]!.GetValue<string>().ShouldBe("Anything.");
    }

    [Fact]
    public void SchemaOfAnExposedTypeThatContainsItself_PointsAtItsNewPlace()
    {
        var schema = PortTree
            .Of(typeof(Owner))
            .Expose("report", Tree, ["title", "parts"], null, static fault =>
                throw new InvalidOperationException(fault))
            .Schema();

        schema["properties"]!["report"]!["properties"]!["parts"]!["items"]!["$ref"]!
            .GetValue<string>()
            .ShouldBe("#/properties/report");
    }

    [Fact]
    public void SchemaOfAnExposedTypeThatComesTwice_StandsAloneWhereTheFirstIsLeftOut()
    {
        var schema = PortTree
            .Of(typeof(Owner))
            .Expose("report", Tree, ["byName"], null, static fault => throw new InvalidOperationException(fault))
            .Schema();

        Keywords(
                schema["properties"]!["report"]!["properties"]!["byName"]!["additionalProperties"]!["properties"]![
                    "born"
                ],
                "default")
            .ShouldBe("1900");
        schema.ToJsonString().ShouldNotContain("$ref");
    }

    private static string Keywords(JsonNode? node, params string[] keywords) =>
        string.Join(' ', keywords.Select(keyword => node?[keyword]?.ToJsonString()));

    private static PortDescription Port(string name) =>
        Tree.Describe("inputs").Children.Single(port => port.Name == name);

    private sealed record Report
    {
        [StringLength(50, MinimumLength = 2)]
        public required string Title { get; init; }

        [Range(1, 10), Description("How long it is.")]
        public int Pages { get; init; } = 3;

        [Display(Description = "What it costs.")]
        public decimal? Price { get; init; }

        public string? Note { get; init; }

        public DateTimeOffset At { get; init; } = TimeProvider.System.GetUtcNow();

        [EmailAddress, RegularExpression(".+")]
        public required string Mail { get; init; }

        [Url]
        public string? Link { get; init; }

        [AllowedValues("A4", "A5")]
        public string Size { get; init; } = "A4";

        [Required]
        public string? Editor { get; init; }

        public Author? Author { get; init; }

        [MaxLength(4)]
        public Author[] Editors { get; init; } = [];

        public Dictionary<string, Author> ByName { get; init; } = [];

        public List<Report> Parts { get; init; } = [];

        [Description("Anything.")]
        public JsonElement? Free { get; init; }

        public int PageCount => Pages;
    }

    private sealed record Author(string Name, int Born = 1900) : IValidatableObject
    {
        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => [];
    }

    /// <summary>Refuses to be made of nothing.</summary>
    private sealed record Strict(string Name, DateTimeOffset At, List<string> Tags)
    {
        public int Count { get; init; } = Tags.Count + 3;

        public string Code { get; init; } = Name.ToUpperInvariant();

        public int Length => Name.Length;
    }

    private sealed record Owner
    {
        public Dictionary<string, JsonElement> Report { get; init; } = [];
    }
}
