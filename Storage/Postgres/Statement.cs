using Npgsql;
using NpgsqlTypes;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>Gives statements their parameters, in the order in which they are numbered.</summary>
internal static class Statement
{
    /// <summary>Makes a statement.</summary>
    /// <param name="sql">The SQL, with parameters $1, $2, …</param>
    /// <returns>The statement, without parameters.</returns>
    public static NpgsqlBatchCommand Of(string sql) => new(sql);

    /// <summary>Adds one value.</summary>
    /// <typeparam name="T">Its type, which says what PostgreSQL makes of it.</typeparam>
    public static NpgsqlBatchCommand With<T>(this NpgsqlBatchCommand statement, T value)
    {
        statement.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return statement;
    }

    /// <summary>Adds one value of each item as an array.</summary>
    /// <typeparam name="TItem">The items.</typeparam>
    /// <typeparam name="TValue">The values.</typeparam>
    /// <param name="statement">The statement.</param>
    /// <param name="items">The items, in order.</param>
    /// <param name="value">Gives an item's value.</param>
    public static NpgsqlBatchCommand WithEach<TItem, TValue>(
        this NpgsqlBatchCommand statement,
        IReadOnlyList<TItem> items,
        Func<TItem, TValue> value)
    {
        var values = new TValue[items.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(items[i]);
        }

        statement.Parameters.Add(
            new NpgsqlParameter<TValue[]>
            {
                TypedValue = values,
                NpgsqlDbType = NpgsqlDbType.Array | TypeOf(typeof(TValue)),
            });
        return statement;
    }

    // Named, because null is a value of an array whose type nothing else tells.
    private static NpgsqlDbType TypeOf(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.String => NpgsqlDbType.Text,
        TypeCode.Boolean => NpgsqlDbType.Boolean,
        TypeCode.Int16 => NpgsqlDbType.Smallint,
        TypeCode.Int32 => NpgsqlDbType.Integer,
        TypeCode.Int64 => NpgsqlDbType.Bigint,
        TypeCode.DateTime => NpgsqlDbType.TimestampTz,
        _ when type == typeof(byte[]) => NpgsqlDbType.Bytea,
        _ when type == typeof(Guid) => NpgsqlDbType.Uuid,
        _ => throw new NotSupportedException($"No column holds {type}."),
    };
}
