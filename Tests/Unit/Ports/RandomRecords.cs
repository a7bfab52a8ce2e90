using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Orleans.Workflows.Unit.Ports;

/// <summary>Makes classes and record structs with random ports, as a compiler does.</summary>
/// <param name="random">Where chance comes from.</param>
internal sealed class RandomRecords(Random random)
{
    private static readonly ConstructorInfo Nullable = typeof(NullableAttribute).GetConstructor([typeof(byte[])])!;

    /// <summary>Is on each member that is required, and on a type that has one.</summary>
    private static readonly CustomAttributeBuilder Required = new(
        typeof(RequiredMemberAttribute).GetConstructor([])!,
        []);

    private static readonly Type[] Values =
    [
        typeof(string),
        typeof(int),
        typeof(byte),
        typeof(long),
        typeof(decimal),
        typeof(double),
        typeof(bool),
        typeof(Guid),
        typeof(DateOnly),
        typeof(RandomPace),
        typeof(RandomSides),
        typeof(byte[]),
        typeof(JsonElement),
    ];

    private readonly ModuleBuilder _module = AssemblyBuilder
        .DefineDynamicAssembly(new AssemblyName($"Random{random.Next()}"), AssemblyBuilderAccess.Run)
        .DefineDynamicModule("Records");

    private int _count;

    /// <summary>Makes a class, or a struct whose constructor has parameters for some of the ports.</summary>
    /// <param name="depth">How many records may be below.</param>
    /// <returns>The type.</returns>
    public Type Make(int depth) => random.Next(3) == 0 ? MakeStruct(depth) : Make($"Record{_count++}", type =>
        NamesOfPorts().Select(name => AddPort(type, name, Shape.Random(random, depth, this))));

    /// <summary>Makes a class with a namespace for exposed ports.</summary>
    /// <returns>The class.</returns>
    public Type MakeHolder() => Make($"Holder{_count++}", type =>
    [
        AddPort(
            type,
            "Inner",
            new Shape(typeof(Dictionary<string, JsonElement>), [1, 1], IsCollection: true),
            mayVary: false),
        AddPort(type, "Beside", Shape.Random(random, depth: 0, this)),
    ]);

    private IEnumerable<string> NamesOfPorts() =>
        Enumerable.Range(0, random.Next(1, 6)).Select(static index => $"P{index}");

