namespace Microsoft.Azure.Functions.Worker.Converters;

/// <summary>Names the type that converts a parameter's value.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Enum | AttributeTargets.Struct)]
public class InputConverterAttribute : Attribute
{
    /// <summary>Takes the converter's type.</summary>
    public InputConverterAttribute(Type converterType) => ConverterType = converterType;

    /// <summary>The converter's type.</summary>
    public Type ConverterType { get; }
}
