using Microsoft.Data.Sqlite;
using Orleans.Workflows.CrashHost.Driving;

namespace Orleans.Workflows.Crash;

/// <summary>The file of Orleans' own tables.</summary>
internal static class ControlPlaneFile
{
    public static int DeleteReminders(CrashFolder folder)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM OrleansRemindersTable";
        return command.ExecuteNonQuery();
    }

    public static IReadOnlyList<string> StoredGrains(CrashFolder folder)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT GrainTypeString FROM OrleansStorage ORDER BY 1";
        using var reader = command.ExecuteReader();
        var grains = new List<string>();
        while (reader.Read())
        {
            grains.Add(reader.GetString(0));
        }

        return grains;
    }

    private static SqliteConnection Open(CrashFolder folder)
    {
        var connection = new SqliteConnection(
            $"Data Source={Path.Combine(folder.Data, "control-plane.db")};Mode=ReadWrite;Pooling=False");
        connection.Open();
        return connection;
    }
}
