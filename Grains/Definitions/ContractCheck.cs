using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>
/// Compares definitions with the contracts of the same name, where their classes and their records are: what does not
/// fit is found at start-up rather than by the first who starts a process, or reads what it has put out.
/// </summary>
internal static class ContractCheck
{
    /// <summary>Finds names that several classes have.</summary>
    /// <param name="classes">The classes of the definitions, with faults of their own or without.</param>
    public static IEnumerable<string> FaultsOfNames(IEnumerable<Type> classes) => classes
        .GroupBy(DeclaredDefinition.NameOf)
        .Where(static group => group.Key is not null && group.Count() > 1)
        .Select(static twice =>
            $"{string.Join(" and ", twice.Select(static type => type.Name))}: they have the same name '{twice.Key}'; "
            + "rename one.");

    /// <summary>Compares definitions with their contracts.</summary>
    /// <returns>The faults, each with the definition's class, the contract and the remedy.</returns>
    public static IEnumerable<string> FaultsOf(IEnumerable<Type> classes)
    {
        var definitions = classes.Select(DeclaredDefinition.Of).OfType<DeclaredDefinition>().ToList();
        var contracts = definitions
            .SelectMany(static definition =>
                (Type[])[definition.Class, .. Parts(definition.Inputs.Type), .. Parts(definition.Outputs.Type)])
            .Select(static type => type.Assembly)
            .Distinct()
            .Where(static assembly => assembly != typeof(object).Assembly)
            .SelectMany(DeclaredContract.Of)
            .ToList();
        return definitions.SelectMany(definition => contracts
            .Where(contract => contract.Name == definition.Name)
            .SelectMany(contract => Tried(definition, contract)));
    }

    private static List<string> Tried(DeclaredDefinition definition, DeclaredContract contract)
    {
        var faults = new List<string>();
        new FaultGuard(definition.Class, faults).Try($"contract {contract.Place}", () =>
            faults.AddRange(FaultsOf(definition, contract)));
        return faults;
    }

    private static IEnumerable<string> FaultsOf(DeclaredDefinition definition, DeclaredContract contract) =>
        PortFit.OfInputs(PortTree.Of(contract.Input), definition.Inputs)
            .Concat(PortFit.OfOutputs(definition.Outputs, PortTree.Of(contract.Output)))
            .Select(fault =>
                $"{definition.Class.Name}: the contract {contract.Place} does not fit: {fault}. Give both the same "
                + "records.");

    private static IEnumerable<Type> Parts(Type type) =>
        type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Prepend(type)
        : type.HasElementType ? Parts(type.GetElementType()!)
        : [type];
}
