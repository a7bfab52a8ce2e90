using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>One port: a property of a record, as JSON sees it.</summary>
internal sealed class Port
{
    private readonly JsonPropertyInfo _property;
    private PortTree? _tree;

    /// <summary>Reads a property.</summary>
    /// <param name="property">The property, of configured metadata.</param>
    public Port(JsonPropertyInfo property)
    {
        _property = property;
        var parameter = property.AssociatedParameter;
        Member = (property.AttributeProvider as MemberInfo)?.Name ?? property.Name;
        IsSettable =
            property.Set is not null
            || parameter is not null
            || property.ObjectCreationHandling == JsonObjectCreationHandling.Populate;
        IsRequired = property.IsRequired || parameter is { HasDefaultValue: false };
        IsNullable = (!Type.IsValueType || Nullable.GetUnderlyingType(Type) is not null)
            && (IsSettable ? (parameter?.IsNullable ?? true) && property.IsSetNullable : property.IsGetNullable);
        Options = PortOptions.Of(property);
        Rules = [];
        try
        {
            Rules = [.. Attributes<ValidationAttribute>()];
            Help = Attributes<DescriptionAttribute>().FirstOrDefault()?.Description
                ?? Attributes<DisplayAttribute>().FirstOrDefault()?.GetDescription();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // An attribute's own code has thrown: the definition does not start, and says so with all other faults.
            Fault = $"its attributes cannot be made: {PortRules.MessageOf(e)}";
        }

        NeedsVisit = Rules.Length > 0
            || !PortTree.IsAlwaysLeaf(Type)
            || (IsSettable && (Nullable.GetUnderlyingType(Type) ?? Type).IsEnum);
    }

    private Port(Port port, PortTree tree)
    {
        _property = port._property;
        _tree = tree;
        Member = port.Member;
        IsSettable = port.IsSettable;
        IsRequired = port.IsRequired;
        IsNullable = port.IsNullable;
        Options = port.Options;
        Rules = port.Rules;
        Help = port.Help;
        Fault = port.Fault;
        NeedsVisit = port.NeedsVisit;
    }

    /// <summary>Its name in JSON.</summary>
    public string Name => _property.Name;

    /// <summary>The property's name in C#.</summary>
    public string Member { get; }

    /// <summary>The property's type.</summary>
    public Type Type => _property.PropertyType;

    /// <summary>Whether a value must be given.</summary>
    public bool IsRequired { get; }

    /// <summary>Whether null may be given.</summary>
    public bool IsNullable { get; }

    /// <summary>
    /// Whether null is a value of its own: JSON of any shape, and a converter of one's own, may take it as one.
    /// </summary>
    public bool TakesOwnNull => Type == typeof(JsonElement) || Tree.ReadsItsOwnWay;

    /// <summary>
    /// Whether a value that is given is used. A property that is only computed is written, and what is read for it is
    /// ignored.
    /// </summary>
    public bool IsSettable { get; }

    /// <summary>Its validators.</summary>
    public ValidationAttribute[] Rules { get; }

    /// <summary>Why its attributes cannot be made; null when they can.</summary>
    public string? Fault { get; }

    /// <summary>What it is for; null when the definition does not say.</summary>
    public string? Help { get; }

    /// <summary>Whether there is anything to check in a value that could be read.</summary>
    public bool NeedsVisit { get; }

    /// <summary>How it is read and written; null when as its type is.</summary>
    public JsonSerializerOptions? Options { get; }

    /// <summary>The constructor's parameter, when that has a default; null otherwise.</summary>
    public JsonParameterInfo? OptionalParameter =>
        _property.AssociatedParameter is { HasDefaultValue: true } parameter ? parameter : null;

    /// <summary>What its value consists of. Made when it is asked for, because a record may contain itself.</summary>
    public PortTree Tree =>
        _tree ??= Options is { } own ? PortTree.Leaf(Type, own, _property.CustomConverter) : TreeOfMember();

    /// <summary>The same port with another tree.</summary>
    public Port With(PortTree tree) => new(this, tree);

    /// <summary>Reads its value.</summary>
    /// <returns>The value; null too when it can only be written.</returns>
    public object? ValueOf(object owner) => _property.Get?.Invoke(owner);

    private PortTree TreeOfMember() => _property.AttributeProvider switch
    {
        _ when PortTree.IsAlwaysLeaf(Type) => PortTree.Of(Type),
        PropertyInfo member => PortTree.Of(new NullabilityInfoContext().Create(member)),
        FieldInfo member => PortTree.Of(new NullabilityInfoContext().Create(member)),
        _ => PortTree.Of(Type),
    };

    /// <summary>
    /// An attribute on the parameter of a record counts as one on the property: C# puts it there when nothing else is
    /// said.
    /// </summary>
    private IEnumerable<T> Attributes<T>()
        where T : Attribute
    {
        var own = _property.AttributeProvider is MemberInfo member ? member.GetCustomAttributes<T>(inherit: true) : [];
        var parameter = _property.AssociatedParameter?.AttributeProvider as ParameterInfo ?? ParameterOfStruct();
        return own.Concat(parameter?.GetCustomAttributes<T>(inherit: true) ?? []);
    }

    /// <summary>The serializer sets what a struct's constructor names, and says nothing of its parameter.</summary>
    private ParameterInfo? ParameterOfStruct() =>
        !_property.DeclaringType.IsValueType ? null : _property.DeclaringType.GetConstructors()
            .OrderByDescending(static constructor => constructor.GetParameters().Length)
            .SelectMany(static constructor => constructor.GetParameters())
            .FirstOrDefault(parameter => parameter.ParameterType == Type
                && Member.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase));
}
