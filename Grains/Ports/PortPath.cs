using System.Linq.Expressions;
using System.Reflection;

namespace Orleans.Workflows.Grains.Ports;

/// <summary>Names ports by lambdas.</summary>
internal static class PortPath
{
    /// <summary>Names a port as its JSON path.</summary>
    /// <exception cref="ArgumentException">The lambda is something else than a port.</exception>
    public static string Of(LambdaExpression port)
    {
        var names = new Stack<string>();
        var step = Unwrap(port.Body);
        while (step != port.Parameters[0])
        {
            (var name, step) = step switch
            {
                MemberExpression { Expression: { } owner } member
                    when PortOf(owner.Type, member.Member) is { } found => (found.Name, owner),
                MethodCallExpression { Object: { } owner, Arguments: [var key], Method.Name: "get_Item" }
                    when PortTree.Of(owner.Type).Kind == PortKind.DynamicNamespace
                        && KeyOf(key) is { Length: > 0 } text => (text, owner),
                _ => throw NoPort(port),
            };
            names.Push(name);
            step = Unwrap(step);
        }

        return names.Count > 0 ? string.Join('.', names) : throw NoPort(port);
    }

    private static Port? PortOf(Type owner, MemberInfo member) =>
        PortTree.Of(owner).Ports.FirstOrDefault(port => port.Member == member.Name);

    /// <summary>The compiler converts a value type where an object is wanted.</summary>
    private static Expression Unwrap(Expression step) =>
        step is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } convert
            ? Unwrap(convert.Operand)
            : step;

    /// <summary>
    /// A key is a constant, or a variable that the lambda has captured. One with a dot would be two names.
    /// </summary>
    private static string? KeyOf(Expression key)
    {
        var value = key switch
        {
            ConstantExpression constant => constant.Value,
            MemberExpression { Member: FieldInfo field, Expression: ConstantExpression captured } => field.GetValue(
                captured.Value),
            _ => null,
        };
        return value is string text && !text.Contains('.', StringComparison.Ordinal) ? text : null;
    }

    private static ArgumentException NoPort(LambdaExpression port) =>
        new(
            $"'{port}' names no port: give properties, such as o => o.Parcel.Weight, or a key without dots, such as o "
            + "=> o.Parcels[\"big\"].",
            nameof(port));
}
