using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>
/// The ports of a record, as System.Text.Json sees its properties: what may be given, and what is checked. Immutable.
/// </summary>
internal sealed class PortTree
{
    /// <summary>
    /// Reading attributes costs more than everything else that a start does before its commit. Goes with the types.
    /// </summary>
    private static readonly ConditionalWeakTable<Type, PortTree> Trees = [];

    private readonly JsonSerializerOptions _options;
    private readonly Type? _itemType;
    private PortTree? _item;

    private PortTree(Type type, JsonSerializerOptions options, JsonTypeInfo? info, JsonConverter? converter = null)
    {
        _options = options;
        ReadsItsOwnWay = (converter ?? info?.Converter) is { } own and not (ZonedTimeConverter or UtcTimeConverter)
            && own.GetType().Assembly != typeof(JsonSerializer).Assembly
            && !DeclaredEnums.IsOne(own);
        Type = type;
        Kind = info?.Kind switch
        {
            _ when info?.PolymorphismOptions is not null || type == typeof(object) => PortKind.Value,
            JsonTypeInfoKind.Object => PortKind.Namespace,
            JsonTypeInfoKind.Dictionary => PortKind.DynamicNamespace,
            JsonTypeInfoKind.Enumerable => PortKind.List,
            _ => PortKind.Value,
        };
        _itemType = Kind is PortKind.DynamicNamespace or PortKind.List ? info!.ElementType : null;
        TakesNullItems = _itemType is not null && (Nullable.GetUnderlyingType(_itemType) is not null || TakesJson);
        Ports = info?.Kind == JsonTypeInfoKind.Object && type != typeof(object) ? [.. PortsOf(info)] : [];
        TakesOtherNames = Kind == PortKind.DynamicNamespace
            || info?.UnmappedMemberHandling == JsonUnmappedMemberHandling.Skip
            || (Kind == PortKind.Namespace && info!.Properties.Any(static property => property.IsExtensionData));
        Rules = type.IsPrimitive ? [] : [.. type.GetCustomAttributes<ValidationAttribute>(inherit: true)];
        ChecksItself = typeof(IValidatableObject).IsAssignableFrom(type);
        HasPortRules = Ports.Any(static port => port.Rules.Length > 0);
        IsPlain = true;
    }

    private PortTree(
        PortTree tree,
        IReadOnlyList<Port>? ports = null,
        IReadOnlyList<PortTree>? exposed = null,
        bool isPartial = false)
    {
        _options = tree._options;
        _itemType = tree._itemType;
        _item = tree._item;
        TakesNullItems = tree.TakesNullItems;
        ReadsItsOwnWay = tree.ReadsItsOwnWay;
        Type = tree.Type;
        Kind = tree.Kind;
        Ports = ports ?? tree.Ports;
        Exposed = exposed ?? tree.Exposed;
        IsPartial = isPartial || tree.IsPartial;
        TakesOtherNames =
            tree.TakesOtherNames
            && !IsPartial
            && (Exposed.Count == 0 || Exposed.Any(static child => child.TakesOtherNames));
        Rules = tree.Rules;
        ChecksItself = tree.ChecksItself;
        HasPortRules = Ports.Any(static port => port.Rules.Length > 0);
    }

    /// <summary>
    /// The same list or dynamic namespace as a property declares it, with question marks that its type alone does not
    /// have.
    /// </summary>
    private PortTree(PortTree tree, PortTree item, bool takesNullItems)
        : this(tree)
    {
        _item = item;
        TakesNullItems = takesNullItems;
        HasQuestionMarks = true;
        IsPlain = true;
    }

    /// <summary>The type, without the question mark of a nullable struct.</summary>
    public Type Type { get; }

    /// <summary>What it holds.</summary>
    public PortKind Kind { get; }

    /// <summary>
    /// The ports, in the order of the properties. A value of one of several types has ports too, which are checked only
    /// once it is read.
    /// </summary>
    public IReadOnlyList<Port> Ports { get; }

    /// <summary>The trees whose ports a dynamic namespace has instead of any names; usually none.</summary>
    public IReadOnlyList<PortTree> Exposed { get; } = [];

    /// <summary>Whether names that are no ports are taken.</summary>
    public bool TakesOtherNames { get; }

    /// <summary>Whether ports of the type are left out, here or below.</summary>
    public bool IsPartial { get; }

    /// <summary>Whether it is just what its type says: nothing is exposed or left out, here or below.</summary>
    public bool IsPlain { get; }

    /// <summary>The attributes on the type that check it as a whole.</summary>
    public ValidationAttribute[] Rules { get; }

    /// <summary>Whether only a converter from outside of System.Text.Json knows what JSON is expected.</summary>
    public bool ReadsItsOwnWay { get; }

    /// <summary>Whether the type checks itself.</summary>
    public bool ChecksItself { get; }

    /// <summary>Whether the entries of a dynamic namespace are JSON of any shape.</summary>
    public bool TakesJson =>
        _itemType == typeof(JsonElement)
        || _itemType == typeof(JsonElement?)
        || _itemType == typeof(JsonNode)
        || _itemType == typeof(object);

    /// <summary>Whether any port has validators.</summary>
    public bool HasPortRules { get; }

