namespace Orleans.Workflows.Grains.Ports;

/// <summary>Says types in plain words.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(char)] = "char",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    private static readonly Dictionary<Type, string> Words = new()
    {
        [typeof(bool)] = "true or false",
        [typeof(byte)] = Whole(byte.MinValue, byte.MaxValue),
        [typeof(sbyte)] = Whole(sbyte.MinValue, sbyte.MaxValue),
        [typeof(short)] = Whole(short.MinValue, short.MaxValue),
        [typeof(ushort)] = Whole(ushort.MinValue, ushort.MaxValue),
        [typeof(int)] = Whole(int.MinValue, int.MaxValue),
        [typeof(uint)] = Whole(uint.MinValue, uint.MaxValue),
        [typeof(long)] = Whole(long.MinValue, long.MaxValue),
        [typeof(ulong)] = Whole(ulong.MinValue, ulong.MaxValue),
        [typeof(float)] = "a number",
        [typeof(double)] = "a number",
        [typeof(decimal)] = "a number",
        [typeof(char)] = "one character",
        [typeof(string)] = "text",
        [typeof(byte[])] = "text in Base64",
        [typeof(Guid)] = "a GUID",
        [typeof(Uri)] = "a URI",
        [typeof(DateTime)] = "a date and time such as 2026-01-31T12:00:00Z",
        [typeof(DateTimeOffset)] = "a date and time with its zone such as 2026-01-31T12:00:00Z",
        [typeof(DateOnly)] = "a date such as 2026-01-31",
        [typeof(TimeOnly)] = "a time such as 12:00:00",
        [typeof(TimeSpan)] = "a duration such as 1.12:00:00",
    };

    /// <summary>Writes a type as C# does.</summary>
    /// <returns>Such as <c>decimal?</c> or <c>List&lt;OrderLine&gt;</c>.</returns>
    public static string Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying) + "?";
        }

        if (type.IsArray)
        {
            return Of(type.GetElementType()!) + "[]";
        }

        var name = type.Name.Split('`')[0];
        return type.IsGenericType
            ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>"
            : Keywords.GetValueOrDefault(type, name);
    }

    /// <summary>Says what JSON is expected for a value of a type.</summary>
    /// <returns>Such as <c>true or false</c>; null when only the type itself knows.</returns>
    public static string? Expected(Type type) => !type.IsEnum
        ? Words.GetValueOrDefault(type)
        : $"one {(DeclaredEnums.HasFlags(type) ? "or more " : "")}of {string.Join(", ", DeclaredEnums.NamesOf(type))}";

    private static string Whole<T>(T least, T most) => $"a whole number from {least} to {most}";
}
