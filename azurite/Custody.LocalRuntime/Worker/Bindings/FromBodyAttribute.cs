using Custody.LocalRuntime.Hosting.Http;
using Microsoft.Azure.Functions.Worker.Converters;

namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>Binds a parameter of an HTTP function to the request's JSON body.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class FromBodyAttribute : InputConverterAttribute
{
    /// <summary>Reads the body as the parameter's type.</summary>
    public FromBodyAttribute()
        : base(typeof(JsonBody))
    {
    }
}
