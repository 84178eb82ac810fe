using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace XmppHost.Core.Plugins;

/// <summary>Decodes custom attributes of an assembly that is not loaded; types are their names.</summary>
internal sealed class AttributeReader : ICustomAttributeTypeProvider<string>
{
    private static readonly AttributeReader Instance = new();

    /// <summary>The attributes of a type of the plugin API.</summary>
    internal static IEnumerable<CustomAttributeValue<string>> Of(MetadataReader reader, CustomAttributeHandleCollection attributes, Type wanted)
    {
        foreach (var handle in attributes)
        {
            var attribute = reader.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind != HandleKind.MemberReference) continue;
            var parent = reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
            if (parent.Kind != HandleKind.TypeReference) continue;
            var type = reader.GetTypeReference((TypeReferenceHandle)parent);
            if (reader.StringComparer.Equals(type.Name, wanted.Name) && reader.StringComparer.Equals(type.Namespace, wanted.Namespace!)) yield return attribute.DecodeValue(Instance);
        }
    }

    internal static IReadOnlyList<string> Strings(object? value) =>
        value is ImmutableArray<CustomAttributeTypedArgument<string>> items ? [.. items.Select(i => (string)i.Value!)] : [];

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public string GetSystemType() => "System.Type";

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => reader.GetString(reader.GetTypeDefinition(handle).Name);

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeReference(handle);
        return $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
    }

    public string GetTypeFromSerializedName(string name) => name;

    public PrimitiveTypeCode GetUnderlyingEnumType(string type) => PrimitiveTypeCode.Int32;

    public bool IsSystemType(string type) => type == "System.Type";
}
