namespace Orleans.Workflows.Shared.Postgres;

/// <summary>Who runs the server: PostgreSQL refuses to run as root.</summary>
internal static class UnprivilegedUser
{
    private static readonly string[] Preferred = ["postgres", "nobody"];

    /// <summary>Begins the command of a program that must not run as root; empty for who is not root.</summary>
    /// <remarks>Each part of it replaces itself by the next one, so the process keeps its id.</remarks>
    public static IReadOnlyList<string> Command { get; } = Environment.IsPrivilegedProcess ? Become(Find()) : [];

    private static string[] Become((string User, string Group) id) =>
        ["setpriv", $"--reuid={id.User}", $"--regid={id.Group}", "--clear-groups"];

    private static (string User, string Group) Find()
    {
        var users = File.ReadLines("/etc/passwd")
            .Select(static line => line.Split(':'))
            .Where(static u => u.Length > 3)
            .ToList();
        var found = Preferred.Select(name => users.Find(u => u[0] == name)).FirstOrDefault(static u => u is not null);
        return found is not null
            ? (found[2], found[3])
            : throw new InvalidOperationException(
                $"PostgreSQL cannot run as root, and there is no other user to run it: {string.Join(", ", Preferred)}."
            );
    }
}