    /// <summary>What the items of a list or the entries of a dynamic namespace are; null for everything else.</summary>
    public PortTree? Item => _itemType is null ? null : _item ??= Of(_itemType);

    /// <summary>Whether items, or entries, may be null.</summary>
    public bool TakesNullItems { get; }

    /// <summary>Whether it differs from what its type alone says in which items may be null.</summary>
    public bool HasQuestionMarks { get; }

    /// <summary>Finds the ports of a type.</summary>
    /// <returns>Its tree, the same each time.</returns>
    public static PortTree Of(Type record) => Trees.GetValue(
        Nullable.GetUnderlyingType(record) ?? record,
        static type => new PortTree(type, PortOptions.Ports, InfoOf(type)));

    /// <summary>Finds what the values of a property consist of.</summary>
    /// <param name="declared">The property's type, with its question marks.</param>
    /// <returns>The tree: the type's own unless items may be null.</returns>
    public static PortTree Of(NullabilityInfo declared)
    {
        var tree = Of(declared.Type);
        var declaredItem = declared.ElementType ?? declared.GenericTypeArguments.LastOrDefault();
        if (declaredItem is null || declaredItem.Type != tree._itemType)
        {
            return tree;
        }

        var item = Of(declaredItem);
        var takesNull = tree.TakesNullItems || declaredItem.ReadState != NullabilityState.NotNull;
        return takesNull == tree.TakesNullItems && !item.HasQuestionMarks ? tree : new PortTree(tree, item, takesNull);
    }

    /// <summary>Makes a tree of a single value that is read in its own way.</summary>
    /// <param name="type">The type.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="converter">What reads it; null for what usually does.</param>
    public static PortTree Leaf(Type type, JsonSerializerOptions options, JsonConverter? converter) =>
        new(type, options, info: null, converter);

    /// <summary>Names a port as its JSON path.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <typeparam name="TValue">The port's type.</typeparam>
    /// <param name="port">Such as <c>o =&gt; o.Parcel.Weight</c> or <c>o =&gt; o.Parcels["big"]</c>.</param>
    /// <exception cref="ArgumentException">The expression is something else.</exception>
    public static string PathOf<T, TValue>(Expression<Func<T, TValue>> port) => PortPath.Of(port);

    /// <summary>Whether every value of a type is a leaf: what can be derived from may hold anything.</summary>
    public static bool IsAlwaysLeaf(Type type) => type.IsSealed && IsLeaf(Nullable.GetUnderlyingType(type) ?? type);

    /// <summary>Whether nothing can be checked in a value.</summary>
    public static bool IsLeaf(Type type) =>
        type.IsPrimitive
        || type.IsEnum
        || type == typeof(string)
        || type == typeof(byte[])
        || (
            !type.IsArray
            && (
                type.Namespace == "System"
                || type.Namespace?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true));

    /// <summary>Finds a port.</summary>
    /// <returns>The port; null when there is none.</returns>
    public Port? Find(string name) => Kind == PortKind.Namespace
        ? Ports.FirstOrDefault(port => port.Name == name)
        : Exposed.Select(child => child.Find(name)).FirstOrDefault(static port => port is not null);

    /// <summary>What is below a name, whatever its case; JSON of any shape where that is unknown.</summary>
    public PortTree Below(string name) => GivenPorts.PortOf(this, name)?.Tree
        ?? (this is { Kind: PortKind.DynamicNamespace, Exposed.Count: 0 } ? Item! : Of(typeof(JsonElement)));

    /// <summary>Reads a value; a name that is no port is an error.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    public object? Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, _options.GetTypeInfo(Type));

    /// <summary>Reads a value; a name that is no port is an error.</summary>
    public object? Read(JsonElement json) => json.Deserialize(_options.GetTypeInfo(Type));

    /// <summary>Reads a value of which nothing is required.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <returns>The value; null when the type refuses it.</returns>
    public object? ReadPart(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, PortOptions.Lenient.GetTypeInfo(Type));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The type's own constructor wants more than is there.
            return null;
        }
    }

    /// <summary>Describes the ports for people and tools.</summary>
    /// <param name="name">What they are called: 'inputs', 'outputs'.</param>
    public PortDescription Describe(string name) => new PortDescriber().Describe(this, name);

    /// <summary>Describes the ports as JSON Schema, draft 2020-12.</summary>
    public JsonNode Schema() => PortSchema.Of(this);

    /// <summary>The same ports with others in place of some.</summary>
    public PortTree With(IReadOnlyList<Port> ports) => new(this, ports);

    /// <summary>The same ports with some of them changed or left out.</summary>
    public PortTree WithSome(IReadOnlyList<Port> ports) => new(this, ports, isPartial: true);

    /// <summary>The same dynamic namespace with other ports exposed in it.</summary>
    public PortTree WithExposed(IReadOnlyList<PortTree> exposed) => new(this, exposed: exposed);

    private static JsonTypeInfo? InfoOf(Type type)
    {
        try
        {
            return PortOptions.Ports.GetTypeInfo(type);
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            // System.Text.Json knows no way to read it, which the first attempt says.
            return null;
        }
    }

    private static IEnumerable<Port> PortsOf(JsonTypeInfo info) => info.Properties
        .Where(static property => !property.IsExtensionData && (property.Get is not null || property.Set is not null))
        .Select(static property => new Port(property));
}
