using DbUp.Engine.Output;
using DbUp.Engine.Transactions;
using DbUp.Postgresql;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>
/// The journal of the scripts, in the schema in which they make their tables: it is looked for there and nowhere
/// else.
/// </summary>
internal sealed class SchemaJournal(Func<IConnectionManager> connections, Func<IUpgradeLog> log)
    : PostgresqlTableJournal(connections, log, schema: null, Table)
{
    /// <summary>Its table.</summary>
    public const string Table = "owf_schema";

    /// <summary>
    /// Whether it is there. By the name alone one would be found in any schema behind the first: that of another
    /// installation.
    /// </summary>
    public const string Exists = $"to_regclass(quote_ident(current_schema()) || '.{Table}') IS NOT NULL";

    /// <inheritdoc/>
    protected override string DoesTableExistSql() => $"SELECT ({Exists})::integer";
}
