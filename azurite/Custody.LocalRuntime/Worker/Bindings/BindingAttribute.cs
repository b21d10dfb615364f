namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>Says what a parameter of a function is bound to.</summary>
public abstract class BindingAttribute : Attribute
{
    /// <summary>Only triggers, inputs and outputs derive from this.</summary>
    protected internal BindingAttribute()
    {
    }
}
