using System.Reflection;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>Finds the exit codes that a definition declares.</summary>
internal static class DeclaredExitCodes
{
    /// <summary>
    /// Those of the class, of what it derives from and of the classes that it names by
    /// <see cref="ExitCodesAttribute"/>.
    /// </summary>
    /// <returns>The exit codes, by number.</returns>
    public static IReadOnlyList<ExitCode> Of(Type type, List<string> faults)
    {
        var owners = new List<Type>();
        for (var owner = type; owner is not null && owner != typeof(Process); owner = owner.BaseType)
        {
            owners.Add(owner);
        }

        owners.AddRange(
            type.GetCustomAttributes<ExitCodesAttribute>(inherit: true).Select(static attribute => attribute.Type));
        var declared = owners
            .SelectMany(owner => Members(type, owner, faults))
            .Distinct()
            .OrderBy(static code => code.Status)
            .ToList();
        foreach (var twice in declared.GroupBy(static code => code.Status).Where(static group => group.Count() > 1))
        {
            faults.Add(
                $"{type.Name}: {string.Join(" and ", twice.Select(static code => code.Label))} have the same exit code "
                + $"{twice.Key}; give one of them another number.");
        }

        foreach (
            var twice in declared
                .GroupBy(static code => code.Label, StringComparer.Ordinal)
                .Where(static group => group.Count() > 1))
        {
            faults.Add(
                $"{type.Name}: the exit codes {string.Join(" and ", twice.Select(static code => code.Status))} have "
                + $"the same label {twice.Key}; give one of them another label.");
        }

        return [.. declared.DistinctBy(static code => code.Label)];
    }

    private static IEnumerable<ExitCode> Members(Type type, Type owner, List<string> faults)
    {
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;
        try
        {
            return
            [
                .. owner
                    .GetFields(Public)
                    .Where(static field => field.FieldType == typeof(ExitCode))
                    .Select(static field => Made(field, field.GetValue(null))),
                .. owner
                    .GetProperties(Public)
                    .Where(static property => property.PropertyType == typeof(ExitCode))
                    .Select(static property => Made(property, property.GetValue(null))),
            ];
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The class's own code has thrown; the other definitions are still checked.
            faults.Add(
                $"{type.Name}: the exit codes of {owner.Name} cannot be made: {e.GetBaseException().Message}");
            return [];
        }
    }

    private static ExitCode Made(MemberInfo member, object? value) =>
        value as ExitCode ?? throw new InvalidOperationException($"{member.Name} is null.");
}
