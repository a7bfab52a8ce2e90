using System.ComponentModel.DataAnnotations;
using System.Reflection.Emit;

namespace Orleans.Workflows.Unit.Ports;

/// <summary>Chooses validators for random ports: those that JSON Schema can express.</summary>
internal static class RandomRules
{
    /// <summary>Chooses validators.</summary>
    /// <param name="shape">The port's type.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <returns>The validators; mostly none.</returns>
    public static List<CustomAttributeBuilder> For(RandomRecords.Shape shape, Random random) =>
        random.Next(2) == 0
            ? []
            : shape switch
            {
                { Type: var type } when type == typeof(string) => random.Next(5) switch
                {
                    0 => [Of<StringLengthAttribute>(3), Of<RequiredAttribute>()],
                    1 => [Of<MinLengthAttribute>(2)],
                    2 => [Of<RegularExpressionAttribute>("[a-z]+[0-9]?")],
                    3 => [Of<AllowedValuesAttribute>([new object?[] { "a", "Slow", null }])],
                    _ => [Of<RequiredAttribute>(), Of<DeniedValuesAttribute>([new object?[] { "a" }])],
                },
                { Type: var type } when type == typeof(int) || type == typeof(byte) || type == typeof(long) =>
                [
                    Of<RangeAttribute>(1, 300),
                ],
                { Type: var type } when type == typeof(double) => [Of<RangeAttribute>(-1.5, 2.5)],
                { IsCollection: true } => random.Next(2) == 0
                    ? [Of<MinLengthAttribute>(1), Of<MaxLengthAttribute>(2)]
                    : [Of<LengthAttribute>(1, 3)],
                _ => [],
            };

    private static CustomAttributeBuilder Of<T>(params object[] arguments)
        where T : ValidationAttribute =>
        new(typeof(T).GetConstructor([.. arguments.Select(static argument => argument.GetType())])!, arguments);
}
