using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Orleans.Workflows.Unit.Ports;

/// <summary>Makes classes with random ports, as a compiler does.</summary>
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

    /// <summary>Makes a class.</summary>
    /// <param name="depth">How many records may be below.</param>
    /// <returns>The class.</returns>
    public Type Make(int depth)
    {
        var type = _module.DefineType($"Record{_count++}", TypeAttributes.Public | TypeAttributes.Sealed);
        type.SetCustomAttribute(Required);
        var code = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, []).GetILGenerator();
        foreach (var name in Enumerable.Range(0, random.Next(1, 6)).Select(static index => $"P{index}"))
        {
            AddPort(type, name, Shape.Random(random, depth, this), code);
        }

        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Call, typeof(object).GetConstructor([])!);
        code.Emit(OpCodes.Ret);
        return type.CreateType();
    }

    /// <summary>Makes a class with a namespace for exposed ports.</summary>
    /// <returns>The class.</returns>
    public Type MakeHolder()
    {
        var type = _module.DefineType($"Holder{_count++}", TypeAttributes.Public | TypeAttributes.Sealed);
        type.SetCustomAttribute(Required);
        var code = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, []).GetILGenerator();
        AddPort(
            type,
            "Inner",
            new Shape(typeof(Dictionary<string, JsonElement>), [1, 1], IsCollection: true),
            code,
            mayVary: false);
        AddPort(type, "Beside", Shape.Random(random, depth: 0, this), code);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Call, typeof(object).GetConstructor([])!);
        code.Emit(OpCodes.Ret);
        return type.CreateType();
    }

    private void AddPort(TypeBuilder type, string name, Shape shape, ILGenerator code, bool mayVary = true)
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
        var hasNoDefault =
            !isNullable
            && (
                shape.Type == typeof(JsonElement)
                || !(shape.Type.IsValueType || canBeMade || shape.Type == typeof(string)));
        if (mayVary && (hasNoDefault || rules.Count > 0 || random.Next(3) == 0))
        {
            // A default that the validators refuse would be a fault at start-up.
            property.SetCustomAttribute(Required);
        }
        else if (!isNullable && canBeMade)
        {
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Newobj, shape.Type.GetConstructor([])!);
            code.Emit(OpCodes.Stfld, field);
        }
        else if (!isNullable && shape.Type == typeof(string))
        {
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Ldstr, "by default");
            code.Emit(OpCodes.Stfld, field);
        }
    }

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
                    return new Shape(records.Make(depth - 1), [1]);
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
}
