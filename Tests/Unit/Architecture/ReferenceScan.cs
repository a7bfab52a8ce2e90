using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Orleans.Workflows.Unit.Architecture;

/// <summary>
/// Lists what the types of a namespace use: the types of their fields, parameters, locals, bases and attributes-free
/// signatures, and every member that their methods' code names. Read from the compiled assembly, so that no alias or
/// using hides anything.
/// </summary>
internal sealed class ReferenceScan
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(static field => (OpCode)field.GetValue(null)!)
        .ToDictionary(static code => (int)(ushort)code.Value, static code => code.OperandType);

    private readonly MetadataReader _metadata;
    private readonly PEReader _file;
    private readonly TypeNames _names;
    private readonly SortedSet<string> _used = new(StringComparer.Ordinal);

    private ReferenceScan(PEReader file)
    {
        _file = file;
        _metadata = file.GetMetadataReader();
        _names = new TypeNames(_used);
    }

    /// <summary>The names of used types, and of used members as <c>Type::Member</c>.</summary>
    public static IReadOnlyCollection<string> Of(string assemblyFile, string space)
    {
        using var file = new PEReader(File.OpenRead(assemblyFile));
        var scan = new ReferenceScan(file);
        foreach (var handle in scan._metadata.TypeDefinitions)
        {
            if (scan.SpaceOf(handle) == space)
            {
                scan.Type(scan._metadata.GetTypeDefinition(handle));
            }
        }

        return scan._used;
    }

    /// <summary>What each type uses, with what is nested in it; by their full names.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyCollection<string>> ByType(string assemblyFile)
    {
        using var file = new PEReader(File.OpenRead(assemblyFile));
        var found = new Dictionary<string, IReadOnlyCollection<string>>(StringComparer.Ordinal);
        foreach (var type in new ReferenceScan(file)._metadata.TypeDefinitions)
        {
            var scan = new ReferenceScan(file);
            var name = scan._names.GetTypeFromDefinition(scan._metadata, type, 0).Split('+')[0];
            scan.Type(scan._metadata.GetTypeDefinition(type));
            found[name] = found.TryGetValue(name, out var before) ? [.. before.Union(scan._used)] : scan._used;
        }

        return found;
    }

    private string SpaceOf(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer ? SpaceOf(outer) : _metadata.GetString(type.Namespace);
    }

    private void Type(TypeDefinition type)
    {
        Entity(type.BaseType);
        foreach (var field in type.GetFields())
        {
            _metadata.GetFieldDefinition(field).DecodeSignature(_names, null);
        }

        foreach (var handle in type.GetMethods())
        {
            var method = _metadata.GetMethodDefinition(handle);
            method.DecodeSignature(_names, null);
            if (method.RelativeVirtualAddress != 0)
            {
                Body(_file.GetMethodBody(method.RelativeVirtualAddress));
            }
        }
    }

    private void Body(MethodBodyBlock body)
    {
        if (!body.LocalSignature.IsNil)
        {
            _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_names, null);
        }

        var code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            var value = (int)code.ReadByte();
            value = value == 0xFE ? 0xFE00 | code.ReadByte() : value;
            switch (Operands[value])
            {
                case OperandType.InlineMethod
                or OperandType.InlineField
                or OperandType.InlineType
                or OperandType.InlineTok:
                    Entity(MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    // Not in one statement: the offset would be read before the number of cases.
                    var cases = code.ReadInt32();
                    code.Offset += 4 * cases;
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.Offset++;
                    break;
                case OperandType.InlineVar:
                    code.Offset += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += 8;
                    break;
                default:
                    code.Offset += 4;
                    break;
            }
        }
    }

    private void Entity(EntityHandle handle)
    {
        if (handle.IsNil)
        {
            return;
        }

        switch (handle.Kind)
        {
            case HandleKind.TypeReference:
                _names.GetTypeFromReference(_metadata, (TypeReferenceHandle)handle, 0);
                break;
            case HandleKind.TypeDefinition:
                _names.GetTypeFromDefinition(_metadata, (TypeDefinitionHandle)handle, 0);
                break;
            case HandleKind.TypeSpecification:
                _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(_names, null);
                break;
            case HandleKind.MethodSpecification:
                var generic = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                generic.DecodeSignature(_names, null);
                Entity(generic.Method);
                break;
            case HandleKind.MemberReference:
                Member(_metadata.GetMemberReference((MemberReferenceHandle)handle));
                break;
            case HandleKind.MethodDefinition:
                Entity(_metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.FieldDefinition:
                Entity(_metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            default:
                break;
        }
    }

    private void Member(MemberReference member)
    {
        Entity(member.Parent);
        if (member.GetKind() == MemberReferenceKind.Method)
        {
            member.DecodeMethodSignature(_names, null);
        }

        if (member.Parent.Kind == HandleKind.TypeReference)
        {
            var owner = _names.GetTypeFromReference(_metadata, (TypeReferenceHandle)member.Parent, 0);
            _used.Add($"{owner}::{_metadata.GetString(member.Name)}");
        }
    }

    /// <summary>Writes every named type of a signature down.</summary>
    private sealed class TypeNames(SortedSet<string> used) : ISignatureTypeProvider<string, object?>
    {
        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
        {
            var type = reader.GetTypeReference(handle);
            var outer =
                type.ResolutionScope.Kind == HandleKind.TypeReference
                    ? GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, 0)
                    : null;
            return Note(
                outer is null
                    ? $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}"
                    : $"{outer}+{reader.GetString(type.Name)}");
        }

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            var type = reader.GetTypeDefinition(handle);
            var outer = type.GetDeclaringType() is { IsNil: false } declaring
                ? GetTypeFromDefinition(reader, declaring, 0)
                : null;
            return Note(
                outer is null
                    ? $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}"
                    : $"{outer}+{reader.GetString(type.Name)}");
        }

        public string GetTypeFromSpecification(
            MetadataReader reader,
            object? genericContext,
            TypeSpecificationHandle handle,
            byte rawTypeKind) => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => $"{typeCode}";

        public string GetArrayType(string elementType, ArrayShape shape) => elementType;

        public string GetSZArrayType(string elementType) => elementType;

        public string GetByReferenceType(string elementType) => elementType;

        public string GetPointerType(string elementType) => elementType;

        public string GetPinnedType(string elementType) => elementType;

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetFunctionPointerType(MethodSignature<string> signature) => "";

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => genericType;

        public string GetGenericMethodParameter(object? genericContext, int index) => "";

        public string GetGenericTypeParameter(object? genericContext, int index) => "";

        private string Note(string name)
        {
            used.Add(name);
            return name;
        }
    }
}