    private Type Make(string name, Func<TypeBuilder, IEnumerable<Made>> addPorts)
    {
        var type = _module.DefineType(name, TypeAttributes.Public | TypeAttributes.Sealed);
        type.SetCustomAttribute(Required);
        var ports = addPorts(type).ToList();
        var code = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, []).GetILGenerator();
        foreach (var port in ports)
        {
            if (port.IsRequired)
            {
                port.Property.SetCustomAttribute(Required);
            }
            else
            {
                port.Begin?.Invoke(code);
            }
        }

        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Call, typeof(object).GetConstructor([])!);
        code.Emit(OpCodes.Ret);
        return type.CreateType();
    }

    /// <summary>What must be given is a parameter; of the rest some are, with a default, and some are not.</summary>
    private Type MakeStruct(int depth)
    {
        var type = _module.DefineType(
            $"Struct{_count++}",
            TypeAttributes.Public | TypeAttributes.Sealed | TypeAttributes.SequentialLayout,
            typeof(ValueType));
        var ports = NamesOfPorts().Select(name => AddPort(type, name, Shape.Random(random, depth, this))).ToList();
        var parameters = ports.Where((port, index) => index == 0 || port.IsRequired || random.Next(2) == 0)
            .Where(static port => port.IsRequired || port.Begin is null || port.Clr == typeof(string))
            .OrderByDescending(static port => port.IsRequired).ToList();
        var constructor = type.DefineConstructor(
            MethodAttributes.Public,
            CallingConventions.Standard,
            [.. parameters.Select(static port => port.Clr)]);
        var code = constructor.GetILGenerator();
        foreach (var (port, place) in parameters.Select(static (port, index) => (port, index + 1)))
        {
            var isOptional = !port.IsRequired;
            var parameter = constructor.DefineParameter(
                place,
                isOptional ? ParameterAttributes.Optional | ParameterAttributes.HasDefault : ParameterAttributes.None,
                port.Property.Name);
            if (isOptional)
            {
                parameter.SetConstant(port.Clr == typeof(string) && port.Begin is not null ? "by default" : null);
            }

            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Ldarg, place);
            code.Emit(OpCodes.Stfld, port.Field);
        }

        ports.Except(parameters).ToList().ForEach(port => port.Begin?.Invoke(code));
        code.Emit(OpCodes.Ret);
        return type.CreateType();
    }

    private Made AddPort(TypeBuilder type, string name, Shape shape, bool mayVary = true)
    {
        var isNullable = mayVary && random.Next(3) == 0;
        var clr = isNullable && shape.Type.IsValueType ? typeof(Nullable<>).MakeGenericType(shape.Type) : shape.Type;
        var field = type.DefineField($"_{name}", clr, FieldAttributes.Private);
        var property = type.DefineProperty(name, PropertyAttributes.None, clr, []);
        property.SetGetMethod(Getter(type, name, clr, field));
        property.SetSetMethod(Setter(type, name, clr, field));
        if (shape.Marks.Length > 0)
        {
            byte[] marks = [isNullable ? (byte)2 : (byte)1, .. shape.Marks[1..]];
            property.SetCustomAttribute(new CustomAttributeBuilder(Nullable, [marks]));
        }

        var rules = mayVary ? RandomRules.For(shape, random) : [];
        rules.ForEach(property.SetCustomAttribute);
        var canBeMade = shape.IsCollection && !shape.Type.IsArray;
        var isStruct = shape.Type is { IsValueType: true, Assembly.IsDynamic: true };
        var hasNoDefault =
            !isNullable
            && (
                shape.Type == typeof(JsonElement)
                || isStruct
                || !(shape.Type.IsValueType || canBeMade || shape.Type == typeof(string)));

        // A default that the validators refuse would be a fault at start-up.
        var isRequired = mayVary && (hasNoDefault || rules.Count > 0 || random.Next(3) == 0);
        return new Made(property, field, clr, isRequired, isNullable ? null : BeginOf(shape, field));
    }

    private static Action<ILGenerator>? BeginOf(Shape shape, FieldBuilder field) =>
        shape is { IsCollection: true, Type.IsArray: false } ? code =>
        {
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Newobj, shape.Type.GetConstructor([])!);
            code.Emit(OpCodes.Stfld, field);
        }
    : shape.Type == typeof(string) ? code =>
    {
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldstr, "by default");
        code.Emit(OpCodes.Stfld, field);
    }
    : null;

    private static MethodBuilder Getter(TypeBuilder type, string name, Type clr, FieldBuilder field)
    {
        var method = type.DefineMethod(
            $"get_{name}",
            MethodAttributes.Public | MethodAttributes.SpecialName | MethodAttributes.HideBySig,
            clr,
            []);
        var code = method.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldfld, field);
        code.Emit(OpCodes.Ret);
        return method;
    }

    private static MethodBuilder Setter(TypeBuilder type, string name, Type clr, FieldBuilder field)
    {
        var method = type.DefineMethod(
            $"set_{name}",
            MethodAttributes.Public | MethodAttributes.SpecialName | MethodAttributes.HideBySig,
            typeof(void),
            [clr]);
        var code = method.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Stfld, field);
        code.Emit(OpCodes.Ret);
        return method;
    }

    /// <summary>
    /// A type, with its question marks as a compiler writes them: the first is that of the type itself.
    /// </summary>
    /// <param name="Type">The type.</param>
    /// <param name="Marks">
    /// 1 for a reference that is never null, 2 for one that may be, 0 for a generic value type; none for other value
    /// types.
    /// </param>
    /// <param name="IsCollection">Whether it is a list or a dictionary.</param>
    internal sealed record Shape(Type Type, byte[] Marks, bool IsCollection = false)
    {
        public static Shape Random(Random random, int depth, RandomRecords records)
        {
            switch (random.Next(depth > 0 ? 10 : 7))
            {
                case < 5:
                    var value = Values[random.Next(Values.Length)];
                    return new Shape(value, value.IsValueType ? [] : [1]);
                case 5:
                    var item = Item(random, depth, records);
                    return random.Next(2) == 0
                        ? new Shape(typeof(List<>).MakeGenericType(item.Type), [1, .. item.Marks], IsCollection: true)
                        : new Shape(item.Type.MakeArrayType(), [1, .. item.Marks], IsCollection: true);
                case 6:
                    var entry = Item(random, depth, records);
                    return random.Next(4) == 0
                        ? new Shape(
                            typeof(Dictionary<,>).MakeGenericType(typeof(RandomPace), entry.Type),
                            [1, .. entry.Marks],
                            IsCollection: true)
                        : new Shape(
                            typeof(Dictionary<,>).MakeGenericType(typeof(string), entry.Type),
                            [1, 1, .. entry.Marks],
                            IsCollection: true);
                default:
                    var record = records.Make(depth - 1);
                    return new Shape(record, record.IsValueType ? [] : [1]);
            }
        }

        /// <summary>Items of a JSON type take null anyway.</summary>
        private static Shape Item(Random random, int depth, RandomRecords records)
        {
            var shape = Random(random, depth - 1, records);
            return random.Next(3) > 0 || shape.Type == typeof(JsonElement) ? shape
                : shape.Type.IsValueType ? new Shape(typeof(Nullable<>).MakeGenericType(shape.Type), [])
                : shape with { Marks = [2, .. shape.Marks[1..]] };
        }
    }

    /// <summary>A port that was added.</summary>
    /// <param name="Property">The property.</param>
    /// <param name="Field">Where its value is.</param>
    /// <param name="Clr">Its type.</param>
    /// <param name="IsRequired">Whether it must be given.</param>
    /// <param name="Begin">Sets what it begins with; null where that is zero or null.</param>
    private sealed record Made(
        PropertyBuilder Property,
        FieldBuilder Field,
        Type Clr,
        bool IsRequired,
        Action<ILGenerator>? Begin);
}
